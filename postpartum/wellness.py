"""How the site does: database, queue, worker and disk, for watchers and the desk. Numbers, and nothing about anyone."""

import shutil
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Min

from postpartum.models import Mail

WORKER_SEEN = "worker-seen"  # in the cache, which all processes share
SILENT_AFTER = 300  # seconds; a mail server that does not answer holds a worker for twenty
LATE_AFTER = 900  # seconds that a mail has been due
FULL_BELOW = 2  # percent free


@dataclass(frozen=True)
class Wellness:
    """`worker_seconds` since the worker was last at work, None if never; `queue_seconds` since the oldest mail is due."""

    worker_seconds: int | None
    queue_length: int
    queue_seconds: int
    disk_free_percent: int

    @property
    def is_worker_silent(self) -> bool:
        """Whether no worker is at work."""
        return self.worker_seconds is None or self.worker_seconds > SILENT_AFTER

    @property
    def is_late(self) -> bool:
        """Whether what should have been done in the background was not."""
        return self.is_worker_silent or self.queue_seconds > LATE_AFTER

    @property
    def is_disk_full(self) -> bool:
        """Whether soon nothing can be written."""
        return self.disk_free_percent < FULL_BELOW


def note_worker(now: datetime) -> None:
    """Note that a worker is at work at `now`."""
    cache.set(WORKER_SEEN, now.timestamp(), timeout=None)


def worker_seconds() -> int | None:
    """Return the seconds since a worker was at work, None if none ever was (one query)."""
    seen = cache.get(WORKER_SEEN)
    return None if seen is None else max(0, round(time.time() - seen))


def is_worker_silent() -> bool:
    """Return whether no worker is at work (one query)."""
    seconds = worker_seconds()
    return seconds is None or seconds > SILENT_AFTER


def wellness(now: datetime) -> Wellness:
    """Return how the site does (two queries). Raise DatabaseError."""
    due = Mail.objects.due(now).order_by().aggregate(length=Count("pk"), oldest=Min("next_try_at"))
    seconds = round((now - due["oldest"]).total_seconds()) if due["oldest"] else 0
    disk = shutil.disk_usage(settings.DATA_DIR)
    return Wellness(worker_seconds(), due["length"], seconds, round(100 * disk.free / disk.total))
