"""Updates a comment of an earlier run from a newer export."""

from hashlib import sha256

from blog.models import Imported
from blog.sanitizing import comment_html

from ..bodies.comment_text import comment_text
from ..planning.rules import status_of_comment
from ..reading.records import Record
from ..reporting.reasons import Reason

FOLLOWED = (
    "comment__status",
    "comment__moderated_at",
    "comment__body",
    "comment__html",
    "comment__article_id",
)


def comment_digest(body: str, status: str) -> str:
    """Return a hash of what a newer export may change in a comment: its text and status."""
    return f"{sha256(body.encode()).hexdigest()[:48]}:{status}"


def follow(row: Imported, record: Record) -> tuple[list[Reason], bool]:
    """Update the comment of `row` without saving; return reasons to report and whether it changed.

    Edits and decisions made here win. An erased comment is not filled again.
    """
    comment, body = row.comment, comment_text(record.fields["wp:comment_content"])
    status, unknown = status_of_comment(record.fields["wp:comment_approved"])
    before, _, status_before = row.digest.partition(":")
    wanted = comment_digest(body, status)
    if wanted == row.digest or not (comment and comment.body and body):
        return [], False
    row.digest = wanted  # so that each change is reported once
    reasons, is_changed = [], False
    if before and not wanted.startswith(before):
        if comment_digest(comment.body, "").startswith(before):
            comment.body, comment.html, is_changed = body, comment_html(body), True
        else:
            reasons.append(Reason.CHANGED_HERE)
    if status not in (status_before, comment.status) and not unknown:
        if comment.moderated_at:
            reasons.append(Reason.DECIDED_HERE)
        else:
            comment.status, is_changed = status, True
    return reasons, is_changed
