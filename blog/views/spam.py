"""What an outside spam filter says, where the practice uses one."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from blog import akismet
from blog.models import Article
from blog.red_flags import red_flags
from common.limits import sender_address
from common.members import User


def is_filtered(user: User | AnonymousUser) -> bool:
    """Whether what this person writes is shown to a filter: guests' words only, and only if there is one."""
    return bool(settings.AKISMET_KEY) and not user.is_authenticated


def filter_says_spam(request: HttpRequest, article: Article, *, name: str, website: str, body: str) -> bool:
    """Whether the filter takes a comment for spam. Words of an emergency are not shown to it: they count anyway."""
    if not is_filtered(request.user) or red_flags(body):
        return False
    return akismet.is_spam(
        name=name,
        website=website,
        body=body,
        page=settings.SITE_URL + article.get_absolute_url(),
        address=sender_address(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
