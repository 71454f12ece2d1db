"""Imports that were asked for at the desk, begun by the worker as processes of their own.

Long reading in the worker itself would keep mails waiting. The row is the queue: what is killed half-way is begun
again, and finds what it has already brought in.
"""

import subprocess
import sys
from datetime import timedelta

from django.conf import settings

from blog.importers.wordpress.lock import is_import_at_work
from blog.models import ImportRun

MOST_STARTS = 5
KEEP_FILES = timedelta(days=7)
_children = []


def start_waiting_import(now):
    """Begin the import that waits longest, unless one is at work; a round of the worker, every few seconds."""
    _children[:] = [child for child in _children if child.poll() is None]
    waiting = ImportRun.objects.filter(status__in=[ImportRun.Status.WAITING, ImportRun.Status.RUNNING])
    run = waiting.exclude(file="").order_by("created_at").first()
    if run is None or _children or is_import_at_work():
        return
    if run.starts >= MOST_STARTS:
        run.note(ImportRun.Status.STOPPED, finished_at=now)
        return
    command = [sys.executable, "-m", "django", "import_wordpress", "--run", str(run.pk)]
    child = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    _children.append(child)


def forget_old_uploads(now):
    """Remove the files of imports that were only looked at, or stopped, a week ago; a round of every day."""
    old = ImportRun.objects.exclude(file="").filter(created_at__lt=now - KEEP_FILES)
    for run in old:
        if run.is_over:
            run.forget_files()
