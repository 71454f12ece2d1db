"""Write the clinical rules as a page to sign: `script/manage clinical_page FILE… > docs/clinical.md`. Needs no database."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from programs.pages.clinical import clinical_page


class Command(BaseCommand):
    help = "Prints every clinical rule with its source, the worked examples in FILES that it decides, and what is new."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take any number of JSON files with worked examples."""
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)

    def handle(self, *, files: Sequence[Path], **options: Any) -> None:
        """Print the page."""
        documents = [json.loads(path.read_text(encoding="utf-8")) for path in files]
        self.stdout.write(clinical_page(documents), ending="")
