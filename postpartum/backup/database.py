"""Dump and restore of the database by PostgreSQL's own programs, and what to check of it before."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from psycopg2.extensions import make_dsn

from accounts.models import User
from blog.models import Comment
from postpartum import embedded_postgres
from postpartum.backup.errors import BackupError
from postpartum.models import NewsletterSubscriber

PRIVATE = {"password", "sslpassword"}  # every account of a machine can read the command lines of all
LEFT_OUT = "postpartum_page_change"  # numbers of transactions, which another server counts anew
OTHERS_SQL = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@contextlib.contextmanager
def snapshot() -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the name of a snapshot to dump, and the number of rows of each table in it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        yield name, row_counts(connection)


def row_counts(where: BaseDatabaseWrapper) -> dict[str, int]:
    """Return {table: number of rows}, without the table whose rows are in no dump."""
    counts = {}
    with where.cursor() as cursor:
        for table in set(where.introspection.table_names(cursor)) - {LEFT_OUT}:
            cursor.execute(f"SELECT count(*) FROM {where.ops.quote_name(table)}")  # noqa: S608 - quoted
            counts[table] = cursor.fetchone()[0]
    return counts


@contextlib.contextmanager
def trial_database() -> Iterator[BaseDatabaseWrapper]:
    """Create an empty database beside ours for the length of the context. Raise BackupError where that is not allowed."""
    trial = connection.copy()
    trial.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_drill"
    name = connection.ops.quote_name(trial.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        try:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        except ProgrammingError as error:
            raise BackupError(
                "The site's account may not create a database for the trial. Allow it, as PostgreSQL's administrator: "
                f"ALTER ROLE {connection.ops.quote_name(str(connection.settings_dict['USER']))} CREATEDB"
            ) from error
    try:
        yield trial
    finally:
        trial.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def dump(target: Any, snapshot: str = "") -> None:
    """Write a dump of the whole database, or of a snapshot of it, into the binary file `target`. Raise BackupError."""
    how = [
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--exclude-table-data={LEFT_OUT}",
        *([f"--snapshot={snapshot}"] if snapshot else []),
    ]
    with _program("pg_dump", *how, stdout=subprocess.PIPE) as running:
        shutil.copyfileobj(_pipe(running.stdout), target)


def load(source: Any, into: BaseDatabaseWrapper | None = None) -> None:
    """Replace what our database, or another, holds by the dump `source`, in one transaction. Raise BackupError."""
    if into is None:
        connection.close()
    how = (
        "--single-transaction",
        "--exit-on-error",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
    )
    with (
        _program("pg_restore", *how, into=into, stdin=subprocess.PIPE) as running,
        contextlib.suppress(BrokenPipeError),  # it has failed, and says why
        _pipe(running.stdin) as pipe,
    ):
        shutil.copyfileobj(source, pipe)


def has_people() -> bool:
    """Return whether the database has accounts, comments or newsletter subscribers."""
    there = set(tables())
    models: list[type[Model]] = [User, Comment, NewsletterSubscriber]
    return any(model._base_manager.exists() for model in models if model._meta.db_table in there)


def tables() -> list[str]:
    """Return the sorted names of all tables."""
    return sorted(connection.introspection.table_names())


def others_connected() -> int:
    """Return the number of other connections: server, worker, a shell."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS_SQL)
        return cursor.fetchone()[0]


def migrations() -> set[tuple[str, str]]:
    """Return the applied migrations as (app, name), without those of apps that were removed from the code."""
    return known_migrations() & MigrationRecorder(connection).applied_migrations().keys()


def known_migrations() -> set[tuple[str, str]]:
    """Return the migrations in the code as (app, name), squashed ones included."""
    there = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return set(there).union(*(migration.replaces for migration in there.values()))


@contextlib.contextmanager
def _program(
    name: str, *arguments: str, into: BaseDatabaseWrapper | None = None, **pipes: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program on our database, or another, for the length of the context.

    Raise BackupError at its end if it failed.
    """
    address, environment = _address((into or connection).get_connection_params())
    command = [_find(name), *arguments, "--no-password", f"--dbname={address}"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stderr=said, env=os.environ | environment, **pipes) as running,  # noqa: S603
    ):
        try:
            yield running
        except BaseException:
            running.kill()
            raise
        if running.wait():
            said.seek(0)
            raise BackupError(f"{name} has failed. {_errors(said.read().decode(errors='replace'))}")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "started with subprocess.PIPE"
    return pipe


def _address(parameters: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Return a libpq connection string, and environment variables with what must not be seen on a command line."""
    open_ones = {key: value for key, value in parameters.items() if key not in {"cursor_factory", *PRIVATE}}
    password = parameters.get("password")
    return make_dsn(**open_ones), {"PGPASSWORD": password} if password else {}


def _find(name: str) -> str:
    """Return the path of the embedded server's program or, with another server, of the oldest one that knows its version.

    A program older than the server refuses to read it; a dump of a much newer one may not load there. Raise BackupError.
    """
    ours = embedded_postgres.connection(settings.DATA_DIR)["HOST"]
    if connection.settings_dict["HOST"] == ours:
        return str(embedded_postgres.programs_directory() / name)
    server = _server_version()
    found = oldest_that_knows(server, _installed(name))
    if found is None:
        raise BackupError(
            f"There is no {name} of PostgreSQL {server} or newer here. Install PostgreSQL's client programs of that "
            f"version (Debian: apt install postgresql-client-{server})."
        )
    return str(found)


def oldest_that_knows(server: int, programs: list[Path]) -> Path | None:
    """Return of these programs the oldest that knows a server of this major version; None if none does."""
    fit = [(version, path) for path in programs if (version := _version(path)) >= server]
    return min(fit, key=lambda one: one[0])[1] if fit else None


def _server_version() -> int:
    """Return the major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _installed(name: str) -> list[Path]:
    """Return where the program is: on PATH, where Debian keeps several versions, and with the embedded server."""
    on_path = shutil.which(name)
    places = [*([Path(on_path)] if on_path else []), *Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    return [*places, embedded_postgres.programs_directory() / name]


def _version(program: Path) -> int:
    """Return the major version of one of PostgreSQL's programs; 0 if it does not tell."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout  # noqa: S603
    except OSError:
        return 0
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else 0


def _errors(output: str) -> str:
    """Return the first lines that name an error, never the rows it happened at, which belong to people."""
    lines = [line for line in output.splitlines() if "error:" in line or "ERROR:" in line]
    return " ".join(lines[:3])
