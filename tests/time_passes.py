"""Waiting, without waiting: what limits have counted moves into the past."""

from datetime import timedelta

from django.db import connection

EARLIER = """
    UPDATE common_ratelimitwindow SET
        hits = ARRAY(SELECT hit - %(time)s FROM unnest(hits) AS hit), expires_at = expires_at - %(time)s
"""


def wait(**time):
    """Let so much time pass for all limits; as timedelta takes it, such as minutes=5."""
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, {"time": timedelta(**time)})
