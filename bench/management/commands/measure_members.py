"""Measure what is asked for by lines of standard input, one JSON an answer: for bench/fill, which asks two databases in turns."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from accounts.models import User
from bench import scale
from bench.plans import read_whole, sizes

WORTH_AN_INDEX = 10_000  # fewer rows PostgreSQL reads rather than an index of them


class Command(BaseCommand):
    """For a database that fill_members has filled.

    The first line of its output is the list of tasks. "plan TASK" answers {"queries", "reads_whole"}, "time TASK" answers
    {"wall", "web", "database"}: milliseconds, and those of CPU of this process and of the database's.
    """

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Answer until the input ends."""
        owner, _made = User.objects.get_or_create(
            email="bench-owner@example.org", defaults={"is_staff": True, "is_superuser": True}
        )
        now = timezone.now()
        cast = scale.Cast(*scale.typical_members(2, now), owner)
        scale.fill_desk(now)
        tasks = scale.tasks(cast, now)
        self.answer(list(tasks))
        for line in sys.stdin:
            what, name = line.strip().split(" ", 1)
            self.answer(plan_of(tasks[name]) if what == "plan" else time_of(tasks[name]))

    def answer(self, found: object) -> None:
        """Print one line at once."""
        self.stdout.write(json.dumps(found))
        self.stdout.flush()


def plan_of(task: Callable[[], object]) -> dict[str, Any]:
    """Return the number of queries and the tables read whole that are worth an index: those over WORTH_AN_INDEX rows.

    Of three tries, the one with the fewest counts: once in a while any request reads what has changed for all.
    """
    asked = min((scale.statements(task) for _try in range(3)), key=len)
    filled = {table for table, rows, *_bytes in sizes() if rows > WORTH_AN_INDEX}
    return {"queries": len(asked), "reads_whole": sorted(read_whole(asked) & filled)}


def time_of(task: Callable[[], object]) -> dict[str, float]:
    """Return what one call takes."""
    database = cpu_of_database()
    wall, web = time.perf_counter(), time.process_time()
    task()
    wall, web = time.perf_counter() - wall, time.process_time() - web
    return {"wall": 1000 * wall, "web": 1000 * web, "database": 1000 * (cpu_of_database() - database)}


def cpu_of_database() -> float:
    """Return the CPU time of this connection's process, in seconds, exact to the microsecond as ticks of psutil are not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
