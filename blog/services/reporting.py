"""A reader points at a comment that should not be there."""

from datetime import datetime

from django.db import transaction

from blog.models import Comment, Report

from . import mails


@transaction.atomic
def report_comment(comment: Comment, *, reason: str, note: str, now: datetime) -> Report:
    """Keep the report and tell the therapist; the same reason given again for a comment is one report.

    The comment stays until she decides: readers cannot silence each other.
    """
    report, is_new = Report.objects.get_or_create(
        comment=comment, reason=reason, resolved_at=None, defaults={"note": note, "created_at": now}
    )
    if is_new:
        mails.notify_of_report(report)
    return report
