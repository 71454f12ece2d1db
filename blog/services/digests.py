"""The daily digest: one email with the comments that wait, instead of one email for each.

It names writers and articles, never what a comment says.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Article, Comment, CommentMailChoice
from blog.querysets import CommentQuerySet
from common.members import User

from .inbox import OPEN
from .mails import send, site_address
from .policy import may_moderate

MOST_LISTED = 20  # of each kind


class Line(NamedTuple):
    """One comment of a digest with its page at the desk; `first` where it must be read before the others."""

    comment: Comment
    address: str
    first: bool


class Listed(NamedTuple):
    """How many comments there are, and lines for the first of them."""

    total: int
    lines: list[Line]

    @property
    def more(self) -> int:
        """Return how many have no line."""
        return self.total - len(self.lines)


@transaction.atomic
def choose_comment_mails(user: User, frequency: str, hour: int, now: datetime) -> None:
    """Save how a moderator hears of comments. The first digest comes at the next `hour`. Idempotent."""
    chosen = {"frequency": frequency, "hour": hour}
    CommentMailChoice.objects.select_for_update().filter(user=user).exclude(**chosen).update(
        **chosen, digest_at=now
    )
    CommentMailChoice.objects.get_or_create(user=user, defaults=chosen | {"digest_at": now})


def comment_mails_of(user: User) -> CommentMailChoice:
    """Return what a moderator has chosen; an unsaved row before that."""
    return CommentMailChoice.objects.filter(user=user).first() or CommentMailChoice(user=user)


def send_digests(now: datetime) -> int:
    """Send today's digests that are due and have something to say; return how many."""
    daily = CommentMailChoice.objects.filter(frequency=CommentMailChoice.Frequency.DAILY)
    due = [one.pk for one in daily.select_related("user") if one.is_digest_due(now)]
    return sum(_send_digest(pk, now) for pk in due)


@transaction.atomic
def _send_digest(pk: int, now: datetime) -> bool:
    """Send one digest unless another worker has; note the day in the same transaction. Return whether it was sent."""
    rows = CommentMailChoice.objects.select_for_update(of=("self",), skip_locked=True)
    choice = rows.select_related("user").filter(pk=pk).first()
    if choice is None or not choice.is_digest_due(now):
        return False
    since, choice.digest_at = choice.digest_at, now
    choice.save(update_fields=["digest_at"])
    user = choice.user
    if not user.is_active or not may_moderate(user):
        return False
    waiting = _listed(user, Comment.objects.pending())
    public = _listed(
        user, Comment.objects.approved().filter(created_at__gt=since).exclude(author__is_staff=True)
    )
    if not waiting.total and not public.total:
        return False
    context = {
        "waiting": waiting,
        "public": public,
        "inbox": site_address("admin:blog_comment_changelist"),
        "settings": site_address("admin:desk_comment_mails"),
    }
    with timezone.override(ZoneInfo(user.time_zone)):
        send(digest_subject(waiting.total), "digest", context, user.email)
    return True


def _listed(user: User, comments: CommentQuerySet) -> Listed:
    """List those comments that the user decides about, signs of an emergency first, then the oldest (three queries)."""
    others = get_user_model().objects.filter(is_active=True, pk__in=Article.objects.values("author"))
    elsewhere = [author.pk for author in others.exclude(pk=user.pk) if may_moderate(author)]
    mine = comments.exclude(article__author__in=elsewhere)
    in_need_first = Case(When(red_flags=[], then=1), default=0)
    inbox = site_address("admin:blog_comment_changelist")
    first = mine.select_related("article").order_by(in_need_first, "created_at", "pk")[:MOST_LISTED]
    lines = [Line(one, f"{inbox}?{OPEN}={one.pk}", bool(one.red_flags)) for one in first]
    return Listed(mine.count(), lines)


def digest_subject(waiting: int) -> str:
    """Return the subject for so many comments that wait."""
    if not waiting:
        return _("New comments on your site")
    words = ngettext(
        "%(count)d comment is waiting for you", "%(count)d comments are waiting for you", waiting
    )
    return words % {"count": waiting}
