"""The current moderation policy and who may moderate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from blog.models import Article, CommentPolicy
from blog.moderation import Mode, Policy
from common.members import User, may_act_for_team
from common.prepared import PreparedQuery

_NAMES = ("mode", "max_links", "hold_words", "spam_words", "close_after_days")
_POLICY = PreparedQuery(lambda: CommentPolicy.objects.order_by("pk")[:1])


def current_policy() -> Policy:
    """Return the therapist's policy, or the strict defaults (one query)."""
    return _as_policy(_POLICY.first())


def stored_policy() -> Subquery:
    """Return the policy as an annotation of another query, for `policy_of`."""
    fields = JSONObject(**{name: name for name in _NAMES})
    return Subquery(CommentPolicy.objects.order_by("pk").values(fields=fields)[:1])


def policy_of(stored: Mapping[str, Any] | None) -> Policy:
    """Return the policy by such an annotation, or the strict defaults."""
    return _as_policy(CommentPolicy(**stored) if stored else None)


def _as_policy(row: CommentPolicy | None) -> Policy:
    if row is None:
        return Policy()
    return Policy(
        mode=Mode(row.mode),
        max_links=row.max_links,
        hold_words=tuple(row.hold_words.split("\n")),
        spam_words=tuple(row.spam_words.split("\n")),
        close_after_days=row.close_after_days,
    )


def may_moderate(user: User | None) -> bool:
    """Return whether the user (None for a guest) may moderate comments: with the permission and a second factor."""
    return user is not None and user.has_perm("blog.change_comment") and may_act_for_team(user)


def comments_open(article: Article, close_after_days: int | None, now: datetime) -> bool:
    """Return whether a published article accepts comments at `now`; with None for the days they never close."""
    if not article.comments_open:
        return False
    if close_after_days is None:
        return True
    return article.published_at is not None and (now - article.published_at).days < close_after_days
