"""A real replica of the tests' database server, which can be made to lag."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.db import connection

from postpartum.embedded_postgres import programs
from postpartum.embedded_postgres.account import unprivileged_account
from tests import database


@contextmanager
def a_replica():
    """Run one under the alias "replica", as REPLICA_URL makes it; a psycopg2 connection to it."""
    owner = unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="replica-", dir=database.home()))
    if owner:
        shutil.chown(folder, owner.uid, owner.gid)
    place, data = connection.settings_dict, folder / "data"
    run(
        owner, "pg_basebackup", "-h", place["HOST"], "-U", place["USER"], "-R", "-c", "fast", "-D", data,
        "--no-sync",
    )  # fmt: skip
    run(
        owner,
        "pg_ctl",
        "start",
        "-w",
        "-D",
        data,
        "-l",
        folder / "log",
        "-o",
        f"-k {folder} -c listen_addresses=",
    )
    asked = psycopg2.connect(host=str(folder), dbname=place["NAME"], user=place["USER"])
    asked.autocommit = True
    try:
        yield folder, asked
    finally:
        asked.close()
        run(owner, "pg_ctl", "stop", "-m", "immediate", "-D", data)
        shutil.rmtree(folder)


def run(owner, *command):
    """Run a program of PostgreSQL."""
    ended = programs.run(owner, *command)
    assert not ended.failed, ended.output
