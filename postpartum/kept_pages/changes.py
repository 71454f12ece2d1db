"""The table in which triggers note transactions that changed what public pages show."""

from datetime import datetime, timedelta

from django.db import connection

KEPT_FOR = timedelta(hours=1)  # all processes have looked long before


def forget_seen_changes(now: datetime) -> None:
    """Delete what every process has seen."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM postpartum_page_change WHERE changed_at < %s", [now - KEPT_FOR])
