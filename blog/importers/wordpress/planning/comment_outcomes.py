"""Decides the outcomes of comments that depend on the whole file and on existing rows, in SQL."""

from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Exists, F, Func, OuterRef, QuerySet, Value

from blog.models import Imported, ImportLine, ImportRun

from ..reporting.lines import TAKEN, Kind, Outcome
from ..reporting.reasons import Reason
from ..statistics import analyze_tables
from .rules import cycles


@transaction.atomic
def settle_comments(run: ImportRun) -> None:
    """Correct the lines of comments: duplicates, comments of skipped posts, known ones, and missing parents."""
    analyze_tables(ImportLine, Imported)
    lines = run.lines.filter(kind=Kind.COMMENT)
    hopeful = lines.filter(outcome=Outcome.IMPORTED)
    same = ImportLine.objects.filter(run=run, kind=Kind.COMMENT)
    first = same.filter(
        wp_id=OuterRef("wp_id"), number__lt=OuterRef("number"), outcome__in=(*TAKEN, Outcome.FAILED)
    )
    hopeful.filter(Exists(first)).update(outcome=Outcome.SKIPPED, reasons=[Reason.TWICE])
    post = ImportLine.objects.filter(run=run, number=OuterRef("post_number"), outcome__in=TAKEN)
    hopeful.exclude(Exists(post)).update(outcome=Outcome.SKIPPED, reasons=[Reason.POST_LEFT_OUT])
    known = Imported.objects.filter(site=run.site, kind=Imported.Kind.COMMENT, wp_id=OuterRef("wp_id"))
    gone = hopeful.filter(Exists(known.filter(comment=None)))
    if run.bring_back:  # only with its article: a comment deleted alone may have been deleted by its author
        gone = gone.exclude(Exists(post.filter(outcome=Outcome.IMPORTED)))
    gone.update(outcome=Outcome.SKIPPED, reasons=[Reason.DELETED_HERE])
    hopeful.filter(Exists(known.filter(comment__isnull=False))).update(outcome=Outcome.UNCHANGED)
    _settle_parents(run, lines.filter(outcome__in=TAKEN, parent_wp_id__gt=0))


def _settle_parents(run: ImportRun, replies: QuerySet[ImportLine]) -> None:
    """Start a new thread for replies without a known parent or in a cycle, with the reason."""
    in_file = ImportLine.objects.filter(
        run=run,
        kind=Kind.COMMENT,
        wp_id=OuterRef("parent_wp_id"),
        post_number=OuterRef("post_number"),
        outcome__in=TAKEN,
    )
    before = Imported.objects.filter(
        site=run.site, kind=Imported.Kind.COMMENT, wp_id=OuterRef("parent_wp_id"), comment__isnull=False
    )
    _begin_thread(replies.exclude(Exists(in_file)).exclude(Exists(before)), Reason.PARENT_MISSING)
    answers = replies.order_by("post_number").values_list("post_number", "wp_id", "parent_wp_id")
    for number, found in groupby(answers.iterator(), key=itemgetter(0)):
        if cut := cycles({child: parent for _, child, parent in found if child is not None}):
            _begin_thread(replies.filter(post_number=number, wp_id__in=cut), Reason.RING)


def _begin_thread(replies: QuerySet[ImportLine], reason: Reason) -> None:
    reasons = Func(F("reasons"), Value(reason), function="array_append")
    replies.update(parent_wp_id=0, reasons=reasons)
