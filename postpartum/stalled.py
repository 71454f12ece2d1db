"""Whether this process's threads are stuck in the database, and which pages are served without it.

A locked table or a hung server would otherwise hold every thread, and the page with emergency numbers with them.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.db import OperationalError

# What needs no database, and is answered while the others are refused.
WITHOUT_DATABASE = frozenset({"/safety/", "/healthz", "/robots.txt"})
STALL_SECONDS = 1.0  # a statement of a page takes a hundredth of that
STALLED_THREADS = 2  # half of a process's threads (deploy/gunicorn.conf.py)

# After that many have given up, the others do not try for a while: each would wait as long, one after the other.
HOLD_SECONDS = 2.0

# Of a process's four threads one takes no page while the others may be stuck.
REQUESTS_AT_ONCE = 3
IDLE_SECONDS = 0.5  # none of them has an answer for so long only if all are stuck
LOOK_SECONDS = 0.05  # how often a request without room looks whether the others are stuck

_room = threading.BoundedSemaphore(REQUESTS_AT_ONCE)
_waiting: dict[int, float] = {}  # {thread: monotonic time since when it waits for the database}
_answered_at = float("-inf")  # monotonic time at which the database last answered any thread
_given_up: deque[tuple[int, float]] = deque(
    maxlen=STALLED_THREADS
)  # threads, and monotonic times of giving up
_request = (
    threading.local()
)  # has_given_up: whether this thread's request has waited in vain; only within a request


def is_stalled() -> bool:
    """Return whether the threads wait in vain, or have just done so.

    They do where no request had an answer for IDLE_SECONDS while all that may wait did, or for STALL_SECONDS while several
    did. A queue for one row's lock is none: each answer lets the next one on.
    """
    now = time.monotonic()
    if sum(ended > now - HOLD_SECONDS for _, ended in list(_given_up)) >= STALLED_THREADS:
        return True
    began = list(_waiting.values())
    return any(
        _answered_at < now - seconds and sum(one < now - seconds for one in began) >= threads
        for seconds, threads in ((IDLE_SECONDS, REQUESTS_AT_ONCE), (STALL_SECONDS, STALLED_THREADS))
    )


@contextmanager
def room_for_request() -> Iterator[bool]:
    """Wait until fewer than REQUESTS_AT_ONCE other requests are under way; yield whether the request may go on.

    It may not once the others are stuck in the database. It waits before its first statement, when it holds no locks
    that the others might wait for, and no longer than STALL_SECONDS: then the others are busy with something else.
    """
    end = time.monotonic() + STALL_SECONDS
    has_room, may_go_on = False, not is_stalled()
    while may_go_on and not has_room and time.monotonic() < end:
        has_room = _room.acquire(timeout=LOOK_SECONDS)
        may_go_on = not is_stalled()
    try:
        yield may_go_on
    finally:
        if has_room:
            _room.release()


@contextmanager
def one_wait() -> Iterator[None]:
    """Let this thread's request wait in vain for the database once: what it asks for after that fails at once.

    A page that can do without what it asked for first, such as the practice's own words, would otherwise wait as long
    for the next, and for the one after that.
    """
    _request.has_given_up = False
    try:
        yield
    finally:
        del _request.has_given_up


@contextmanager
def waiting() -> Iterator[None]:
    """Note since when this thread's request waits for the database, and where a limit ends that.

    Raise OperationalError at once where the request has waited in vain before. Outside of requests nothing is noted.
    """
    global _answered_at
    if not hasattr(_request, "has_given_up"):
        yield
        return
    if _request.has_given_up:
        raise OperationalError("This request has waited in vain for the database.")
    thread, began = threading.get_ident(), time.monotonic()
    _waiting[thread] = began
    try:
        yield
    except (OperationalError, psycopg2.OperationalError):
        note_failure(began)
        raise
    finally:
        _waiting.pop(thread, None)
    _answered_at = time.monotonic()


def time_statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Run a statement as `waiting`; for `connection.execute_wrapper`."""
    with waiting():
        return execute(sql, params, many, context)


def note_failure(began: float) -> None:
    """Note that what this thread began then was in vain, unless that took no time, others had answers, or it is noted."""
    thread, now = threading.get_ident(), time.monotonic()
    if now - began <= STALL_SECONDS:
        return
    if hasattr(_request, "has_given_up"):
        _request.has_given_up = True
    is_noted = any(other == thread and ended >= began for other, ended in list(_given_up))
    if _answered_at < now - IDLE_SECONDS and not is_noted:
        _given_up.append((thread, now))


def waiting_longer_than(seconds: float) -> dict[int, float]:
    """Return {thread: since when, by the monotonic clock} of those that wait longer."""
    since = time.monotonic() - seconds
    return {thread: began for thread, began in list(_waiting.items()) if began < since}
