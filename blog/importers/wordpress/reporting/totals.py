"""Counts the outcomes of an import."""

from django.db.models import Count, F, Func
from django.utils.translation import gettext as _

from blog.models import ImportLine, ImportRun

from .messages import REASONS

ENDS = (ImportLine.Outcome.SKIPPED, ImportLine.Outcome.FAILED)


def totals(run: ImportRun) -> dict[str, dict[str, int]]:
    """Return the counts per kind and outcome: {kind: {outcome: count}}, in the order of the kinds."""
    rows = run.lines.order_by().values_list("kind", "outcome").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for kind, outcome, count in rows:
        found.setdefault(kind, {})[outcome] = count
    return {kind: found[kind] for kind in ImportLine.Kind.values if kind in found}


def remarks(run: ImportRun) -> list[tuple[str, str, str, int]]:
    """Return (kind, outcome, reason, count) rows: skipped and failed items first, then by frequency."""
    rows = run.lines.order_by().annotate(reason=Func(F("reasons"), function="unnest"))
    counted = rows.values_list("kind", "outcome", "reason").annotate(count=Count("pk"))
    return sorted(counted, key=lambda row: (row[1] not in ENDS, -row[3]))


def remark_in_words(kind: str, outcome: str, reason: str, count: int) -> str:
    """Return one remark as a line of text."""
    line = _("%(count)d × %(kind)s, %(outcome)s: %(reason)s")
    return line % {
        "count": count,
        "kind": ImportLine.Kind(kind).label,
        "outcome": ImportLine.Outcome(outcome).label,
        "reason": REASONS.get(reason, reason),
    }
