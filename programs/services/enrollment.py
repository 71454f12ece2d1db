"""The verb that gives her a place in the program."""

from django.db import transaction

from programs.facts.journey import journey_of
from programs.models import Enrollment, Participant, Release, SafetyHold, Screening
from programs.rules.screening import (
    birth_type,
    evaluate,
    heaviness_level,
    leak_level,
    safety_flags,
    start_allowed,
)
from programs.rules.unlocking import breathing_open, screening_locks
from programs.rules.vocabulary import Disposition, EnrollmentState, Outcome
from programs.services.flags import mark_flags
from programs.services.hold import begin_hold, hold_of


class CannotEnroll(Exception):
    """Her last screening does not let her in yet, or there is no program to enter."""


def enrollable(screening):
    """Whether a finished screening leads into the program: to start, or to breathe while she waits for a check."""
    if not screening.birth_date or "not_postpartum" in screening.flags:
        return False
    return start_allowed(screening.disposition) or screening.disposition == Disposition.WAIT_CLINICIAN


def may_enroll(screening):
    """Whether she may have a place now: by the screening, and by a hold in force (it may leave breathing open)."""
    hold = hold_of(screening.participant)
    return enrollable(screening) and (hold is None or breathing_open(hold.rules_matched))


@transaction.atomic
def enroll(user, consent_text, now):
    """Her open enrollment, made from her last finished screening and the newest release; sent twice it is one.

    Where the screening asks for a clinician first, a safety hold stands from the first day: breathing only. A hold
    from before stays in force. Raises CannotEnroll when the screening, or a hold that closes breathing too, does not
    allow it.
    """
    participant = Participant.objects.select_for_update().get(user=user)
    existing = Enrollment.objects.open_of(user).first()
    if existing:
        return existing
    done = Screening.objects.filter(participant=participant, completed_at__isnull=False)
    screening = done.order_by("-completed_at").first()
    release = Release.objects.defer("plan").order_by("-published_at").first()
    if not screening or not release or not may_enroll(screening):
        raise CannotEnroll
    enrollment = Enrollment.objects.create(
        participant=participant,
        release=release,
        screening=screening,
        state=EnrollmentState.ACTIVE,
        birth_date=screening.birth_date,
        birth_type=birth_type(screening.answers),
        baseline_leak=leak_level(screening.answers),
        baseline_heaviness=heaviness_level(screening.answers),
        consent_text=consent_text,
        consented_at=now,
        week_started_at=now,
        started_at=now,
    )
    mark_flags(enrollment, safety_flags(screening.flags), now)
    SafetyHold.objects.filter(participant=participant, ended_at=None).update(enrollment=enrollment)
    result = evaluate(screening.answers)
    held_since = SafetyHold.objects.filter(participant=participant, began_at__gte=screening.completed_at)
    if (locks := screening_locks(result)) and not held_since.exists():
        begin_hold(journey_of(enrollment, now), locks, Outcome.PAUSE_CLINICIAN, result.red_flags)
    return enrollment
