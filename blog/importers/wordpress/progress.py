"""Reports the progress of an import, at most once a second."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import IO, TypeVar

from django.db import reset_queries

from blog.models import ImportRun

_Thing = TypeVar("_Thing")
EVERY = timedelta(seconds=1)
# The percentage at which each stage begins and ends.
BEGINS = {"reading": 0, "articles": 10, "comments": 60, "threads": 85}
ENDS = {"reading": 10, "articles": 60, "comments": 85, "threads": 100}


class CancelledError(Exception):
    """The import was cancelled at the desk."""


class Progress:
    """Saves stage and percentage of `run`; `file` is the file being read, `clock` returns the time.

    Raises CancelledError once the run's status is no longer RUNNING.
    """

    def __init__(self, run: ImportRun, file: IO[bytes], clock: Callable[[], datetime]) -> None:
        self._run, self._file, self._clock = run, file, clock
        self._size = file.seek(0, 2) or 1
        self._stage = "reading"
        self._told: datetime | None = None

    def enter(self, stage: str) -> None:
        """Start a stage."""
        self._stage, self._told = stage, None
        self._tell(0)

    def read(self) -> None:
        """Report the position in the file after reading a record."""
        self._tell(self._file.tell() / self._size)

    def through(self, things: Sequence[_Thing]) -> Iterator[_Thing]:
        """Yield the items, reporting progress."""
        for number, thing in enumerate(things):
            self._tell(number / len(things))
            yield thing

    def _tell(self, share: float) -> None:
        now = self._clock()
        if self._told is not None and now - self._told < EVERY:
            return
        self._told = now
        reset_queries()  # with DEBUG Django records every query with its parameters
        start, end = BEGINS[self._stage], ENDS[self._stage]
        percent = start + int(min(share, 1) * (end - start))
        at_work = ImportRun.objects.filter(pk=self._run.pk, status=ImportRun.Status.RUNNING)
        if not at_work.update(stage=self._stage, percent=percent):
            raise CancelledError
