"""The third pass: comments, in any order; replies are linked afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import Error, transaction

from blog.models import Comment, Imported, ImportLine, ImportRun
from blog.moderation import Status
from blog.red_flags import red_flags
from blog.sanitizing import comment_html
from common.members import User

from ..bodies.comment_text import comment_text
from ..planning.rules import status_of_comment
from ..reading.own_fields import Original, original_of
from ..reading.records import Record
from ..reporting.lines import Kind, Outcome, Outcomes
from ..reporting.notes import Notes
from ..reporting.reasons import Reason
from .comment_changes import FOLLOWED, comment_digest, follow
from .comment_fields import email_of, name_of, said_at, website_of

BATCH_SIZE, BATCH_CHARS = 1_000, 2_000_000  # comments, characters


@dataclass
class Prepared:
    """A comment as converted from the file."""

    number: int
    wp_id: int
    comment: Comment
    notes: Notes
    digest: str


class Comments:
    """Converts records to comments without parents in batches; `flush` writes the rest.

    `articles` maps the position of a post to its article's id, `staff` numbers on the old blog to users. `touched` collects
    the ids of articles whose thread has changed.
    """

    def __init__(
        self,
        run: ImportRun,
        articles: Mapping[int, int],
        staff: Mapping[int, User],
        *,
        is_own: bool,
        outcomes: Outcomes,
        now: datetime,
    ) -> None:
        self._run, self._articles, self._staff = run, articles, staff
        self._is_own, self._outcomes, self._now = is_own, outcomes, now
        self._waiting: list[Record] = []
        self._weight = 0
        self.touched: set[int] = set()

    def take(self, record: Record) -> None:
        """Add a record."""
        self._waiting.append(record)
        self._weight += record.weight
        if len(self._waiting) >= BATCH_SIZE or self._weight >= BATCH_CHARS:
            self.flush()

    def flush(self) -> None:
        """Write the collected comments: all at once, or one by one on a database error."""
        waiting, self._waiting, self._weight = self._waiting, [], 0
        if not waiting:
            return
        found = self._run.lines.filter(kind=Kind.COMMENT, number__in=[record.number for record in waiting])
        lines = {line.number: line for line in found}
        new = [record for record in waiting if lines[record.number].outcome == Outcome.IMPORTED]
        here = [record for record in waiting if lines[record.number].outcome == Outcome.UNCHANGED]
        prepared = [self._prepare(record, lines[record.number]) for record in new]
        if self._is_own and self._run.keep_emails:
            _find_members(prepared, {record.number for record in new if original_of(record).is_members})
        if not self._run.dry_run:
            self._write_all(prepared)
        for one in prepared:
            if one.notes.reasons:
                outcome = Outcome.FAILED if Reason.NOT_KEPT in one.notes.reasons else Outcome.IMPORTED
                self._outcomes.set(one.number, outcome, one.notes.reasons, one.notes.detail)
        self._follow(here)

    def _prepare(self, record: Record, line: ImportLine) -> Prepared:
        notes = Notes(line.reasons)
        original = original_of(record) if self._is_own else Original()
        body = comment_text(record.fields["wp:comment_content"])
        status, unknown = status_of_comment(record.fields["wp:comment_approved"])
        if unknown:
            notes.add(unknown)
        if not body:
            notes.add(Reason.NO_WORDS)
            status = Status.TRASH
        comment = Comment(
            author=self._staff.get(record.fields.number("wp:comment_user_id") or 0),
            name=name_of(record, body, notes),
            email=email_of(record, notes) if self._run.keep_emails else "",
            website=website_of(record, notes),
            body=body,
            html=comment_html(body) if body else "",
            status=status,
            red_flags=list(red_flags(body)) if status == Status.PENDING else [],
            wants_answers=original.wants_answers and self._run.keep_emails,
            approval_told=True,  # no emails about old comments
            answer_told=True,
            created_at=original.created_at or said_at(record, notes, self._now),
            edited_at=original.edited_at,
        )
        article_id = self._articles.get(record.item_number or 0)
        if article_id is not None:  # a dry run creates no articles
            comment.article_id = article_id
        return Prepared(record.number, line.wp_id or 0, comment, notes, comment_digest(body, status))

    def _write_all(self, prepared: Sequence[Prepared]) -> None:
        try:
            self._write(prepared)
        except (Error, ValueError):
            for one in prepared:
                self._write_alone(one)

    @transaction.atomic
    def _write(self, prepared: Sequence[Prepared]) -> None:
        Comment.objects.bulk_create([one.comment for one in prepared])
        Imported.objects.bulk_create(
            [
                Imported(
                    site=self._run.site,
                    kind=Imported.Kind.COMMENT,
                    wp_id=one.wp_id,
                    comment=one.comment,
                    run=self._run,
                    digest=one.digest,
                )
                for one in prepared
            ],
            update_conflicts=True,
            unique_fields=["site", "kind", "wp_id"],
            update_fields=["comment", "run", "digest"],
        )
        self.touched.update(one.comment.article_id for one in prepared)

    def _write_alone(self, one: Prepared) -> None:
        one.comment.pk, one.comment._state.adding = None, True
        try:
            self._write([one])
        except (Error, ValueError) as error:
            one.notes.add(Reason.NOT_KEPT, type(error).__name__)

    def _follow(self, records: Sequence[Record]) -> None:
        """Apply changes made on the old blog since the last run, where nobody changed the comment here."""
        by_wp_id = {record.fields.number("wp:comment_id") or 0: record for record in records}
        rows = Imported.objects.filter(site=self._run.site, kind=Imported.Kind.COMMENT, wp_id__in=by_wp_id)
        rows = rows.select_related("comment").only("wp_id", "digest", *FOLLOWED)
        changed = []
        for row in rows:
            record = by_wp_id[row.wp_id]
            reasons, is_changed = follow(row, record)
            if is_changed or reasons:
                changed.append(row)
                outcome = Outcome.UPDATED if is_changed else Outcome.UNCHANGED
                self._outcomes.set(record.number, outcome, reasons)
        if not self._run.dry_run and changed:
            self._write_changed(changed)

    @transaction.atomic
    def _write_changed(self, rows: Sequence[Imported]) -> None:
        comments = [row.comment for row in rows if row.comment]
        Comment.objects.bulk_update(comments, ["status", "body", "html"], batch_size=500)
        Imported.objects.bulk_update(rows, ["digest"], batch_size=500)
        self.touched.update(comment.article_id for comment in comments)


def _find_members(prepared: Sequence[Prepared], numbers: set[int]) -> None:
    """Attribute members' comments of our own export to their accounts by email address."""
    theirs = [one.comment for one in prepared if one.number in numbers and one.comment.email]
    emails = {comment.email.lower() for comment in theirs}
    users = {user.email: user for user in get_user_model().objects.filter(email__in=emails)}
    for comment in theirs:
        comment.author = comment.author or users.get(comment.email.lower())
