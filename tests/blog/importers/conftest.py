"""Importing a made-up export, as the command and the desk do it."""

import os
from io import BytesIO

import pytest
from django.db import connection

from blog.importers.wordpress.job import run_import
from blog.importers.wordpress.rows.media import Media
from blog.models import ImportRun

from ..conftest import NOW


@pytest.fixture
def take_over(db):
    """A function that imports the bytes of a file and returns the finished run."""

    def take_over(content, media=None, clock=lambda: NOW, **wanted):
        run = ImportRun.objects.create(file_name="export.xml", **wanted)
        run_import(run, BytesIO(content), media or Media(), clock=clock)
        return run

    return take_over


@pytest.fixture
def as_a_process(monkeypatch, settings):
    """Let a process that is started here find this test's database and files."""
    wanted = connection.settings_dict
    address = f"postgres://{wanted['USER']}@/{wanted['NAME']}?host={wanted['HOST']}"
    if os.environ.get("DATABASE_URL"):
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{wanted['NAME']}"
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("DATA_DIR", str(settings.DATA_DIR))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
