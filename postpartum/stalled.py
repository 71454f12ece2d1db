"""Whether this process's threads are stuck in the database, and which pages are served without it.

A locked table or a hung server would otherwise hold every thread, and the page with emergency numbers with them.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

# What needs no database, and is answered while the others are refused.
WITHOUT_DATABASE = frozenset({"/safety/", "/healthz", "/robots.txt"})
STALL_SECONDS = 1.0  # a statement of a page takes a hundredth of that
STALLED_THREADS = 2  # half of a process's threads (deploy/gunicorn.conf.py)

_started: dict[int, float] = {}  # {thread: monotonic time its statement began}


def is_stalled() -> bool:
    """Return whether several threads have waited for the database for more than STALL_SECONDS."""
    long_ago = time.monotonic() - STALL_SECONDS
    return sum(began < long_ago for began in list(_started.values())) >= STALLED_THREADS


def time_statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Run a statement and note since when it runs; for `connection.execute_wrapper`."""
    thread = threading.get_ident()
    _started[thread] = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        _started.pop(thread, None)
