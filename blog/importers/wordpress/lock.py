"""A PostgreSQL advisory lock that allows one import at a time; it is released with its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

LOCK = 0x57585221


class BusyError(Exception):
    """Another import is running."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the lock. Raises BusyError while another process holds it.

    It is held by a transaction on a connection of its own: a lock of the session would go astray behind a pooler, and
    the import commits many times while it is held.
    """
    holder = connection.copy()
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise BusyError
        try:
            yield
        finally:
            with suppress(Error):  # whoever has lost the connection has lost the lock, too
                holder.rollback()  # closing alone would keep it until the server notices
    finally:
        holder.close()


def is_import_at_work() -> bool:
    """Return whether any process is importing."""
    try:
        with import_lock():
            return False
    except BusyError:
        return True
