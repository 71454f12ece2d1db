"""Whether to send a session reminder: never in a break, on a safety hold, or after the program."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from common.members import User
from programs.facts.standing import plan_for
from programs.facts.week import week_facts
from programs.models import Enrollment, SessionLog


def enrollment_to_remind(user: User) -> Enrollment | None:
    """Return the enrollment of a member who is in the program now (no break, no hold), else None (one query)."""
    return Enrollment.objects.to_remind().of(user).first()


def may_remind(user: User, now: datetime) -> bool:
    """Whether a session is due today (two queries). Call it in the member's time zone."""
    enrollment = enrollment_to_remind(user)
    if enrollment is None:
        return False
    logs, today = SessionLog.objects.latest_of(enrollment), timezone.localdate(now)
    if any(timezone.localdate(log.finished_at) == today for log in logs):
        return False
    return week_facts(enrollment, logs, plan_for(enrollment), today).next_session is not None
