"""The optional external spam filter."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from blog import akismet
from blog.models import Article
from blog.red_flags import red_flags
from common.limits import sender_address
from common.members import User


def is_filtered(user: User | AnonymousUser) -> bool:
    """Return whether this user's comments go to the spam filter: only guests', and only if it is enabled."""
    return bool(settings.AKISMET_KEY) and not user.is_authenticated


def filter_says_spam(request: HttpRequest, article: Article, *, name: str, website: str, body: str) -> bool:
    """Return whether the filter classifies a comment as spam. Never sends it text with red flags: such comments are held anyway."""
    if not is_filtered(request.user) or red_flags(f"{name}\n{body}"):
        return False
    return akismet.is_spam(
        name=name,
        website=website,
        body=body,
        page=settings.SITE_URL + article.get_absolute_url(),
        address=sender_address(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
