"""The rows that stand when the tests begin, put back after each test that commits, in a tenth of a second.

Django would empty all tables instead, and the program would have to be loaded anew, which takes a hundred times as long.
"""

from django.db import connection
from django.test import TransactionTestCase

COLUMNS = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ')
    FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name
"""


def keep_rows():
    """Copy every row aside, and have Django put them back. Needs a superuser: else Django does as it always does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(COLUMNS)
        columns = {table: names for table, names in cursor.fetchall() if table in _tables(cursor)}
        cursor.execute("CREATE SCHEMA kept")
        for table in columns:
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')
        script = _script(columns, [table for table in columns if _has_rows(cursor, table)])
    TransactionTestCase._fixture_teardown = lambda case: _run(script)


def _tables(cursor):
    return set(connection.introspection.table_names(cursor))


def _has_rows(cursor, table):
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
    return cursor.fetchone()[0]


def _script(columns, filled):
    """Without the triggers that hold foreign keys and immutable rows: what is put back keeps them by itself."""
    emptied = (f'DELETE FROM "{table}";' for table in columns)
    written = (
        f'INSERT INTO "{table}" ({columns[table]}) OVERRIDING SYSTEM VALUE SELECT {columns[table]} FROM kept."{table}";'
        for table in filled
    )
    return "\n".join(["BEGIN; SET LOCAL session_replication_role = replica;", *emptied, *written, "COMMIT;"])


def _run(script):
    with connection.cursor() as cursor:
        cursor.execute(script)
