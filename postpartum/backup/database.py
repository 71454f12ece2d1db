"""The database as a dump, and out of it, by PostgreSQL's own programs; and what must be known of it before."""

import contextlib
import os
import shutil
import subprocess
import tempfile

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg2.extensions import make_dsn

from blog.models import Comment
from postpartum import embedded_postgres
from postpartum.backup.errors import BackupError
from postpartum.models import NewsletterSubscriber

PRIVATE = {"password", "sslpassword"}  # every account of a machine can read the command lines of all
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def dump(target):
    """Write a dump of the whole database into `target`."""
    with _program(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", stdout=subprocess.PIPE
    ) as running:
        shutil.copyfileobj(running.stdout, target)


def load(source):
    """Put the dump `source` in the place of what the database holds: all of it, or nothing is changed."""
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
        running.stdin,
    ):
        shutil.copyfileobj(source, running.stdin)


def has_people():
    """Whether anybody's rows are in the database."""
    there = set(tables())
    models = [get_user_model(), Comment, NewsletterSubscriber]
    return any(model._base_manager.exists() for model in models if model._meta.db_table in there)


def tables():
    """The names of all tables, in order."""
    return sorted(connection.introspection.table_names())


def others_connected():
    """How many others of ours are connected: server, worker, a shell."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return cursor.fetchone()[0]


def migrations():
    """The pairs (app, name) that the database has, but for those of apps that left the code long ago."""
    return known_migrations() & MigrationRecorder(connection).applied_migrations().keys()


def known_migrations():
    """The pairs (app, name) that the code knows, those too that it has squashed."""
    there = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return set(there).union(*(migration.replaces for migration in there.values()))


@contextlib.contextmanager
def _program(name, *arguments, **pipes):
    """The program running on our database; once the context ends, it has done its work or BackupError is raised."""
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


def _address(parameters):
    """Where the database is, in libpq's words, and beside it in the environment what must not be seen."""
    open_ones = {key: value for key, value in parameters.items() if key not in {"cursor_factory", *PRIVATE}}
    password = parameters.get("password")
    return make_dsn(**open_ones), {"PGPASSWORD": password} if password else {}


def _find(name):
    """The program of the embedded server, or with a server of one's own, that on PATH."""
    ours = embedded_postgres.connection(settings.DATA_DIR)["HOST"]
    if connection.settings_dict["HOST"] == ours:
        return str(embedded_postgres.programs_directory() / name)
    found = shutil.which(name)
    if not found:
        raise BackupError(
            f"{name} is not on PATH. Install PostgreSQL's client programs, of your server's version."
        )
    return found


def _errors(output):
    """The first lines that say what went wrong; never the rows it happened at, which belong to people."""
    lines = [line for line in output.splitlines() if "error:" in line or "ERROR:" in line]
    return " ".join(lines[:3])
