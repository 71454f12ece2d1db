"""Whether a reminder would be welcome. Never in a break, on hold for safety, or when all is done."""

from django.utils import timezone

from programs.facts.journey import journey_of
from programs.facts.standing import plan_for
from programs.facts.week import week_facts
from programs.models import Enrollment


def enrollment_to_remind(user):
    """Her enrollment if she is in the program now: no break, no hold, not over; else None (one query)."""
    return Enrollment.objects.to_remind().of(user).first()


def may_remind(user, now):
    """Whether a session waits for her today (two queries). Call it in her time zone."""
    enrollment = enrollment_to_remind(user)
    if enrollment is None:
        return False
    journey = journey_of(enrollment, now)
    if any(timezone.localdate(log.finished_at) == journey.today for log in journey.logs):
        return False
    return week_facts(journey, plan_for(enrollment)).next_session is not None
