"""Trusted writers: their comments are public without waiting, unless a red flag or the therapist's own words hold them."""

from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from blog.models import Comment, TrustedWriter
from blog.querysets import CommentQuerySet
from common.members import User
from common.prepared import Parameter


def trust_writer(comment: Comment, now: datetime) -> None:
    """Trust whoever wrote the comment from now on; what they wrote before stays as it is. Idempotent.

    A comment with neither account nor address is nobody's: nothing happens.
    """
    if comment.author_id is None and not comment.email:
        return
    email = "" if comment.author_id else comment.email.lower()
    row = TrustedWriter(author_id=comment.author_id, email=email, name=comment.name, trusted_at=now)
    TrustedWriter.objects.bulk_create([row], ignore_conflicts=True)


def stop_trusting_writer(comment: Comment) -> None:
    """Let the rules decide again about whoever wrote the comment. Idempotent."""
    _rows_of(email=comment.email, author=comment.author).delete()


def trusted_accounts(author: int | Parameter) -> QuerySet[TrustedWriter]:
    """Limit to the trust in an account."""
    return TrustedWriter.objects.filter(author=author).order_by()


def trusted_guests(email: str | Parameter) -> QuerySet[TrustedWriter]:
    """Limit to the trust in a guest with this email address."""
    # In small letters, as its index is; `iexact` compares in capitals.
    small = TrustedWriter.objects.alias(small=Lower("email"))
    return small.filter(author=None, small=Lower(email)).order_by()


def with_trust(comments: CommentQuerySet) -> CommentQuerySet:
    """Annotate each comment with `is_trusted`: whether its writer is."""
    account = TrustedWriter.objects.filter(author=OuterRef("author"))
    guest = TrustedWriter.objects.filter(author=None, email__iexact=OuterRef("email"))
    either = Q(Exists(account)) | (Q(author=None) & Exists(guest))
    return comments.annotate(is_trusted=ExpressionWrapper(either, BooleanField()))


def _rows_of(*, email: str, author: User | None) -> QuerySet[TrustedWriter]:
    if author is not None:
        return TrustedWriter.objects.filter(author=author)
    return TrustedWriter.objects.filter(author=None, email__iexact=email)
