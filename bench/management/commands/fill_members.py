"""Add members by COPY, then report what they take and how the pages fare with them."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from accounts.models import User
from bench import scale
from bench.members import make_members


class Command(BaseCommand):
    """For a database that may be thrown away."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the number of members."""
        parser.add_argument("--members", type=int, required=True)

    def handle(self, members: int, **options: Any) -> None:
        """Fill, vacuum, measure and print."""
        self.fill(members)
        staff, _made = User.objects.get_or_create(
            email="bench-owner@example.org", defaults={"is_staff": True, "is_superuser": True}
        )
        member = scale.typical_member()
        self.stdout.write("\npage                 SQL       ms  reads whole")
        for name, statements, took in scale.pages(member, staff):
            whole = ", ".join(sorted(scale.read_whole(statements)))
            self.stdout.write(f"{name:18} {len(statements):5} {took:8.1f}  {whole}")
        for name, statements in scale.work(member, timezone.now()):
            whole = ", ".join(sorted(scale.read_whole(statements)))
            self.stdout.write(f"{name:18} {len(statements):5}           {whole}")
        self.stdout.write("\ntable                            rows  table MB  index MB")
        for table, rows, size, index in scale.sizes():
            self.stdout.write(f"{table:26} {rows:10} {size / 1e6:9.1f} {index / 1e6:9.1f}")

    def fill(self, members: int) -> None:
        """Add the rows, and print their number, the time they took and the size of the database."""
        began = time.monotonic()
        made = make_members(members, timezone.now())
        self.stdout.write(f"{sum(made.values())} rows in {time.monotonic() - began:.0f} s: {made}")
        began = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
            self.stdout.write(f"VACUUM (ANALYZE) in {time.monotonic() - began:.0f} s")
            cursor.execute("SELECT pg_database_size(current_database())")
            self.stdout.write(f"{cursor.fetchone()[0] / 1e9:.2f} GB")
