"""Write articles and comments as a WordPress export file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from blog.exporters.wordpress import wordpress_export


class Command(BaseCommand):
    """`manage.py export_wordpress FILE`, for WordPress or `import_wordpress`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the target file and the handling of email addresses."""
        parser.add_argument("file", help="the file to write, or - for the standard output")
        parser.add_argument(
            "--emails", choices=["keep", "drop"], default="drop", help="commenters' addresses; default: drop"
        )

    def handle(self, *args: Any, file: str, emails: str, **options: Any) -> None:
        """Write the file under a temporary name and rename it once it is complete."""
        pieces = wordpress_export(timezone.now(), keep_emails=emails == "keep")
        if file == "-":
            sys.stdout.writelines(pieces)
            return
        path = Path(file)
        unfinished = path.with_name(f"{path.name}.part")
        with unfinished.open("w", encoding="utf-8") as out:
            out.writelines(pieces)
        unfinished.replace(path)
