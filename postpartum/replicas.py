"""Members' pages read from a replica of the database, which may be a second behind but never behind the member.

A position is PostgreSQL's, in its log of changes (pg_lsn). A replica that has replayed the one that the primary had
within the last second is fresh; one that has replayed where the member's last write ended shows it. Both are asked of
the very connection that the page then reads from, in one transaction, since behind a pooler the next may be another
replica's. Kept pages are made without a session and so always from the primary.
"""

import logging
import re
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

REPLICA = "replica"
STALE_SECONDS = 1.0
SAMPLE_SECONDS = 0.4
AGAIN_AFTER = 5.0  # seconds in which a replica that failed is not asked
COOKIE, COOKIE_SECONDS = "written", 60  # long before that, the first rule says the same
POSITION = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
SAFE = ("GET", "HEAD")
IS_FRESH = """
    SELECT pg_is_in_recovery()
       AND pg_last_wal_replay_lsn() >= GREATEST(CAST(%s AS pg_lsn), CAST(%s AS pg_lsn))
"""

log = logging.getLogger(__name__)

_may_read_replica: ContextVar[bool] = ContextVar("may_read_replica", default=False)
_has_written: ContextVar[bool] = ContextVar("has_written", default=False)


class ReplicaRouter:
    """Reads of a page from the replica if the middleware says so, until the page itself writes."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return the replica, but within a transaction of the primary always the primary."""
        is_inside = connections["default"].in_atomic_block
        return REPLICA if _may_read_replica.get() and not is_inside else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Return the primary, from which the rest of the page is then read."""
        _may_read_replica.set(False)
        _has_written.set(True)
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """All rows are of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the primary is migrated; the replica follows."""
        return db != REPLICA


class Positions:
    """Where the primary was within the last second, as this process asked it."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, str]] = deque()

    def to_reach(self) -> str:
        """Return the position that a fresh replica has replayed (one query every SAMPLE_SECONDS). Raise DatabaseError."""
        now = time.monotonic()
        while self._samples and now - self._samples[0][0] > STALE_SECONDS:
            self._samples.popleft()
        if not self._samples or now - self._samples[-1][0] > SAMPLE_SECONDS:
            self._samples.append((now, current_position()))
        return self._samples[0][1]


def current_position() -> str:
    """Return where the primary is (one query). Raise DatabaseError."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT CAST(pg_current_wal_insert_lsn() AS text)")
        return cursor.fetchone()[0]


class ReplicaMiddleware:
    """Has a signed-in member's page read from the replica if that is fresh, and notes where a write ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._positions = Positions()
        self._failed_at = float("-inf")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wrote = _has_written.set(request.method not in SAFE)
        try:
            response = self._answer(request)
            if _has_written.get() and self._is_members(request, response):
                self._note_position(response)
            return response
        finally:
            _has_written.reset(wrote)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if not self._may_be_second_old(request):
            return self.get_response(request)
        try:
            with transaction.atomic(using=REPLICA):
                may = _may_read_replica.set(self._is_fresh(request))
                try:
                    return self.get_response(request)
                finally:
                    _may_read_replica.reset(may)
        except DatabaseError as error:
            self._failed_at = time.monotonic()
            log.warning("The replica does not answer: %s", type(error).__name__)
            return self.get_response(request)

    def _may_be_second_old(self, request: HttpRequest) -> bool:
        """Return whether this is a page for a signed-in member; what is decided at the desk is read from the primary."""
        return (
            request.method in SAFE
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and not request.path.startswith(reverse("admin:index"))
            and time.monotonic() - self._failed_at > AGAIN_AFTER
        )

    def _is_fresh(self, request: HttpRequest) -> bool:
        written = request.COOKIES.get(COOKIE, "")
        hers = written if POSITION.fullmatch(written) else "0/0"
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(IS_FRESH, [self._positions.to_reach(), hers])
            return bool(cursor.fetchone()[0])

    @staticmethod
    def _is_members(request: HttpRequest, response: HttpResponseBase) -> bool:
        name = settings.SESSION_COOKIE_NAME
        return name in request.COOKIES or name in response.cookies

    @staticmethod
    def _note_position(response: HttpResponseBase) -> None:
        try:
            position = current_position()
        except DatabaseError:  # then nothing was written either
            return
        response.set_cookie(
            COOKIE,
            position,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
