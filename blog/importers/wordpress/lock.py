"""One import at a time: a lock of PostgreSQL's own, which goes with the connection of whoever holds it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

LOCK = 0x57585221


class BusyError(Exception):
    """Another import is at work."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the lock; raises BusyError while another process does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError
        try:
            yield
        finally:
            with suppress(Error):  # a connection that is gone has let go of it
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def is_import_at_work() -> bool:
    """Whether some process is importing."""
    try:
        with import_lock():
            return False
    except BusyError:
        return True
