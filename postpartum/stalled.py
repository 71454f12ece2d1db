"""Whether this process's threads are stuck in the database, and which pages are served without it.

A locked table or a hung server would otherwise hold every thread, and the page with emergency numbers with them.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError

# What needs no database, and is answered while the others are refused.
WITHOUT_DATABASE = frozenset({"/safety/", "/healthz", "/robots.txt"})
STALL_SECONDS = 1.0  # a statement of a page takes a hundredth of that
STALLED_THREADS = 2  # half of a process's threads (deploy/gunicorn.conf.py)

# After that many have given up, the others do not try for a while: each would wait as long, one after the other.
HOLD_SECONDS = 2.0

# Of a process's four threads one takes no page while the others may be stuck.
REQUESTS_AT_ONCE = 3

_room = threading.BoundedSemaphore(REQUESTS_AT_ONCE)
_started: dict[int, float] = {}  # {thread: monotonic time its statement began}
_given_up: deque[tuple[int, float]] = deque(
    maxlen=STALLED_THREADS
)  # threads, and monotonic times of giving up


def is_stalled() -> bool:
    """Return whether several threads wait, or have just waited in vain, for more than STALL_SECONDS."""
    now = time.monotonic()
    waiting = sum(began < now - STALL_SECONDS for began in list(_started.values()))
    given_up = sum(ended > now - HOLD_SECONDS for _, ended in list(_given_up))
    return max(waiting, given_up) >= STALLED_THREADS


@contextmanager
def room_for_request() -> Iterator[bool]:
    """Wait until fewer than REQUESTS_AT_ONCE other requests are under way; yield whether the request may go on.

    It may not while the others are stuck in the database. It waits before its first statement, when it holds no locks
    that the others might wait for, and no longer than STALL_SECONDS: then the others are busy with something else.
    """
    has_room = _room.acquire(timeout=STALL_SECONDS)
    try:
        yield has_room or not is_stalled()
    finally:
        if has_room:
            _room.release()


def time_statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Run a statement and note since when it runs, and where a limit ends it; for `connection.execute_wrapper`."""
    thread, began = threading.get_ident(), time.monotonic()
    _started[thread] = began
    try:
        return execute(sql, params, many, context)
    except OperationalError:
        note_failure(began)
        raise
    finally:
        _started.pop(thread, None)


def note_failure(began: float) -> None:
    """Note that what this thread began then was in vain, unless that took no time, or is noted already."""
    thread, now = threading.get_ident(), time.monotonic()
    is_noted = any(other == thread and ended >= began for other, ended in list(_given_up))
    if now - began > STALL_SECONDS and not is_noted:
        _given_up.append((thread, now))
