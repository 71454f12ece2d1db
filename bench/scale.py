"""What a filled database costs: queries and time of each page, plans, and sizes."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.management.commands.fill_bench import send
from bench.pages import SESSION, Page, comment
from postpartum.models import Erasure, Reminder
from postpartum.privacy.erasure import erase_person
from postpartum.privacy.exports import write_copy
from programs.models import CheckIn, Enrollment, SessionLog
from programs.pages.triage import quiet_members

# Tables that grow with members: none of them may be read whole for one of them.
LARGE = (
    "accounts_user", "programs_participant", "programs_screening", "programs_enrollment", "programs_sessionlog",
    "programs_checkin", "programs_decision", "postpartum_reminder", "blog_comment",
)  # fmt: skip
PAGES = (
    Page("today", "/today/", "member"),
    Page("check-in", f"/check-in/before/{SESSION}/", "member"),
    Page("progress", "/progress/", "member"),
    Page("home", "/"),
    Page("articles", "/articles/"),
    Page("search", "/search/?q=ribs"),
    Page("send a comment", "/articles/pattern/comment/", "", "", comment, "POST", status="30"),
    Page("triage", "/admin/", "staff"),
    Page("members", "/admin/members/", "staff"),
    Page("member search", "/admin/members/?q=member77", "staff"),
)
ROUNDS = 9


def pages(member: User, staff: User) -> Iterator[tuple[str, list[str], float]]:
    """Yield the name of each page, its statements, and its median time in milliseconds in this process."""
    for page in PAGES:
        client = Client(HTTP_HOST="127.0.0.1")
        if page.as_whom:
            client.force_login(staff if page.as_whom == "staff" else member)
        numbers = count()  # what is sent is never sent twice
        request = partial(_send_next, client, page, numbers)
        request()
        with CaptureQueriesContext(connection) as captured:
            request()
        asked = [one["sql"] for one in captured]  # now: the next request forgets them
        yield page.name, asked, milliseconds(request)


def _send_next(client: Client, page: Page, numbers: Iterator[int]) -> None:
    send(client, page, next(numbers))


def milliseconds(call: Callable[[], object]) -> float:
    """Return the median duration of a call."""
    took = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def work(member: User, now: datetime) -> Iterator[tuple[str, list[str]]]:
    """Yield the statements of what is done in the background for one member. Nothing of it stays."""
    jobs: tuple[tuple[str, Callable[[], object]], ...] = (
        ("reminders due", lambda: list(Reminder.objects.due(now)[:1])),
        ("quiet members", lambda: quiet_members(now)),
        ("export", lambda: _export(member, now)),
        ("erase", lambda: erase_person(member, Erasure.Comments.NAMELESS, now)),
    )
    for name, job in jobs:
        with undone(), CaptureQueriesContext(connection) as captured:
            job()
        yield name, [one["sql"] for one in captured]


def _export(member: User, now: datetime) -> None:
    with TemporaryDirectory() as directory:
        write_copy(Path(directory) / "copy.zip", member, now)


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read_whole(statements: list[str]) -> set[str]:
    """Return the LARGE tables that a statement reads from beginning to end, by PostgreSQL's own plan."""
    return {
        node["Relation Name"]
        for sql in statements
        if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))
        for node in _nodes(_plan(sql))
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE
    }


def _plan(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        plan: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
    return plan


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)


def sizes() -> Iterator[tuple[str, int, int, int]]:
    """Yield table, rows, bytes of the table, and bytes of its indexes, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY pg_total_relation_size(oid) DESC LIMIT 12"
        )
        yield from cursor.fetchall()


def typical_member() -> User:
    """Return a member in the program with as many logs and check-ins as most."""
    active = Enrollment.objects.filter(state="active", participant__user__email__startswith="member")
    for enrollment in active.order_by("-pk")[:500].select_related("participant__user"):
        logs = SessionLog.objects.filter(enrollment=enrollment).count()
        if 15 <= logs <= 25 and CheckIn.objects.filter(enrollment=enrollment).count() in range(4, 7):
            user: User = enrollment.participant.user
            return user
    raise LookupError("No member is like most.")
