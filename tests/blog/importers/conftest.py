"""Importing a made-up export, as the command and the desk do it."""

from io import BytesIO

import pytest

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
def desk(client, therapist):
    """The therapist at her desk."""
    client.force_login(therapist)
    return client
