"""Moderation decisions; each also renders the affected threads again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from blog.models import Article, BlockedSender, Comment, Report, TrustedWriter
from blog.moderation import Status
from blog.querysets import CommentQuerySet
from blog.sanitizing import comment_html, many_lines, one_line

from . import mails
from .thread_pages import refresh_thread

DECIDED = "decided_comment"  # in the session of whoever moderates: the comment decided last, which the inbox can undo


@transaction.atomic
def moderate_comments(
    comments: CommentQuerySet, status: Status, now: datetime, *, notify: bool = True
) -> int:
    """Set the status of the comments and render their threads; return how many changed.

    Erased comments are skipped. With `notify` False no emails are sent, as for the demo and imports.
    """
    locked = list(_locked(comments))
    changed = set_status(locked, status, now, notify=notify)
    _refresh(changed, now)
    return len(changed)


def approve_comment(comment: Comment, now: datetime, *, notify: bool = True) -> Comment:
    """Approve one comment and return it refreshed from the database."""
    moderate_comments(Comment.objects.filter(pk=comment.pk), Status.APPROVED, now, notify=notify)
    comment.refresh_from_db()
    return comment


@transaction.atomic
def undo_moderation(comments: CommentQuerySet, now: datetime) -> int:
    """Restore the status before the last decision; return how many comments changed."""
    changed = [comment for comment in _locked(comments) if comment.status_before]
    by_status = {
        status: [comment for comment in changed if comment.status_before == status] for status in Status
    }
    for status, group in by_status.items():
        set_status(group, status, now)
    _refresh(changed, now)
    return len(changed)


def conversation_of(comment: Comment) -> list[Comment]:
    """Return the comments that this one answers, from the first on, then itself and its answers, oldest first.

    Three queries, however long the thread is.
    """
    parents = dict(Comment.objects.filter(article=comment.article_id).values_list("pk", "parent_id"))
    above: list[int] = []
    number = parents.get(comment.pk)
    while number is not None and number not in above:
        above.append(number)
        number = parents.get(number)
    said = Comment.objects.select_related("author").in_bulk(above)
    answers = (
        Comment.objects.select_related("author")
        .filter(parent=comment)
        .exclude(status=Status.SPAM)
        .oldest_first()
    )
    return [*(said[pk] for pk in reversed(above) if pk in said), comment, *answers]


@transaction.atomic
def change_comment(comment: Comment, now: datetime) -> None:
    """Save a moderator's edit of text and name, and render the thread."""
    comment.body = many_lines(comment.body)
    comment.html = comment_html(comment.body)
    comment.name = one_line(comment.name)
    comment.save(update_fields=["body", "html", "name", "website"])
    refresh_thread(comment.article_id, now)


@transaction.atomic
def erase_comments(comments: CommentQuerySet, now: datetime) -> int:
    """Erase the comments and all personal data of their authors; return how many.

    A comment with replies becomes an empty placeholder, so that they keep their place.
    """
    erased = list(_locked(comments.annotate(answered=Exists(Comment.objects.filter(parent=OuterRef("pk"))))))
    Comment.objects.filter(pk__in=[c.pk for c in erased if not c.answered]).delete()
    Comment.objects.filter(pk__in=[c.pk for c in erased if c.answered]).update(
        **dict.fromkeys(("name", "email", "website", "body", "html", "sent_digest", "status_before"), ""),
        author=None,
        status=Status.TRASH,
        wants_answers=False,
        moderated_at=now,
    )
    _refresh(erased, now)
    return len(erased)


@transaction.atomic
def block_senders(comments: CommentQuerySet, now: datetime) -> tuple[list[str], int]:
    """Bar the email addresses of these comments and move the comments to spam.

    Return the addresses, and how many comments changed.
    Whoever of the writers was trusted is no longer.
    """
    emails = {email.lower() for email in comments.exclude(email="").values_list("email", flat=True)}
    people = Q(author__in=comments.exclude(author=None).values("author")) | Q(email__in=emails)
    TrustedWriter.objects.filter(people).delete()
    known = {barred.email.lower() for barred in BlockedSender.objects.filter(email__in=emails)}
    BlockedSender.objects.bulk_create(
        [BlockedSender(email=email, blocked_at=now) for email in sorted(emails - known)],
        ignore_conflicts=True,
    )
    return sorted(emails), moderate_comments(comments, Status.SPAM, now)


def set_status(
    comments: list[Comment], status: Status, now: datetime, *, notify: bool = True
) -> list[Comment]:
    """Set the status of locked comments and resolve their reports; return those whose status changed.

    Does not render the threads. Notifies authors once of an approval or a reply. Clears the digest of a comment moved to
    the trash, so that the same text can be submitted again.
    """
    changed = [comment for comment in comments if comment.status != status]
    for comment in comments:
        comment.moderated_at = now
    for comment in changed:
        comment.status_before, comment.status = comment.status, status
        comment.sent_digest = "" if status == Status.TRASH else comment.sent_digest
    Comment.objects.bulk_update(comments, ["status", "status_before", "moderated_at", "sent_digest"])
    Report.objects.filter(comment__in=comments, resolved_at=None).update(resolved_at=now)
    for comment in changed if notify and status == Status.APPROVED else ():
        mails.notify_approved(comment)
        mails.notify_answered(comment)
    return changed


def _locked(comments: CommentQuerySet) -> CommentQuerySet:
    """Return the comments that have text, locked after their articles; the fixed order prevents deadlocks."""
    article_ids = set(comments.order_by().values_list("article_id", flat=True))
    list(Article.objects.filter(pk__in=article_ids).order_by("pk").select_for_update().only("pk"))
    return comments.exclude(body="").select_related("article", "parent").select_for_update(of=("self",))


def _refresh(comments: Iterable[Comment], now: datetime) -> None:
    for article_id in sorted({comment.article_id for comment in comments}):
        refresh_thread(article_id, now)
