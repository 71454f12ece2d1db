"""What PostgreSQL itself says: which large tables a statement reads whole, and what tables and indexes take."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

# Tables that grow with members: none of them may be read whole for one of them.
LARGE = (
    "accounts_user", "programs_participant", "programs_screening", "programs_enrollment", "programs_sessionlog",
    "programs_checkin", "programs_decision", "postpartum_reminder", "blog_comment", "account_emailaddress",
    "usersessions_usersession", "django_session",
)  # fmt: skip


def read_whole(statements: list[str]) -> set[str]:
    """Return the LARGE tables that a statement reads from beginning to end, by PostgreSQL's own plan."""
    return {
        node["Relation Name"]
        for sql in statements
        if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))
        for node in _nodes(_plan(sql))
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE
    }


def _plan(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        plan: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
    return plan


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)


def sizes() -> Iterator[tuple[str, int, int, int]]:
    """Yield table, rows, bytes of the table, and bytes of its indexes, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY pg_total_relation_size(oid) DESC LIMIT 20"
        )
        yield from cursor.fetchall()


def index_sizes() -> Iterator[tuple[str, int]]:
    """Yield index and its bytes, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelname, pg_relation_size(indexrelid) FROM pg_stat_user_indexes"
            " ORDER BY pg_relation_size(indexrelid) DESC LIMIT 15"
        )
        yield from cursor.fetchall()
