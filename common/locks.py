"""Locks on what has no row yet."""

from django.db import connection


def lock_name(name: str) -> None:
    """Let one transaction at a time go on with this name; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
