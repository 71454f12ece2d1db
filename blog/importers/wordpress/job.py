"""Runs one import from start to end."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO

from django.utils import timezone

from blog.models import ImportRun

from .addresses import is_document, keys_of_number
from .lock import import_lock
from .planning.comment_outcomes import settle_comments
from .planning.first_pass import take_survey
from .planning.posts import addresses_in_file, kinds_for, known_posts, slugs_for
from .progress import CancelledError, Progress
from .reading.formats import open_export
from .reading.reader import FileRefusedError
from .reading.records import Record
from .reporting.lines import Kind, Lines, Outcome, Outcomes
from .rows.articles import Articles
from .rows.authors import Authors
from .rows.comments import Comments
from .rows.completion import complete_articles
from .rows.cut_off import credit_cut_off_runs
from .rows.documents import Documents, own_document
from .rows.media import Media
from .rows.old_files import remember_files
from .rows.pictures import Pictures, own_picture
from .rows.redirects import archive_redirects, save_redirects
from .rows.references import References
from .rows.threads import link_replies, refresh_conversations
from .rows.topics import Topics


def run_import(
    run: ImportRun,
    file: IO[bytes],
    media: Media | None = None,
    *,
    clock: Callable[[], datetime] = timezone.now,
) -> None:
    """Import the export in the binary `file` with the options of `run` and images from `media`.

    Idempotent: an interrupted import can be run again. With `run.dry_run` only the run and its lines are written. The run
    ends as DONE, as REFUSED if the file cannot be read, or as STOPPED if it was cancelled or an error was raised. Raises
    BusyError while another import is running.
    """
    with import_lock():
        dead = type(run).objects.filter(status=run.Status.RUNNING, file="").exclude(pk=run.pk)
        dead.update(status=run.Status.STOPPED)  # we hold the lock, so their processes were killed
        run.lines.all().delete()
        run.note(run.Status.RUNNING, finished_at=None)
        try:
            _Job(run, file, media or Media(), clock).do()
        except FileRefusedError as refused:
            run.lines.all().delete()
            run.note(run.Status.REFUSED, refusal=refused.code, finished_at=clock())
        except CancelledError:
            run.note(run.Status.STOPPED, finished_at=clock())
        except Exception:
            run.note(run.Status.STOPPED, finished_at=clock())
            raise
        else:
            run.note(run.Status.DONE, percent=100, finished_at=clock())
        if run.status == run.Status.REFUSED or (run.status == run.Status.DONE and not run.dry_run):
            run.forget_files()


class _Job:
    def __init__(self, run: ImportRun, file: IO[bytes], media: Media, clock: Callable[[], datetime]) -> None:
        self.run, self.file, self.media = run, file, media
        self.now = clock()
        self.progress = Progress(run, file, clock)

    def do(self) -> None:
        self._survey()
        self._articles()
        settle_comments(self.run)
        self._comments()
        credit_cut_off_runs(self.run)
        self._threads()

    def _read(self, stage: str) -> Iterator[Record]:
        """Yield the records of the file from its start, updating the progress."""
        self.file.seek(0)
        self.progress.enter(stage)
        for record in open_export(self.file):
            self.progress.read()
            yield record

    def _survey(self) -> None:
        self.file.seek(0)
        self.progress.enter("reading")
        self.survey = take_survey(open_export(self.file), self.run, self.progress.read)
        self.run.site = self.survey.site
        self.run.save(update_fields=["site"])
        remember_files(self.run, self.survey)
        self.known = known_posts(self.run, self.survey)
        self.authors = Authors(self.run, self.survey)
        self.authors.settle()
        self.topics = Topics(self.run, self.survey)
        self.topics.settle()

    def _articles(self) -> None:
        survey, kinds = self.survey, kinds_for(self.run, self.survey, self.known)
        slugs = slugs_for(survey, self.known, kinds)
        targets, lines = archive_redirects(self.run, survey, self.topics), Lines(self.run)
        self.pictures = Pictures(self.run, self.media, lines, self.now)
        self.documents = Documents(self.run, self.media, lines, self.now)
        addresses = addresses_in_file(self.run, survey, slugs, kinds, targets)
        outcomes = Outcomes(self.run)
        references = References(survey, self.pictures, self.documents, addresses)
        articles = Articles(
            self.run,
            survey,
            self.known,
            slugs,
            kinds,
            authors=self.authors,
            topics=self.topics,
            lookup=references,
            outcomes=outcomes,
            now=self.now,
        )
        if not self.run.dry_run:
            save_redirects(targets)
        for record in self._read("articles"):
            if record.tag == "item":
                articles.take(record)
        articles.flush()
        complete_articles(self.run, survey, references, lines, self.now)
        outcomes.flush()
        lines.flush()
        self._files(outcomes)

    def _files(self, outcomes: Outcomes) -> None:
        """Record the outcome of uploaded files and save redirects from their URLs."""
        articles = self._articles_by("wp_id")
        targets = {}
        for wp_id, attachment in self.survey.attachments.items():
            address = attachment.address
            kind = self.documents if is_document(address) else self.pictures
            outcome, reason = kind.outcome_of(address)
            if self.survey.is_own and (own_picture(address) or own_document(address)):
                outcome, reason = Outcome.UNCHANGED, None
            if attachment.number:
                outcomes.set(attachment.number, outcome, [reason] if reason else [], attachment.said)
            if attachment.parent in articles:
                for key in keys_of_number(self.run.site, attachment.link, wp_id):
                    targets[key] = {"article_id": articles[attachment.parent]}
        outcomes.flush()
        if not self.run.dry_run:
            save_redirects(targets)

    def _comments(self) -> None:
        outcomes = Outcomes(self.run)
        self.comments = Comments(
            self.run,
            self._articles_by("number"),
            self.authors.staff_by_number(),
            is_own=self.survey.is_own,
            outcomes=outcomes,
            now=self.now,
        )
        for record in self._read("comments"):
            if record.tag == "wp:comment":
                self.comments.take(record)
        self.comments.flush()
        outcomes.flush()

    def _threads(self) -> None:
        self.progress.enter("threads")
        if self.run.dry_run:
            return
        link_replies(self.run)
        ids = self._articles_by("number").values()
        refresh_conversations(ids, self.comments.touched, self.now, self.progress.through)

    def _articles_by(self, name: str) -> dict[int, int]:
        """Return the id of each article of this run by the line field `name`, the post's position or its number."""
        lines = self.run.lines.filter(kind__in=[Kind.POST, Kind.PAGE], article__isnull=False)
        return dict(lines.values_list(name, "article_id"))
