"""Database and uploads back from a file that `backup` made."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from postpartum.backup.errors import BackupError
from postpartum.backup.restoring import restore_backup

ERASED = (
    "Whoever was erased since then is back, and must be erased again before the site opens: docs/background.md, "
    "“Erasing again after a restore”."
)


class Command(BaseCommand):
    """`manage.py restore FILE [--replace]`, while server and worker are stopped."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file and --replace."""
        parser.add_argument("file", type=Path, help="what `backup` made")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="delete the people, their rows and all uploads that are there now",
        )

    def handle(self, *, file: Path, replace: bool, verbosity: int, **options: Any) -> None:
        """Restore the file and print what to do next. Raise CommandError."""
        try:
            restored = restore_backup(file, replace=replace)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database refuses: {error}") from error
        if verbosity:
            when = f"{restored.made_at:%Y-%m-%d %H:%M} UTC"
            self.stdout.write(f"Restored as of {when}: the database and {restored.uploads} uploaded files.")
            if restored.is_behind:
                self.stdout.write(
                    "The backup is older than this version of the site: run `manage.py migrate` now."
                )
            self.stdout.write(ERASED)
