"""Context of the import pages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from blog.importers.wordpress.reporting.messages import REASONS, STAGES, reasons_in_words
from blog.importers.wordpress.reporting.totals import remarks, totals
from blog.models import ImportLine, ImportRun

Outcome = ImportLine.Outcome
LINES_PER_PAGE = 100


def title_of(run: ImportRun) -> str:
    """Return the heading of the run's page."""
    words = _("A look at “%(file)s”") if run.dry_run else _("Import of “%(file)s”")
    return words % {"file": run.file_name}


def standing_of(run: ImportRun) -> str:
    """Return the run's status, marked if it is a dry run."""
    status = str(run.get_status_display())
    return _("%(status)s (only a look)") % {"status": status} if run.dry_run else status


def stage_of(run: ImportRun) -> str:
    """Return the current step of the run."""
    if run.status == ImportRun.Status.RUNNING:
        return str(STAGES.get(run.stage, ""))
    return str(run.get_status_display())


def report_of(run: ImportRun, asked: QueryDict) -> dict[str, Any]:
    """Return the context of a completed run; ?kind= ?outcome= ?reason= filter the lines."""
    lines = run.lines.select_related("article").order_by("number", "pk")
    chosen = {name: asked[name] for name in ("kind", "outcome", "reason") if asked.get(name)}
    for name, value in chosen.items():
        lines = lines.filter(reasons__contains=[value]) if name == "reason" else lines.filter(**{name: value})
    page = Paginator(lines, LINES_PER_PAGE).get_page(asked.get("page"))
    line: Any
    for line in page:
        line.words = reasons_in_words(line.reasons)
    counted = totals(run)
    seen = [outcome for outcome in Outcome if any(outcome in counts for counts in counted.values())]
    return {
        "outcomes": [outcome.label for outcome in seen],
        "totals": [
            (kind, ImportLine.Kind(kind).label, [(outcome.value, counts.get(outcome, 0)) for outcome in seen])
            for kind, counts in counted.items()
        ],
        "remarks": [
            (
                kind,
                ImportLine.Kind(kind).label,
                outcome,
                Outcome(outcome).label,
                reason,
                _words(reason),
                count,
            )
            for kind, outcome, reason, count in remarks(run)
        ],
        "lines": page if chosen else None,
    }


def _words(reason: str) -> str:
    return str(REASONS.get(reason, reason))
