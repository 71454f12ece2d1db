"""Migrations that are killed half-way and run again, on the data of an earlier version."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2

from bench.faults.site import ROOT, Site
from bench.upgrades.versions import EARLIER, Rows, read_rows, version
from postpartum.embedded_postgres import Cluster, connection, programs_directory
from script.lib import env_files

BEFORE = "before"  # the database as the earlier version left it
APPLIED = "SELECT count(*) FROM django_migrations"


class Migrated:
    """A data directory of an earlier version, whose database is migrated as often as asked, each time from `BEFORE`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._place = connection(site.data_dir)
        own = env_files.read(site.data_dir / "production.env")
        self._environment = os.environ | own | {"DEBUG": "0", "DATA_DIR": str(site.data_dir)}
        self._run_sql(f"ALTER DATABASE {self._place['NAME']} RENAME TO {BEFORE}")

    def reset(self) -> None:
        """Go back to what the earlier version left."""
        self._run_sql(f"DROP DATABASE IF EXISTS {self._place['NAME']}")
        self._run_sql(f"CREATE DATABASE {self._place['NAME']} TEMPLATE {BEFORE}")

    def begin(self) -> subprocess.Popen:
        """Begin to migrate."""
        command = [sys.executable, "manage.py", "migrate", "--no-input"]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=pipe, stderr=subprocess.STDOUT
        )

    def finish(self) -> str:
        """Migrate to the end. Return what went wrong, or ""."""
        process = self.begin()
        said = process.communicate()[0].decode()
        return said if process.returncode else ""

    def kill_after(self, migrations: int, seconds: float) -> int:
        """Kill -9 what migrates so long after so many more are applied. Return how many are."""
        with contextlib.closing(self._connect(self._place["NAME"])) as database, database.cursor() as cursor:
            cursor.execute(APPLIED)
            begun = cursor.fetchone()[0]
            process, applied = self.begin(), begun
            while applied < begun + migrations and process.poll() is None:
                cursor.execute(APPLIED)
                applied = cursor.fetchone()[0]
            time.sleep(seconds)
            process.kill()
            process.communicate()
            cursor.execute(APPLIED)
            return cursor.fetchone()[0] - begun

    def schema(self) -> str:
        """Return the tables, indexes, constraints, functions and triggers there are."""
        command = [
            programs_directory() / "pg_dump",
            "--schema-only",
            "--no-owner",
            "--host",
            self._place["HOST"],
        ]
        place = ["--username", self._place["USER"], self._place["NAME"]]
        said = subprocess.run([*command, *place], check=True, capture_output=True, text=True).stdout
        return "\n".join(line for line in said.splitlines() if "restrict" not in line)  # a token of each dump

    def rows(self) -> Rows:
        """Return what it holds now."""
        return read_rows(Site(self._site.data_dir, DEBUG="0"))

    def _run_sql(self, statement: str) -> None:
        with contextlib.closing(self._connect("postgres")) as database:
            database.autocommit = True
            database.cursor().execute(statement)

    def _connect(self, name: str) -> psycopg2.extensions.connection:
        database = psycopg2.connect(dbname=name, user=self._place["USER"], host=self._place["HOST"])
        database.autocommit = True
        return database


def interrupted(_: str, moments: int) -> dict[str, object]:
    """Kill a migration from the earliest version's data at up to 40 moments; run again, it must leave the same."""
    with tempfile.TemporaryDirectory(prefix="tend-fault-") as name, version(EARLIER[0], Path(name)) as root:
        Path(name).chmod(0o711)
        site = Site(Path(name) / "data", root, DEBUG="0")
        site.start()
        site.manage("seed_demo", **env_files.read(site.data_dir / "production.env"))
        site.stop()
        try:
            with Cluster(site.data_dir).running():
                return _interrupt(Migrated(site), min(moments, 40))
        finally:
            Cluster(site.data_dir).remove()


def _interrupt(migrated: Migrated, moments: int) -> dict[str, object]:
    results = []
    for _ in range(2):
        migrated.reset()
        if problem := migrated.finish():
            raise SystemExit(problem)
        results.append(migrated.rows())
    schema, always = migrated.schema(), _stable(*results)
    found = {"killed": 0, "half-way": 0, "not finished": 0, "other schema": 0, "lost": 0}
    for number in range(moments):
        migrated.reset()
        applied = migrated.kill_after(number, number * 0.007 % 0.05)
        problem = migrated.finish()
        found["killed"] += 1
        found["half-way"] += applied >= number
        found["not finished"] += bool(problem)
        if problem:
            print(f"  after {applied}: {' '.join(problem.split())[-300:]}", file=sys.stderr)
            continue
        found["other schema"] += migrated.schema() != schema
        found["lost"] += _stable(migrated.rows(), results[0]) != always
    return found


def _stable(rows: Rows, others: Rows) -> set[tuple[str, str, str, str]]:
    """Return the values that two runs have in common: not the moments at which they ran."""
    return _values(rows) & _values(others)


def _values(rows: Rows) -> set[tuple[str, str, str, str]]:
    return {
        (table, key, column, value)
        for table, those in rows.items()
        for key, values in those.items()
        for column, value in values.items()
    }
