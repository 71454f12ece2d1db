"""Real faults, as a site meets them, made for as long as a context lasts. Tests that use them need transaction=True."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

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
def database_hung(folder):
    """The first connection from now on, of a thread that has none, works; the server answers no other any more."""
    address = connections.settings["default"]
    host = address["HOST"]
    connection.ensure_connection()
    folder_of_server = connection.connection.info.host  # without HOST, PGHOST has named it
    with socket.socket(socket.AF_UNIX) as listening, ThreadPoolExecutor(2) as pumps:
        listening.bind(f"{folder}/.s.PGSQL.5432")
        listening.listen()
        address["HOST"] = str(folder)
        pumps.submit(_serve_one, listening, f"{folder_of_server}/.s.PGSQL.5432", pumps)
        try:
            yield
        finally:
            address["HOST"] = host


def _serve_one(listening, real, pumps):
    """Pass on what one connection and the real server say to each other, until both have ended."""
    theirs, _ = listening.accept()
    ours = socket.socket(socket.AF_UNIX)
    ours.connect(real)
    with theirs, ours:
        back = pumps.submit(_pump, ours, theirs)
        _pump(theirs, ours)
        back.result()


def _pump(source, target):
    with suppress(OSError):
        while said := source.recv(65_536):
            target.sendall(said)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


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
