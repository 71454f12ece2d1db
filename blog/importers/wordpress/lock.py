"""A PostgreSQL advisory lock that allows one import at a time; it is released with the connection."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

LOCK = 0x57585221


class BusyError(Exception):
    """Another import is running."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the lock. Raises BusyError while another process holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError
        try:
            yield
        finally:
            with suppress(Error):  # a lost connection has already released it
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def is_import_at_work() -> bool:
    """Return whether any process is importing."""
    try:
        with import_lock():
            return False
    except BusyError:
        return True
