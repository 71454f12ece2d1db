"""Whether a reminder would be welcome. Never in a break, on hold for safety, or when all is done."""

from datetime import datetime, time

from django.utils import timezone

from programs.facts.standing import plan_for
from programs.facts.week import week_facts
from programs.models import Enrollment, SessionLog


def practising(user):
    """Her enrollment if she is in the program now: no break, no hold, not over; else None (one query)."""
    return Enrollment.objects.to_remind().of(user).first()


def may_remind(user, now):
    """Whether a session waits for her today (three queries). Call it in her time zone."""
    enrollment = practising(user)
    if enrollment is None:
        return False
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    if SessionLog.objects.filter(enrollment=enrollment, finished_at__gte=midnight).exists():
        return False
    return week_facts(enrollment, plan_for(enrollment), now).next_session is not None
