"""What is measured of a database with many members: pages as they are requested, and work in the background."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench import names
from bench.management.commands.fill_bench import check_before_session, send
from bench.members import CHECK_INS, LOGS
from bench.pages import FORM, JSON, SESSION, Page, check_in, comment, session_log
from blog.models import Comment
from postpartum.models import Erasure, Reminder
from postpartum.privacy.erasure import erase_person
from postpartum.privacy.exports import write_copy
from programs.models import CheckIn, Enrollment, Participant, SessionLog
from programs.pages.triage import MAX_ROWS, QUIET_AFTER, quiet_members


@dataclass(frozen=True)
class Cast:
    """Who asks for the pages: a member, one who also sends logs and check-ins, and the practice's owner."""

    member: User
    writer: User
    staff: User


def pages_of(cast: Cast) -> tuple[Page, ...]:
    """Return the pages measured: those whose work could grow with the members there are."""
    record = Participant.objects.get(user=cast.member).pk
    return (
        Page("today", "/today/", "member"),
        Page("session", f"/sessions/{SESSION}/", "member"),
        Page("check-in", f"/check-in/before/{SESSION}/", "member"),
        Page("progress", "/progress/", "member"),
        Page("send a check-in", "/check-in/", "writer", "", check_in, "POST", FORM, "30"),
        Page("log a session", f"/sessions/{SESSION}/log/", "writer", "", session_log, "PUT", JSON),
        Page("home", "/"),
        Page("articles", "/articles/"),
        Page("article", "/articles/pattern/"),
        Page("search, few found", "/search/?q=pattern"),
        Page("search, all found", "/search/?q=ribs"),
        Page("send a comment", "/articles/pattern/comment/", "", "", comment, "POST", status="30"),
        Page("triage", "/admin/", "staff"),
        Page("comment inbox", "/admin/blog/comment/", "staff"),
        Page("members", "/admin/members/", "staff"),
        Page("member search, one found", f"/admin/members/?q={names.address(77)}", "staff"),
        Page("member search, all found", "/admin/members/?q=example", "staff"),
        Page("member search, none found", "/admin/members/?q=nobody", "staff"),
        Page("member search, two letters", "/admin/members/?q=zz", "staff"),
        Page("record of a member", f"/admin/members/{record}/", "staff"),
    )


def tasks(cast: Cast, now: datetime) -> dict[str, Callable[[], object]]:
    """Return all that is measured by its name: pages and what is done in the background, of which nothing stays."""
    check_before_session(cast.member)
    return {page.name: _requests(page, cast) for page in pages_of(cast)} | {
        "reminders due": lambda: list(Reminder.objects.due(now)[:1]),
        "quiet members": lambda: quiet_members(now),
        "export": _undone(lambda: _export(cast.member, now)),
        "erase": _undone(lambda: _erase(cast.member.pk, now)),
    }


def _requests(page: Page, cast: Cast) -> Callable[[], object]:
    """Return a function that requests the page. What it sends is never sent twice."""
    client, numbers = Client(HTTP_HOST="127.0.0.1"), count()
    if page.as_whom:
        client.force_login(getattr(cast, page.as_whom))
    return lambda: send(client, page, next(numbers))


def _export(member: User, now: datetime) -> None:
    with TemporaryDirectory() as directory:
        write_copy(Path(directory) / "copy.zip", member, now)


def _erase(pk: int, now: datetime) -> None:
    erase_person(User.objects.get(pk=pk), Erasure.Comments.NAMELESS, now)


def _undone(job: Callable[[], object]) -> Callable[[], None]:
    def do() -> None:
        with undone():
            job()

    return do


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def statements(task: Callable[[], object]) -> list[str]:
    """Return the SQL of the second of two calls: the first may fill caches of the process."""
    task()
    with CaptureQueriesContext(connection) as captured:
        task()
    return [one["sql"] for one in captured]


def fill_desk(now: datetime) -> None:
    """Have more quiet members and waiting comments than the desk shows, so that it shows as many with a few members.

    They have only just become quiet, so that no others, of whom there are more with many members, are read before them.
    """
    first = Enrollment.objects.filter(participant__user__email__endswith=names.OURS).order_by("pk")
    Enrollment.objects.filter(pk__in=first.values("pk")[:100]).exclude(state="active").update(
        state="active", week_started_at=now - QUIET_AFTER - timedelta(minutes=1)
    )
    waiting = Comment.objects.filter(email__startswith="reader").order_by("pk").values("pk")[: 2 * MAX_ROWS]
    Comment.objects.filter(pk__in=waiting).update(status="pending")


def typical_members(number: int, now: datetime) -> list[User]:
    """Return the first members in the program with about the usual logs and check-ins, as if they had practiced lately."""
    found = []
    active = Enrollment.objects.filter(state="active", participant__user__email__endswith=names.OURS)
    for enrollment in active.order_by("pk")[:500].select_related("participant__user"):
        logs = SessionLog.objects.filter(enrollment=enrollment)
        check_ins = CheckIn.objects.filter(enrollment=enrollment)
        if logs.count() >= LOGS - 5 and check_ins.count() >= CHECK_INS - 2:
            _practice(enrollment, logs[0], now - timedelta(days=2))
            found.append(enrollment.participant.user)
            if len(found) == number:
                return found
    raise LookupError(f"Only {len(found)} members have practiced enough.")


def _practice(enrollment: Enrollment, log: SessionLog, at: datetime) -> None:
    """Add a log like `log`, and begin the week with it: after a long pause or week, no session would be open."""
    Enrollment.objects.filter(pk=enrollment.pk).update(week_started_at=at)
    log.pk, log.client_id = None, uuid.uuid4()
    log.started_at, log.finished_at = at - timedelta(minutes=12), at
    log.save()
