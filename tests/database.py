"""A throw-away directory and PostgreSQL for each run of the tests, so that runs side by side never meet.

The first test that needs the database starts the server; tests of pure rules never wait for it. The run that
made the directory removes it; what a killed run left behind is removed by the next one.
"""

import os
import shutil
import tempfile
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from postpartum.embedded_postgres import Cluster, connection

PREFIX = "postpartum-tests-"
MEMORY = Path("/dev/shm")  # Linux's: making a database's hundreds of files there spares the disk
ENOUGH = 4 * 2**30  # bytes
DIRECTORY_VARIABLE = "POSTPARTUM_TESTS_DIR"  # how the workers of a parallel run learn of it


def _is_worker(config):
    return hasattr(config, "workerinput")


def _uses_embedded():
    return not os.environ.get("DATABASE_URL")


def home():
    """Where the runs' directories are: in memory where the machine has enough of it, else the temporary directory."""
    fits = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if fits else Path(tempfile.gettempdir())


def pytest_configure(config):
    """Point everything that is kept on disk at this run's own directory, before anything is written."""
    if not _is_worker(config):
        remove_left_behind()
        os.environ[DIRECTORY_VARIABLE] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=home())
        Path(os.environ[DIRECTORY_VARIABLE]).chmod(0o711)  # root's server account must pass through
    directory = Path(os.environ[DIRECTORY_VARIABLE])
    settings.DATA_DIR = directory
    settings.MEDIA_ROOT = (
        directory / "media"
    )  # names are never used twice, so tests share it: a card is drawn once
    settings.STATIC_ROOT = directory / "static"
    settings.EXPORT_ROOT = directory / "exports"
    settings.TEXT_OVERRIDES_SECONDS = None  # tests count queries
    if _uses_embedded():
        settings.DATABASES["default"].update(connection(directory))


def pytest_unconfigure(config):
    """Leave nothing running and nothing behind, however the run ended."""
    directory = os.environ.get(DIRECTORY_VARIABLE)
    if directory and not _is_worker(config):
        Cluster(directory, throw_away=True).remove()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Have the server running before pytest-django makes the test database in it."""
    if _uses_embedded():
        Cluster(settings.DATA_DIR, throw_away=True).start()


def remove_left_behind():
    """Remove the directories and servers of runs that are over: their process has gone."""
    for directory in home().glob(f"{PREFIX}*"):
        run = int(directory.name.removeprefix(PREFIX).partition("-")[0])
        if directory.stat().st_uid == os.geteuid() and not psutil.pid_exists(run):
            Cluster(directory, throw_away=True).remove()
