"""Runs imports that were requested at the desk, each in a child process of the worker.

Reading a large file in the worker itself would delay emails. The row is the queue: an interrupted run is started
again and recognizes what it has already imported.
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

MAX_STARTS = 5
KEEP_FILES = timedelta(days=7)
TERMINATE_SECONDS = 10  # before a child process is killed
_children: list[subprocess.Popen[bytes]] = []


def start_waiting_import(now: datetime) -> None:
    """Start the oldest waiting import unless one is running; the worker calls this every few seconds."""
    waiting = ImportRun.objects.filter(status__in=ImportRun.UNFINISHED).exclude(file="")
    run = waiting.order_by("created_at").first()
    if run is None or is_import_running() or is_import_at_work():
        return
    if run.starts >= MAX_STARTS:
        run.note(ImportRun.Status.STOPPED, finished_at=now)
        return
    run.note(ImportRun.Status(run.status), starts=run.starts + 1)
    _children.append(_start_process(run))


def is_import_running() -> bool:
    """Return whether a child process of this worker is importing."""
    _children[:] = [child for child in _children if child.poll() is None]
    return bool(_children)


def stop_import() -> None:
    """Terminate the child process, if any; the next worker restarts the import."""
    for child in _children:
        child.terminate()
        try:
            child.wait(TERMINATE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    _children.clear()


def forget_old_uploads(now: datetime) -> None:
    """Delete the files of dry runs and stopped imports after a week; the worker calls this daily."""
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
    """Delete uploads without a run: their request was interrupted."""
    storage = ImportRun.file.field.storage
    for name in storage.listdir(UPLOADS)[1] if storage.exists(UPLOADS) else []:
        path = f"{UPLOADS}/{name}"
        is_named = ImportRun.objects.filter(Q(file=path) | Q(pictures=path)).exists()
        if storage.get_modified_time(path) < before and not is_named:
            storage.delete(path)
