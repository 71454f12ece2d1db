"""One backup for all cases: of a database and a folder of their own, with a member's answers in them."""

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from common.stored_files import content_key
from postpartum.backup.database import dump, load
from tests.cast import make_enrollment, make_user

STRUCTURE = """
    SELECT 'constraint', conrelid::regclass::text, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'index', tablename, indexname FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'function', proname, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'extension', extname, '' FROM pg_extension
    ORDER BY 1, 2, 3
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
NOTED_AFTER = {"postpartum_backuprun"}  # a backup cannot hold that it was completed


@dataclass(frozen=True)
class Site:
    """A database and a folder of uploads, apart from those of all other tests."""

    database: str
    uploads: Path

    @contextlib.contextmanager
    def entered(self):
        """A context in which everything goes to this database and folder, for good."""
        usual = connections["default"]
        connections["default"] = usual.copy()
        connections["default"].settings_dict["NAME"] = self.database
        try:
            with override_settings(MEDIA_ROOT=self.uploads):
                yield self
        finally:
            connections["default"].close()
            connections["default"] = usual

    def state(self):
        """Everything there is: each row of each table, the next numbers, what holds them together, each file."""
        with self.entered(), connection.cursor() as cursor:
            rows = {}
            tables = set(connection.introspection.table_names(cursor)) - NOTED_AFTER
            for table in sorted(tables):
                cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
                rows[table] = cursor.fetchall()
            cursor.execute(SEQUENCES)
            return rows, cursor.fetchall(), structure(cursor), files(self.uploads)

    def call(self, *arguments, **options):
        """Run a command here; what it says."""
        said = io.StringIO()
        with self.entered():
            call_command(*map(str, arguments), stdout=said, **options)
        return said.getvalue()


def structure(cursor):
    """What holds the rows together."""
    cursor.execute(STRUCTURE)
    return cursor.fetchall()


def files(folder):
    """{name: content} of all files under a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if not path.is_dir()
    }


@pytest.fixture(scope="session")
def make_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """Makes a Site without a single table; its database is dropped at the end."""
    made = []

    def make(name):
        database = f"{connection.settings_dict['NAME']}_{name}"
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{database}"')
        made.append(database)
        return Site(database, tmp_path_factory.mktemp(name) / "media")

    yield make
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        for database in made:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture(scope="session")
def kept(make_site, django_db_blocker):
    """The site that is backed up: all tables with the program, Maya's answers, and two uploads."""
    site, usual = make_site("kept"), io.BytesIO()
    with django_db_blocker.unblock():
        dump(usual)
        usual.seek(0)
        with site.entered():
            load(usual)
            connection.cursor().execute(
                "DROP SCHEMA IF EXISTS kept CASCADE"
            )  # the tests' own copy of all rows
            make_enrollment(make_user("maya@example.org", name="Maya"))
    for name in (f"pictures/{content_key(b'a')}/480.webp", "imports/blog ü.xml"):
        path = site.uploads / name
        path.parent.mkdir(parents=True)
        path.write_bytes(name.encode() * 1000)
    return site


@pytest.fixture(scope="session")
def backup(kept, django_db_blocker, tmp_path_factory):
    """The backup of `kept`, and what the command said."""
    path = tmp_path_factory.mktemp("backup") / "site.backup"
    with django_db_blocker.unblock():
        return path, kept.call("backup", path)


@pytest.fixture(scope="session")
def empty(make_site):
    """A site without a single table."""
    return make_site("restored")


@pytest.fixture(scope="session")
def restored(empty, backup, django_db_blocker):
    """A site into which the backup was restored when it was empty, and what the command said."""
    with django_db_blocker.unblock():
        return empty, empty.call("restore", backup[0])
