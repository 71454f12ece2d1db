"""A trial restore of a backup, beside the running site."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from postpartum.backup.drill import restore_for_trial
from postpartum.backup.errors import BackupError


class Command(BaseCommand):
    """`manage.py restore_drill FILE`; the site is not touched."""

    help = "Restores a backup into a database of its own, compares every number of rows and every file, and removes it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file."""
        parser.add_argument("file", type=Path, help="what `backup` made")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Run the trial and print what was compared. Raise CommandError where something differs."""
        began = time.monotonic()
        try:
            drill = restore_for_trial(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database refuses: {error}") from error
        self.stdout.write(
            f"{file} of {drill.made_at:%Y-%m-%d %H:%M} UTC can be restored: {drill.rows} rows of {drill.tables} tables and "
            f"{drill.files} files are as noted ({time.monotonic() - began:.0f} s)."
        )
