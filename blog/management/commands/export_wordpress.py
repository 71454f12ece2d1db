"""Write articles and comments as a WordPress export file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog.exporters.wordpress import wordpress_export


class Command(BaseCommand):
    """`manage.py export_wordpress FILE`; WordPress and `import_wordpress` read it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether with addresses."""
        parser.add_argument("file", help="the file to write, or - for the standard output")
        parser.add_argument(
            "--emails", choices=["keep", "drop"], default="drop", help="commenters' addresses; default: drop"
        )

    def handle(self, *args: Any, file: str, emails: str, **options: Any) -> None:
        """Write it piece by piece; a file appears under its name only when it is whole."""
        pieces = wordpress_export(timezone.now(), keep_emails=emails == "keep")
        if file == "-":
            sys.stdout.writelines(pieces)
            return
        path = Path(file)
        unfinished = path.with_name(f"{path.name}.part")
        with unfinished.open("w", encoding="utf-8") as out:
            out.writelines(pieces)
        unfinished.replace(path)
