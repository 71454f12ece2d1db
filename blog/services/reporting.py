"""Reports of comments by readers."""

import logging
from datetime import datetime

from django.db import transaction

from blog.models import Comment, Report
from blog.red_flags import red_flags
from blog.signals import red_flag_reported

from . import mails

log = logging.getLogger(__name__)


@transaction.atomic
def report_comment(comment: Comment, *, reason: str, note: str, now: datetime) -> Report:
    """Save a report and notify the moderators. Idempotent: one open report per comment and reason.

    What another reader adds to it is kept with it. A note with a red flag is a report of its own, and is signaled. The
    comment stays public until a moderator decides, so that readers cannot silence each other.
    """
    flags = list(red_flags(note))
    same = {"note": note} if flags else {}
    report, is_new = Report.objects.select_for_update().get_or_create(
        comment=comment,
        reason=reason,
        resolved_at=None,
        red_flags=flags,
        **same,
        defaults={"note": note, "created_at": now},
    )
    if is_new:
        mails.notify_of_report(report)
    elif note not in report.note:
        report.note = "\n\n".join(filter(None, (report.note, note)))
        report.save(update_fields=["note"])
    if flags:
        _signal(report, now)
    return report


def _signal(report: Report, now: datetime) -> None:
    """Send `red_flag_reported`; a receiver that fails blocks neither the report nor the page with help."""
    try:
        with transaction.atomic():
            red_flag_reported.send(Report, report=report, now=now)
    except Exception as error:
        log.error("A receiver of red_flag_reported failed for report %s: %s", report.pk, type(error).__name__)
