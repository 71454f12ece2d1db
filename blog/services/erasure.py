"""Erases or anonymizes what a person wrote in comments."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from blog.models import BlockedSender, Comment, TrustedWriter, UnsubscribedAddress
from blog.moderation import Status
from blog.querysets import CommentQuerySet
from common.members import User

from .moderating import erase_comments
from .thread_pages import refresh_thread


def comments_of(user: User, addresses: Collection[str]) -> CommentQuerySet:
    """Return the comments a user wrote, signed in or as a guest with one of these email addresses."""
    return Comment.objects.filter(Q(author=user) | any_of(addresses))


@transaction.atomic
def erase_author(user: User, addresses: Collection[str], now: datetime, *, keep_comments: bool) -> None:
    """Erase the user's comments and every row that holds one of these email addresses.

    With `keep_comments`, public comments stay without a name.
    """
    comments = comments_of(user, addresses)
    if keep_comments:
        _anonymize(comments.filter(status=Status.APPROVED), now)
        comments = comments_of(user, addresses)
    erase_comments(comments, now)
    UnsubscribedAddress.objects.filter(any_of(addresses)).delete()
    BlockedSender.objects.filter(any_of(addresses)).delete()
    TrustedWriter.objects.filter(Q(author=user) | any_of(addresses)).delete()


def _anonymize(comments: CommentQuerySet, now: datetime) -> None:
    kept = list(comments.values_list("pk", "article_id"))
    Comment.objects.filter(pk__in=[pk for pk, _article in kept]).update(
        name=_("Someone who has left"), email="", website="", sent_digest="", author=None, wants_answers=False
    )
    for article_id in sorted({article_id for _pk, article_id in kept}):
        refresh_thread(article_id, now)


def any_of(addresses: Collection[str]) -> Q:
    """Return the condition for rows with one of these email addresses, ignoring case; matches nothing without addresses."""
    condition = Q(pk__in=[])
    for address in addresses:
        condition |= Q(email__iexact=address)
    return condition
