"""What is uploaded at the desk is brought in by the worker, whatever happens to the worker meanwhile."""

import os
import signal
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from blog.importers.background import (
    KEEP_FILES,
    MAX_STARTS,
    forget_old_uploads,
    is_import_running,
    start_waiting_import,
)
from blog.models import Article, ImportRun
from postpartum.background import periodic_duties, work_once
from tests.servers import is_alive
from tests.worker import wait_until

from .test_desk import report, send

pytestmark = pytest.mark.django_db


def progress(desk, run):
    """What the page that shows it asks for every second and a half."""
    return desk.get(reverse("admin:blog_importrun_progress", args=[run.pk])).json()


def imports_of(worker):
    """The processes it has started."""
    return psutil.Process(worker.pid).children()


@contextmanager
def held_up():
    """Nothing can be written about articles meanwhile: an import stands still half-way."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE blog_article IN SHARE ROW EXCLUSIVE MODE")
        yield


def test_it_begins_by_itself_and_the_desk_tells_of_it(desk, start_worker):
    run, _ = send(desk, **{"import": "1"})
    stored = Path(run.file.path)

    start_worker()
    wait_until(lambda: progress(desk, run)["over"])

    assert progress(desk, run) == {"over": True, "percent": 100, "stage": "Done"}
    assert "The uploaded file was removed" in report(desk, run)
    assert desk.get(Article.objects.get().get_absolute_url()).status_code == 200
    assert not stored.exists()


@pytest.mark.parametrize("ends", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_its_worker_and_the_next_goes_on(desk, start_worker, ends):
    run, _ = send(desk, **{"import": "1"})
    first = start_worker()
    with held_up():
        wait_until(lambda: progress(desk, run)["stage"] == "Bringing in articles and pictures")
        [child] = imports_of(first)
        first.send_signal(ends)
        first.wait(30)
        wait_until(lambda: not is_alive(child))

    start_worker()
    wait_until(lambda: progress(desk, run)["over"])

    assert progress(desk, run)["stage"] == "Done"
    assert Article.objects.count() == 1


def test_a_killed_import_is_begun_again_by_the_same_worker(desk, start_worker):
    run, _ = send(desk, **{"import": "1"})
    worker = start_worker()
    with held_up():
        wait_until(lambda: progress(desk, run)["stage"] == "Bringing in articles and pictures")
        [child] = imports_of(worker)
        os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: progress(desk, run)["over"])

    run.refresh_from_db()
    assert (run.status, run.starts, Article.objects.count()) == ("done", 2, 1)


def test_a_worker_that_ends_by_itself_waits_for_it(desk, start_worker):
    run, _ = send(desk)

    assert start_worker("--once").wait(60) == 0

    assert "This is what would happen" in report(desk, run)
    assert not Article.objects.exists()


def test_a_file_that_cannot_be_read_any_more_ends_it(desk, start_worker):
    run, _ = send(desk)
    Path(run.file.path).unlink()

    assert start_worker("--once").wait(60) == 0

    assert "stopped partway" in report(desk, run)


def test_what_always_dies_is_not_begun_for_ever(desk):
    run, _ = send(desk)
    run.note(ImportRun.Status.RUNNING, starts=MAX_STARTS)

    start_waiting_import(timezone.now())

    assert not is_import_running()
    assert "stopped partway" in report(desk, run)
    desk.post(reverse("admin:blog_importrun_begin", args=[run.pk]), {"look": "1"})
    run.refresh_from_db()
    assert (run.status, run.starts, run.dry_run) == ("waiting", 0, True)


@pytest.mark.parametrize(("age", "is_kept"), [(KEEP_FILES - timedelta(hours=1), True), (KEEP_FILES, False)])
def test_uploads_that_nobody_wanted_are_forgotten(desk, age, is_kept):
    run, _ = send(desk)
    run.note(ImportRun.Status.DONE, created_at=timezone.now() - age)
    stored = Path(run.file.path)

    work_once(periodic_duties())

    run.refresh_from_db()
    assert (bool(run.file), stored.exists()) == (is_kept, is_kept)


def test_what_still_waits_is_not_forgotten(desk):
    run, _ = send(desk)
    ImportRun.objects.update(created_at=timezone.now() - 2 * KEEP_FILES)

    forget_old_uploads(timezone.now())

    assert Path(run.file.path).exists()


def test_uploads_of_a_request_that_was_killed_are_forgotten(desk):
    path = default_storage.path(default_storage.save("imports/left.xml", ContentFile(b"<rss/>")))
    work_once(periodic_duties())
    assert Path(path).exists()
    old = (timezone.now() - KEEP_FILES).timestamp()
    os.utime(path, (old, old))

    work_once(periodic_duties())

    assert not Path(path).exists()
