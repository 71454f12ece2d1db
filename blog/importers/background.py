"""Imports that were asked for at the desk, each in a process of its own beside the worker.

Reading a large file in the worker itself would keep mails waiting. The row is the queue: what is killed half-way is
begun again, and finds what it has already brought in.
"""

import os
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from blog.importers.wordpress.lock import is_import_at_work
from blog.models import ImportRun
from blog.models.imports import UPLOADS
from common.processes import start_child

MOST_STARTS = 5
KEEP_FILES = timedelta(days=7)
PATIENCE = 10  # seconds an import gets to end when told to
_children: list[subprocess.Popen[bytes]] = []


def start_waiting_import(now: datetime) -> None:
    """Begin the import that waits longest, unless one is at work; a round of the worker, every few seconds."""
    waiting = ImportRun.objects.filter(status__in=ImportRun.UNFINISHED).exclude(file="")
    run = waiting.order_by("created_at").first()
    if run is None or is_import_running() or is_import_at_work():
        return
    if run.starts >= MOST_STARTS:
        run.note(ImportRun.Status.STOPPED, finished_at=now)
        return
    run.note(ImportRun.Status(run.status), starts=run.starts + 1)
    _children.append(_start_process(run))


def is_import_running() -> bool:
    """Whether an import that this worker began is at work."""
    _children[:] = [child for child in _children if child.poll() is None]
    return bool(_children)


def stop_import() -> None:
    """End the import this worker began, if any; the next worker begins it again."""
    for child in _children:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    _children.clear()


def forget_old_uploads(now: datetime) -> None:
    """Remove the files of imports that were only looked at, or stopped, a week ago; a round of every day."""
    before = now - KEEP_FILES
    old = ImportRun.objects.filter(created_at__lt=before).exclude(file="")
    for run in old.exclude(status__in=ImportRun.UNFINISHED):
        run.forget_files()
    _forget_strays(before)


def _start_process(run: ImportRun) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_wordpress", "--run", str(run.pk)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    return start_child(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)


def _forget_strays(before: datetime) -> None:
    """Remove uploads that no import names: the request that brought them was killed before it was through."""
    storage = ImportRun.file.field.storage
    for name in storage.listdir(UPLOADS)[1] if storage.exists(UPLOADS) else []:
        path = f"{UPLOADS}/{name}"
        is_named = ImportRun.objects.filter(Q(file=path) | Q(pictures=path)).exists()
        if storage.get_modified_time(path) < before and not is_named:
            storage.delete(path)
