"""Add members by COPY, then report what they take."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from bench import plans
from bench.members import make_members


class Command(BaseCommand):
    """For a database that may be thrown away."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the number of members."""
        parser.add_argument("--members", type=int, required=True)

    def handle(self, members: int, **options: Any) -> None:
        """Fill, vacuum and print."""
        self.fill(members)
        self.stdout.write("\ntable                            rows  table MB  index MB  vacuum s")
        for table, rows, size, index in plans.sizes():
            took = seconds(f"VACUUM (ANALYZE) {table}")
            self.stdout.write(f"{table:26} {rows:10} {size / 1e6:9.1f} {index / 1e6:9.1f} {took:9.1f}")
        self.stdout.write("\nindex                                                         MB")
        for index, size in plans.index_sizes():
            self.stdout.write(f"{index:56} {size / 1e6:9.1f}")

    def fill(self, members: int) -> None:
        """Add the rows, and print their number, the time they took and the size of the database."""
        began = time.monotonic()
        made = make_members(members, timezone.now())
        self.stdout.write(f"{sum(made.values())} rows in {time.monotonic() - began:.0f} s: {made}")
        self.stdout.write(f"VACUUM (ANALYZE) in {seconds('VACUUM (ANALYZE)'):.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            self.stdout.write(f"{cursor.fetchone()[0] / 1e9:.2f} GB")


def seconds(sql: str) -> float:
    """Return how long a statement takes."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    return time.monotonic() - began
