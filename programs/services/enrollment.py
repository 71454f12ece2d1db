"""Enroll a member in the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from common.members import User
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
from programs.services.admission import closed_to
from programs.services.flags import mark_flags
from programs.services.hold import begin_hold, hold_of


class CannotEnroll(Exception):
    """The last screening does not allow enrolling yet, or no program is published."""


class NotAdmittedError(CannotEnroll):
    """The program is open by invitation or code, and the member has neither."""


def enrollable(screening: Screening) -> bool:
    """Whether a finished screening allows enrolling: to start, or to breathe until a clinician has checked."""
    if not screening.birth_date or not screening.disposition or "not_postpartum" in screening.flags:
        return False
    disposition = Disposition(screening.disposition)
    return start_allowed(disposition) or disposition == Disposition.WAIT_CLINICIAN


def may_enroll(screening: Screening) -> bool:
    """Whether the member may enroll now: by the screening, and by a hold in force (it may leave breathing open)."""
    hold = hold_of(screening.participant)
    return enrollable(screening) and (hold is None or breathing_open(hold.rules_matched))


@transaction.atomic
def enroll(user: User, consent_text: str, now: datetime, consent_versions: Sequence[int] = ()) -> Enrollment:
    """Create the enrollment from the last finished screening and the newest release. Idempotent.

    `consent_versions` are the versions of the pages that the consent links to. Return the open enrollment. Where the screening asks for a clinician first, a safety hold is set from the first
    day: breathing only. An earlier hold stays in force. Raise CannotEnroll when the screening, or a hold that closes
    breathing too, does not allow it; NotAdmittedError where the program is not open to the member.
    """
    participant = Participant.objects.select_for_update().get(user=user)
    existing = Enrollment.objects.open_of(user).first()
    if existing:
        return existing
    if closed_to(participant):
        raise NotAdmittedError
    done = Screening.objects.filter(participant=participant, completed_at__isnull=False)
    screening = done.order_by("-completed_at").first()
    release = Release.objects.defer("plan").order_by("-published_at").first()
    if not screening or not screening.birth_date or not release or not may_enroll(screening):
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
        consent_versions=list(consent_versions),
        consented_at=now,
        week_started_at=now,
        started_at=now,
    )
    mark_flags(enrollment, safety_flags(screening.flags), now)
    SafetyHold.objects.filter(participant=participant, ended_at=None).update(enrollment=enrollment)
    result = evaluate(screening.answers)
    held_since = SafetyHold.objects.filter(participant=participant, began_at__gte=screening.completed_at)
    if (locks := screening_locks(result)) and not held_since.exists():
        begin_hold(enrollment, hold_of(participant), locks, Outcome.PAUSE_CLINICIAN, now, result.red_flags)
    return enrollment
