"""Creating the cluster's files and its database."""

import contextlib
import shutil
from pathlib import Path

import psycopg2

from postpartum.embedded_postgres import programs
from postpartum.embedded_postgres.account import Account
from postpartum.embedded_postgres.errors import EmbeddedPostgresError
from postpartum.embedded_postgres.places import DATABASE, make_directory

INITDB_OPTIONS = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
)


def make_cluster(directory: Path, owner: Account | None) -> None:
    """Ensure a cluster of our version in `directory`. Raise EmbeddedPostgresError.

    A new one is made beside it and renamed once complete, so that an interrupted attempt is never mistaken for it.
    """
    if directory.is_dir():
        _check_version(directory)
        return
    unfinished = directory.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    make_directory(unfinished, 0o700, owner)
    result = programs.run(owner, "initdb", "-D", unfinished, *INITDB_OPTIONS)
    if result.failed:
        raise EmbeddedPostgresError(f"PostgreSQL cannot make its data directory. {result.output}")
    unfinished.rename(directory)


def make_database(socket: Path) -> None:
    """Ensure our database in the running server behind `socket`."""
    server = psycopg2.connect(dbname="postgres", user="postgres", host=str(socket))
    server.autocommit = True
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.rowcount:
            cursor.execute(f"CREATE DATABASE {DATABASE}")


def _check_version(directory: Path) -> None:
    try:
        found = (directory / "PG_VERSION").read_text().strip()
    except FileNotFoundError as error:
        raise EmbeddedPostgresError(f"{directory} is in the way: it holds no data of PostgreSQL.") from error
    if found != programs.MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"{directory} was written by PostgreSQL {found}, and this is {programs.MAJOR_VERSION}. Dump it "
            f"with the older version and load it with this one, or set DATA_DIR elsewhere to begin anew."
        )
