"""Tells what came in with a run that was cut off from what was here already."""

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value

from blog.models import Imported, ImportLine, ImportRun

from ..reporting.lines import Kind, Outcome
from ..reporting.reasons import Reason


def credit_cut_off_runs(run: ImportRun) -> None:
    """Count what an earlier attempt of this run brought in, or a run that never ended, as taken over by this run."""
    cut_off = Q(run=run) | Q(run__status=ImportRun.Status.STOPPED)
    brought = Imported.objects.filter(cut_off, site=run.site)
    unchanged = run.lines.filter(outcome=Outcome.UNCHANGED)
    for line_kinds, kind in (
        ([Kind.POST, Kind.PAGE], Imported.Kind.POST),
        ([Kind.COMMENT], Imported.Kind.COMMENT),
    ):
        by_it = brought.filter(kind=kind, wp_id=OuterRef("wp_id"))
        _credit(unchanged.filter(Exists(by_it), kind__in=line_kinds))
    ended = ImportRun.objects.filter(site=run.site, status=ImportRun.Status.DONE, dry_run=False)
    if not ended.exclude(pk=run.pk).exists():  # so names without an account are those of a cut-off run
        _credit(unchanged.filter(kind=Kind.AUTHOR, reasons__contains=[Reason.NAME_ONLY]))
    if not run.dry_run:
        brought.exclude(run=run).update(run=run)


def _credit(lines: QuerySet[ImportLine]) -> None:
    reasons = Func(F("reasons"), Value(Reason.CAME_BEFORE_CUT), function="array_append")
    own_words = Q(reasons__overlap=[Reason.CHANGED_HERE, Reason.DECIDED_HERE])
    lines.exclude(own_words).update(outcome=Outcome.IMPORTED, reasons=reasons)
