"""Fill an empty database with a very large practice, and time every list of the desk on it."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bench.many import make_many

SEARCHES = {
    "admin:desk_members": ["?q=many777", "?q=nobody-of-this-name"],
    "admin:accounts_user_changelist": ["?q=many777", "?q=nobody-of-this-name"],
    "admin:blog_comment_changelist": [
        "?status__exact=pending",
        "?status__exact=spam",
        "?q=lying",
        "?q=nobody",
    ],
    "admin:programs_concern_changelist": ["?settled=no", "?urgency=emergency"],
}


class Command(BaseCommand):
    """For an empty database, or one that this command has filled."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the size, and whether to print query plans."""
        parser.add_argument("--members", type=int, default=100_000)
        parser.add_argument("--explain", type=int, metavar="MS", help="plans of queries slower than this")

    def handle(self, members: int, explain: int | None, **options: Any) -> None:
        """Fill the database unless that was done, then measure."""
        if not User.objects.filter(email="many1@example.org").exists():
            make_many(members, timezone.now())
        owner, _made = User.objects.get_or_create(
            email="bench-owner@example.org", defaults={"is_staff": True, "is_superuser": True}
        )
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(owner)
        self.stdout.write(f"{'page':60} queries  first ms  then ms  of it SQL  slowest query ms")
        for address in addresses():
            self.measure(client, address, explain)

    def measure(self, client: Client, address: str, explain: int | None) -> None:
        """Print one line about one URL."""
        times = []
        for _round in range(4):
            with CaptureQueriesContext(connection) as queries:
                began = time.perf_counter()
                status = client.get(address).status_code
                times.append((time.perf_counter() - began) * 1000)
        spent = [float(query["time"]) * 1000 for query in queries]
        self.stdout.write(
            f"{address:60} {len(queries):7} {times[0]:9.0f} {statistics.median(times[1:]):8.0f} "
            f"{sum(spent):10.0f} {max(spent):17.0f}{'' if status == 200 else f'  status {status}'}"
        )
        if explain:
            for query, took in zip(list(queries), spent, strict=True):
                if took > explain and query["sql"].startswith("SELECT"):
                    self.explain(query["sql"])

    def explain(self, sql: str) -> None:
        """Print PostgreSQL's plan of a query."""
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql.replace("%", "%%"), [])
            plan = [line for (line,) in cursor.fetchall()]
        self.stdout.write("\n".join([f"    {sql[:1500]}", *(f"      {line[:150]}" for line in plan)]))


def addresses() -> Iterator[str]:
    """Yield the URL of every list of the desk, plain and with its searches."""
    names = [
        "admin:index",
        "admin:desk_members",
        "admin:desk_program",
        "admin:desk_publish",
        "admin:desk_numbers",
    ]
    names += [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry
    ]
    for name in names:
        yield from (reverse(name) + search for search in ["", *SEARCHES.get(name, [])])
