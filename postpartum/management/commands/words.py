"""Every text the site says to people, in one list with its place."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from postpartum.words import as_markdown, everything_said


class Command(BaseCommand):
    """`script/manage words FILE`, for a reviewer to read aloud."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to write."""
        parser.add_argument("file", type=Path, help="where to write the list, as Markdown")

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        """Write the list. Raise CommandError where the file cannot be written."""
        texts = everything_said()
        try:
            file.write_text(as_markdown(texts), encoding="utf-8")
        except OSError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(f"{file}: {len(texts)} texts.")
