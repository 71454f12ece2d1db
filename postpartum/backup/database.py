"""Dump and restore of the database by PostgreSQL's own programs, and what to check of it before."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.db import connection
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
OTHERS_SQL = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def dump(target: Any) -> None:
    """Write a dump of the whole database into the binary file `target`. Raise BackupError."""
    with (
        _program(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--exclude-table-data=postpartum_page_change",  # numbers of transactions, which another server counts anew
            stdout=subprocess.PIPE,
        ) as running
    ):
        shutil.copyfileobj(_pipe(running.stdout), target)


def load(source: Any) -> None:
    """Replace what the database holds by the dump `source`, in one transaction. Raise BackupError."""
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
        _program("pg_restore", *how, stdin=subprocess.PIPE) as running,
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
def _program(name: str, *arguments: str, **pipes: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program on our database for the length of the context. Raise BackupError at its end if it failed."""
    address, environment = _address(connection.get_connection_params())
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
    """Return the path of the embedded server's program or, with another server, of that on PATH. Raise BackupError."""
    ours = embedded_postgres.connection(settings.DATA_DIR)["HOST"]
    if connection.settings_dict["HOST"] == ours:
        return str(embedded_postgres.programs_directory() / name)
    found = shutil.which(name)
    if not found:
        raise BackupError(
            f"{name} is not on PATH. Install PostgreSQL's client programs, of your server's version."
        )
    return found


def _errors(output: str) -> str:
    """Return the first lines that name an error, never the rows it happened at, which belong to people."""
    lines = [line for line in output.splitlines() if "error:" in line or "ERROR:" in line]
    return " ".join(lines[:3])
