"""Writes the lines of a run in batches."""

from collections.abc import Iterable
from typing import Any

from blog.models import ImportLine, ImportRun

Kind, Outcome = ImportLine.Kind, ImportLine.Outcome
TAKEN = (Outcome.IMPORTED, Outcome.UPDATED, Outcome.UNCHANGED)
BATCH_SIZE = 2_000


class Lines:
    """Collects new lines of `run` and inserts them in batches of BATCH_SIZE; `flush` inserts the rest."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._waiting: list[ImportLine] = []

    def add(self, kind: str, **fields: Any) -> None:
        """Add one line; the label is truncated to fit."""
        line = ImportLine(run=self._run, kind=kind, **fields)
        line.label = line.label[:200]
        self._waiting.append(line)
        if len(self._waiting) >= BATCH_SIZE:
            self.flush()

    def flush(self) -> None:
        """Insert the collected lines."""
        ImportLine.objects.bulk_create(self._waiting)
        self._waiting = []


class Outcomes:
    """Updates existing lines in batches of BATCH_SIZE."""

    FIELDS = ("outcome", "reasons", "detail", "article_id")

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._waiting: dict[int, tuple[str, list[str], str, int | None]] = {}

    def set(
        self,
        number: int,
        outcome: str,
        reasons: Iterable[str] = (),
        detail: str = "",
        article_id: int | None = None,
    ) -> None:
        """Set the outcome of the record at this position."""
        self._waiting[number] = (outcome, list(reasons), detail, article_id)
        if len(self._waiting) >= BATCH_SIZE:
            self.flush()

    def flush(self) -> None:
        """Update the collected lines."""
        lines = list(self._run.lines.filter(number__in=self._waiting))
        for line in lines:
            for field, value in zip(self.FIELDS, self._waiting[line.number or 0], strict=True):
                setattr(line, field, value)
        ImportLine.objects.bulk_update(lines, ("outcome", "reasons", "detail", "article"), batch_size=500)
        self._waiting = {}
