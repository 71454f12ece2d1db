"""Simulate members living through the program: `manage.py simulate --mothers 2000 --weeks 16`."""

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import override_settings

from programs.simulation.keeping import Kept
from programs.simulation.running import simulate
from programs.simulation.tables import Findings, ends_table, spans_table

EVERY = 25  # members between two lines about how far it is


class Command(BaseCommand):
    help = (
        "Lives the lives of virtual members, by the real services and with a fixed seed, and checks on every day what "
        "must always hold. It works in a database of its own, which it makes and removes; yours is not opened."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --mothers, --first, --weeks, --seed and --keep."""
        parser.add_argument("--mothers", type=int, default=100, metavar="N", help="how many (100)")
        parser.add_argument("--first", type=int, default=1, metavar="N", help="number of the first (1)")
        parser.add_argument("--weeks", type=int, default=16, metavar="N", help="for how many weeks (16)")
        parser.add_argument(
            "--seed", type=int, default=15, metavar="N", help="another seed, other lives (15)"
        )
        parser.add_argument(
            "--keep", type=Path, metavar="FILE",
            help="keep each life in this file, and do not live again those of the same seed and weeks in it",
        )  # fmt: skip

    def handle(self, *, mothers: int, first: int, weeks: int, seed: int, keep: Path | None, **_: Any) -> None:
        """Print what was found; exit with status 1 if anything was wrong."""
        numbers = range(first, first + mothers)
        kept = Kept(keep, seed, weeks) if keep else None
        known = kept.read() if kept else {}
        lived = 0

        def tell(number: int, one: Findings) -> None:
            nonlocal lived
            lived += 1
            if kept:
                kept.add(number, one)
            self._tell(lived, one)

        real = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"simulation_{os.getpid()}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            call_command("loadprogram", verbosity=0)
            with override_settings(DEBUG=False):  # else every statement is written down
                found = simulate([one for one in numbers if one not in known], weeks, seed, tell)
        finally:
            connection.creation.destroy_test_db(real, verbosity=0)
        for number in numbers:
            found.add(known.get(number, Findings()))
        self._report(found)
        if found.wrong:
            sys.exit(1)

    def _tell(self, lived: int, one: Findings) -> None:
        for wrong in one.wrong:
            self.stdout.write(wrong)
        if lived % EVERY == 0:
            self.stdout.write(f"{lived} lives, {time.process_time():.0f} s")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")  # what each life rolled back is still on the tables' pages

    def _report(self, found: Findings) -> None:
        self.stdout.write(f"{found.members} members, {found.days} days, {time.process_time():.0f} s of CPU\n")
        self.stdout.write(f"{ends_table(found)}\n\n{spans_table(found.spans)}\n")
        self.stdout.write(f"{len(found.wrong)} findings")
