"""Looks in the background, twice a second, for changes of what public pages show."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from enum import Enum

from django.conf import settings
from django.db import connection
from django.utils import timezone

from blog.services.schedule import next_scheduled_change
from postpartum.kept_pages.shelf import Shelves
from postpartum.text_overrides.lookup import reload_overrides

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.4
FRESH_SECONDS = 1.0  # after the beginning of the last look that succeeded, nothing kept is taken for current
HUNG_SECONDS = 0.4  # a look takes some milliseconds
LONGEST_SECONDS = 600.0  # until all is made again, whatever a trigger may have missed
STALE_SECONDS = 60 * 60.0  # how long pages are shown, marked, while the database is away
PATIENCE_SECONDS = 1.0  # how long a request waits until it is sure; a look begins and hangs in less

# Whether a transaction has committed that the snapshot %(seen)s did not see. Each writer's row has its transaction's
# number: a sequence would be raised before the commit, and one counter would make writers wait for each other.
# A replica that has taken over counts on, and may give out again what the former primary had: its log has another
# timeline. One that has not taken over refuses to say, and so is not taken for the primary.
TIMELINE = "left(pg_walfile_name(pg_current_wal_lsn()), 8)"
FIRST_LOOK = f"SELECT pg_current_snapshot()::text, {TIMELINE}, true"
LOOK = f"""
    SELECT pg_current_snapshot()::text,
           {TIMELINE},
           pg_snapshot_xmax(seen) > pg_snapshot_xmax(pg_current_snapshot()) OR EXISTS (
               SELECT FROM postpartum_page_change
               WHERE xid >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(xid, seen)
           )
    FROM CAST(%(seen)s AS pg_snapshot) AS seen
"""  # noqa: S608 - ours
WATCHED_TABLES = """
    SELECT tgrelid::regclass::text FROM pg_trigger
    WHERE tgfoid = to_regproc('postpartum_note_page_change') AND NOT tgisinternal
"""


class Standing(Enum):
    """How well the kept pages are known to be current."""

    CURRENT = "current"
    UNSURE = "unsure"  # no look in time: this process is busy, or has only begun
    AWAY = "away"  # the database does not answer


@dataclass(frozen=True)
class Generation:
    """All pages made since one change; the next change replaces it whole.

    So a page that was begun before a change ends up in a generation nobody asks any more.
    """

    watched_tables: frozenset[str]
    over_at: float  # seconds since the epoch: when something shows or ends by its time
    pages: Shelves = field(default_factory=lambda: Shelves(settings.KEPT_PAGES_BYTES))

    def is_over(self) -> bool:
        """Return whether the time has come to make its pages again."""
        return time.time() >= self.over_at


class Watcher:
    """The current generation of one process, and the thread that replaces it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._forget()

    def _forget(self) -> None:
        self.generation: Generation | None = None
        self._seen: str | None = None  # the snapshot of the last look
        self._timeline = ""
        self._looked_at = float("-inf")  # when that began, by the monotonic clock
        self._looking_since: float | None = None
        self._failed = False

    def standing(self) -> Standing:
        """Return how current the generation is, without asking the database."""
        now = time.monotonic()
        since, looking = now - self._looked_at, self._looking_since
        if since <= FRESH_SECONDS:
            return Standing.CURRENT
        if self._failed or (looking is not None and now - looking > HUNG_SECONDS):
            return Standing.AWAY if since <= STALE_SECONDS else Standing.UNSURE
        return Standing.UNSURE

    def settled_standing(self) -> Standing:
        """Return the standing as soon as it is sure, or after PATIENCE_SECONDS as it is.

        Whoever asks Django instead, in the moment in which a database begins to hang, hangs with it.
        """
        began = time.monotonic()
        while (standing := self.standing()) == Standing.UNSURE and not self._failed:
            if time.monotonic() - began > PATIENCE_SECONDS:
                break
            time.sleep(0.01)
        return standing

    def ensure_running(self) -> None:
        """Start the thread where there is none: at first, and in a process that was forked."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="kept-pages", daemon=True)
                    self._thread.start()

    def stop(self) -> None:
        """End the thread with its connection, and forget everything."""
        with self._lock:
            self._stopping.set()
            if self._thread is not None and self._thread.is_alive():
                self._thread.join()
            self._stopping.clear()
            self._forget()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(LOOK_SECONDS)
        connection.close()

    def look(self) -> None:
        """Look once; begin a new generation after any change, and after any failure."""
        self._looking_since = began = time.monotonic()
        try:
            snapshot, timeline, has_changed = self._changes()
            if (
                has_changed
                or timeline != self._timeline
                or self.generation is None
                or self.generation.is_over()
            ):
                self.generation = self._begin()
        except Exception as error:
            self._note_failure(error)
        else:
            self._seen, self._timeline, self._looked_at = snapshot, timeline, began
            self._failed = False
        finally:
            self._looking_since = None

    def _changes(self) -> tuple[str, str, bool]:
        """Return snapshot and timeline of this look, and whether something changed since the last."""
        with connection.cursor() as cursor:
            if self._seen is None:
                cursor.execute(FIRST_LOOK)
            else:
                cursor.execute(LOOK, {"seen": self._seen})
            return cursor.fetchone()

    @staticmethod
    def _begin() -> Generation:
        """Bring this process's own copies up to date, and return an empty generation."""
        reload_overrides()
        with connection.cursor() as cursor:
            cursor.execute(WATCHED_TABLES)
            watched = frozenset(name for (name,) in cursor.fetchall())
        scheduled = next_scheduled_change(timezone.now())
        over_at = time.time() + LONGEST_SECONDS
        return Generation(watched, min(over_at, scheduled.timestamp()) if scheduled else over_at)

    def _note_failure(self, error: Exception) -> None:
        """Have the next look begin anew, on a new connection. Log the first of several failures."""
        if not self._failed:
            log.warning("Kept pages cannot be checked: %s", type(error).__name__)
        self._failed, self._seen = True, None
        connection.close()
