"""Writing the lines of a run, many at a time."""

from blog.models import ImportLine

Kind, Outcome = ImportLine.Kind, ImportLine.Outcome
TAKEN = (Outcome.IMPORTED, Outcome.UPDATED, Outcome.UNCHANGED)
MANY = 2_000


class Lines:
    """Gathers new lines of `run` and writes them MANY at a time; `flush` writes the rest."""

    def __init__(self, run):
        self._run, self._waiting = run, []

    def add(self, kind, **fields):
        """One line more; texts are cut to what fits."""
        line = ImportLine(run=self._run, kind=kind, **fields)
        line.label = line.label[:200]
        self._waiting.append(line)
        if len(self._waiting) >= MANY:
            self.flush()

    def flush(self):
        """Write what waits."""
        ImportLine.objects.bulk_create(self._waiting)
        self._waiting = []


class Outcomes:
    """Corrects lines that are written already, MANY at a time."""

    FIELDS = ("outcome", "reasons", "detail", "article_id")

    def __init__(self, run):
        self._run, self._waiting = run, {}

    def set(self, number, outcome, reasons=(), detail="", article_id=None):
        """What became of the record with this number."""
        self._waiting[number] = (outcome, list(reasons), detail, article_id)
        if len(self._waiting) >= MANY:
            self.flush()

    def flush(self):
        """Write what waits."""
        lines = list(self._run.lines.filter(number__in=self._waiting))
        for line in lines:
            for field, value in zip(self.FIELDS, self._waiting[line.number], strict=True):
                setattr(line, field, value)
        ImportLine.objects.bulk_update(lines, ("outcome", "reasons", "detail", "article"), batch_size=500)
        self._waiting = {}
