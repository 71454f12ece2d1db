"""A real replica of the tests' database server, which can be made to lag."""

import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.db import connection

from postpartum.embedded_postgres import programs
from postpartum.embedded_postgres.account import unprivileged_account
from tests import database
from tests.worker import wait_until


@contextmanager
def a_replica():
    """Run one under the alias "replica", as REPLICA_URL makes it; a psycopg2 connection to it."""
    owner = unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="replica-", dir=database.home()))
    if owner:
        shutil.chown(folder, owner.uid, owner.gid)
    place, data = connection.settings_dict, folder / "data"
    # Another test's checkpoint would have the primary throw away what this one has not fetched, before it has a slot.
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET wal_keep_size = '256MB'")
        cursor.execute("SELECT pg_reload_conf()")
    slot = re.sub(r"\W", "_", folder.name.lower())
    run(
        owner, "pg_basebackup", "-h", place["HOST"], "-U", place["USER"], "-R", "-C", "-S", slot, "-c", "fast",
        "-D", data, "--no-sync",
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
        _drop(slot)


def _drop(slot):
    """Drop a replica's slot, once the primary has noticed that it is gone."""

    def is_free():
        with connection.cursor() as cursor:
            cursor.execute("SELECT active FROM pg_replication_slots WHERE slot_name = %s", [slot])
            return cursor.fetchone() == (False,)

    wait_until(is_free)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_drop_replication_slot(%s)", [slot])


def run(owner, *command):
    """Run a program of PostgreSQL."""
    ended = programs.run(owner, *command)
    assert not ended.failed, ended.output
