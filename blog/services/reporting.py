"""Reports of comments by readers."""

from datetime import datetime

from django.db import transaction

from blog.models import Comment, Report

from . import mails


@transaction.atomic
def report_comment(comment: Comment, *, reason: str, note: str, now: datetime) -> Report:
    """Save a report and notify the moderators. Idempotent: one open report per comment and reason.

    The comment stays public until a moderator decides, so that readers cannot silence each other.
    """
    report, is_new = Report.objects.get_or_create(
        comment=comment, reason=reason, resolved_at=None, defaults={"note": note, "created_at": now}
    )
    if is_new:
        mails.notify_of_report(report)
    return report
