"""What an import found, counted for people."""

from django.db.models import Count, F, Func
from django.utils.translation import gettext as _

from blog.models import ImportLine, ImportRun

from .messages import REASONS

ENDS = (ImportLine.Outcome.SKIPPED, ImportLine.Outcome.FAILED)


def totals(run: ImportRun) -> dict[str, dict[str, int]]:
    """How many things of each kind had each outcome: {kind: {outcome: count}}, in the order of the kinds."""
    rows = run.lines.order_by().values_list("kind", "outcome").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for kind, outcome, count in rows:
        found.setdefault(kind, {})[outcome] = count
    return {kind: found[kind] for kind in ImportLine.Kind.values if kind in found}


def remarks(run: ImportRun) -> list[tuple[str, str, str, int]]:
    """What is worth knowing: (kind, outcome, reason, count), the most frequent first."""
    rows = run.lines.order_by().annotate(reason=Func(F("reasons"), function="unnest"))
    counted = rows.values_list("kind", "outcome", "reason").annotate(count=Count("pk"))
    return sorted(counted, key=lambda row: (row[1] not in ENDS, -row[3]))


def remark_in_words(kind: str, outcome: str, reason: str, count: int) -> str:
    """One remark as a line for people."""
    line = _("%(count)d × %(kind)s, %(outcome)s: %(reason)s")
    return line % {
        "count": count,
        "kind": ImportLine.Kind(kind).label,
        "outcome": ImportLine.Outcome(outcome).label,
        "reason": REASONS.get(reason, reason),
    }
