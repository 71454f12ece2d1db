"""Real faults, as a site meets them, made for as long as a context lasts. Tests that use them need transaction=True."""

from contextlib import contextmanager

from django.db import connection, connections

END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@contextmanager
def database_away():
    """No server answers where the database should be."""
    address = connections.settings["default"]
    host = address["HOST"]
    _run(END_OTHERS)
    connection.close()
    address["HOST"] = "/nowhere"
    try:
        yield
    finally:
        address["HOST"] = host
        connection.close()


@contextmanager
def connection_cut():
    """The connection that was kept from the last request is closed."""
    connection.ensure_connection()
    connection.connection.close()
    try:
        yield
    finally:
        connection.close()


@contextmanager
def table_missing(name):
    """A table is not there, as before a migration that was forgotten."""
    _run(f"ALTER TABLE {name} RENAME TO missing")
    try:
        yield
    finally:
        _run(f"ALTER TABLE missing RENAME TO {name}")


@contextmanager
def rows_refused(table):
    """No row is taken. PostgreSQL's error quotes all of the row."""
    _run(f"ALTER TABLE {table} ADD CONSTRAINT refused CHECK (false) NOT VALID")
    try:
        yield
    finally:
        _run(f"ALTER TABLE {table} DROP CONSTRAINT refused")


@contextmanager
def row_stays(table, pk):
    """One row cannot be deleted. Needs no transaction=True."""
    _run(
        "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'This row stays'; END $$;"
        f"CREATE TRIGGER stay BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.id = {pk}) EXECUTE FUNCTION stay()"
    )
    try:
        yield
    finally:
        _run("DROP FUNCTION stay CASCADE")


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
