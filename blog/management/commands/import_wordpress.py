"""Take a blog over from its export file: WordPress, Ghost or Substack."""

import logging
from argparse import ArgumentParser
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from blog.importers.wordpress.job import run_import
from blog.importers.wordpress.lock import BusyError
from blog.importers.wordpress.reporting.messages import refusal_in_words
from blog.importers.wordpress.reporting.totals import remark_in_words, remarks, totals
from blog.importers.wordpress.rows.media import Media, MediaFolder, open_archive
from blog.models import ImportLine, ImportRun

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py import_wordpress FILE`. Idempotent: what was imported before is not imported again."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, its media, and the options."""
        parser.add_argument(
            "file",
            nargs="?",
            help="the .xml of WordPress's Tools → Export, the .json of Ghost or the .zip of Substack",
        )
        parser.add_argument("--media", metavar="DIR", help="a folder, ZIP or TAR with wp-content/uploads")
        parser.add_argument("--dry-run", action="store_true", help="count and report, change nothing")
        parser.add_argument(
            "--emails",
            choices=["keep", "drop"],
            default="drop",
            help="commenters' email addresses (network addresses are never kept); default: drop",
        )
        parser.add_argument("--pages", choices=ImportRun.Pages.values, default="pages", help="default: pages")
        parser.add_argument("--author", metavar="EMAIL", help="whose articles these all are")
        parser.add_argument(
            "--bring-back",
            action="store_true",
            help="also articles that were deleted here since an earlier import, with their comments",
        )
        parser.add_argument("--run", type=int, help="an upload of the desk instead of a file, by its number")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then print the outcome of every item. Raises CommandError when it cannot start or finish."""
        file, number = options["file"], options["run"]
        if (file is None) == (number is None):
            raise CommandError("Name a file, or an upload with --run.")
        run = self._waiting(number) if file is None else self._new(Path(file), options)
        try:
            with ExitStack() as opened:
                source = run.file if run.file else Path(file)
                run_import(
                    run, opened.enter_context(source.open("rb")), self._media(run, options["media"], opened)
                )
        except BusyError:
            raise CommandError("Another import is at work. Please wait until it is done.") from None
        except CommandError:
            run.note(run.Status.STOPPED)
            raise
        except Exception as error:
            log.exception("Import %s stopped partway", run.pk)  # the log formatter omits personal text
            with suppress(DatabaseError):  # database gone: the run still counts as running and is restarted
                run.note(run.Status.STOPPED)
            raise CommandError(f"The import stopped partway ({type(error).__name__}); see the log.") from None
        if run.status == run.Status.REFUSED:
            raise CommandError(refusal_in_words(run.refusal))
        if run.status == run.Status.STOPPED:
            raise CommandError("This import was cancelled. Run it again to go on: nothing comes twice.")
        self._report(run)

    def _waiting(self, number: int) -> ImportRun:
        run = ImportRun.objects.exclude(file="").filter(pk=number).first()
        if run is None:
            raise CommandError(f"There is no upload {number} with its file.")
        return run

    def _new(self, path: Path, options: dict[str, Any]) -> ImportRun:
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        author = None
        if options["author"]:
            author = get_user_model().objects.filter(email__iexact=options["author"], is_staff=True).first()
            if author is None:
                raise CommandError(f"Nobody at the desk has the address {options['author']}.")
        return ImportRun.objects.create(
            file_name=path.name[:200],
            dry_run=options["dry_run"],
            keep_emails=options["emails"] == "keep",
            pages=options["pages"],
            bring_back=options["bring_back"],
            author=author,
            created_at=timezone.now(),
        )

    def _media(self, run: ImportRun, folder: str | None, opened: ExitStack) -> Media:
        if run.pictures:
            return open_archive(opened.enter_context(run.pictures.open("rb"))) or Media()
        if folder is None:
            return Media()
        path = Path(folder)
        if path.is_dir():
            return MediaFolder(path)
        found = open_archive(opened.enter_context(path.open("rb"))) if path.is_file() else None
        if found is None:
            raise CommandError(f"There is no folder, ZIP or TAR {folder}.")
        return found

    def _report(self, run: ImportRun) -> None:
        if run.dry_run:
            self.stdout.write("Nothing was changed; this is what would happen:")
        for kind, outcomes in totals(run).items():
            counted = ", ".join(
                f"{count} {ImportLine.Outcome(name).label}" for name, count in outcomes.items()
            )
            self.stdout.write(f"{ImportLine.Kind(kind).label}: {counted}")
        for remark in remarks(run):
            self.stdout.write(f"  {remark_in_words(*remark)}")
        missing = run.lines.filter(kind__in=[ImportLine.Kind.PICTURE, ImportLine.Kind.DOCUMENT])
        for line in missing.iterator():
            self.stdout.write(f"  missing: {line.detail} in “{line.label}”")
