"""Writing the lines of a run, many at a time."""

from collections.abc import Iterable
from typing import Any

from blog.models import ImportLine, ImportRun

Kind, Outcome = ImportLine.Kind, ImportLine.Outcome
TAKEN = (Outcome.IMPORTED, Outcome.UPDATED, Outcome.UNCHANGED)
MANY = 2_000


class Lines:
    """Gathers new lines of `run` and writes them MANY at a time; `flush` writes the rest."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._waiting: list[ImportLine] = []

    def add(self, kind: str, **fields: Any) -> None:
        """One line more; texts are cut to what fits."""
        line = ImportLine(run=self._run, kind=kind, **fields)
        line.label = line.label[:200]
        self._waiting.append(line)
        if len(self._waiting) >= MANY:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        ImportLine.objects.bulk_create(self._waiting)
        self._waiting = []


class Outcomes:
    """Corrects lines that are written already, MANY at a time."""

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
        """What became of the record with this number."""
        self._waiting[number] = (outcome, list(reasons), detail, article_id)
        if len(self._waiting) >= MANY:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        lines = list(self._run.lines.filter(number__in=self._waiting))
        for line in lines:
            for field, value in zip(self.FIELDS, self._waiting[line.number or 0], strict=True):
                setattr(line, field, value)
        ImportLine.objects.bulk_update(lines, ("outcome", "reasons", "detail", "article"), batch_size=500)
        self._waiting = {}
