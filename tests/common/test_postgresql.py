"""Requests begin without asking the database whether it is there, and yet notice an ended connection."""

import pytest
from django.db import close_old_connections, connection

from common.postgresql.base import is_silent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept():
    """The connection, used once, at the beginning of the next request."""
    connection.health_check_enabled = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    connection.health_check_done = False
    yield backend
    connection.close()


def test_a_connection_in_order_is_asked_nothing(kept, monkeypatch):
    monkeypatch.setattr(connection, "is_usable", lambda: pytest.fail("asked"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == (kept,)


def test_a_connection_the_server_ended_is_replaced(kept):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept])
        assert cursor.fetchone() == (True,)
    other.close()
    assert not is_silent(connection.connection)
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (kept,)
