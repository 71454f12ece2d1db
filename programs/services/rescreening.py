"""Apply a new screening to an enrollment."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from programs.facts.clearances import load_cleared, phase_waits_for_a_check
from programs.facts.decisions import load_decisions
from programs.facts.journey import whole_journey_of
from programs.models import Enrollment, Screening, ScreeningScope
from programs.rules.placing import within_gates
from programs.rules.schedule import days_since, highest_phase
from programs.rules.screening import (
    ScreeningResult,
    birth_type,
    cleared_symptoms,
    heaviness_level,
    safety_flags,
)
from programs.rules.unlocking import screening_locks
from programs.rules.vocabulary import ClearedSymptom, EnrollmentState, Outcome, Urgency
from programs.services.decision import place
from programs.services.flags import mark_flags
from programs.services.hold import begin_hold, end_hold_if_met, hold_of
from programs.services.locking import locked

ANOTHER_BIRTH = timedelta(days=120)  # a birth date so much later is another birth, not a correction


def apply_screening(
    enrollment: Enrollment, screening: Screening, result: ScreeningResult, now: datetime
) -> bool:
    """Put a finished screening in force: safety flags, a hold it sets or ends, and the phases it closes.

    After another birth the enrollment is withdrawn, so that the member enrolls anew; then nothing is put in force,
    and this returns False. Call it in the transaction that finishes the screening.
    """
    enrollment = locked(enrollment)
    if screening.birth_date and screening.birth_date - enrollment.birth_date > ANOTHER_BIRTH:
        enrollment.state = EnrollmentState.WITHDRAWN
        enrollment.save(update_fields=["state"])
        return False
    _put_in_force(enrollment, screening, now)
    hold = hold_of(enrollment.participant)
    if locks := screening_locks(result):
        begin_hold(enrollment, hold, locks, outcome_of(result), now, result.red_flags)
    elif hold:
        end_hold_if_met(whole_journey_of(enrollment, now))
    _keep_within_gates(enrollment, now)
    return True


def outcome_of(result: ScreeningResult) -> Outcome:
    """Return the outcome of the hold that a screening sets."""
    return Outcome.EMERGENCY if result.urgency == Urgency.EMERGENCY else Outcome.PAUSE_CLINICIAN


def _put_in_force(enrollment: Enrollment, screening: Screening, now: datetime) -> None:
    enrollment.screening = screening
    if screening.birth_date:
        enrollment.birth_date = screening.birth_date
    enrollment.birth_type = birth_type(screening.answers) or enrollment.birth_type
    if ClearedSymptom.BULGE in cleared_symptoms(screening.flags):
        enrollment.baseline_heaviness = heaviness_level(screening.answers)
    if screening.scope == ScreeningScope.WHOLE or enrollment.screening_due == screening.scope:
        enrollment.screening_due = ""
    enrollment.save()
    mark_flags(enrollment, safety_flags(screening.flags), now)


def _keep_within_gates(enrollment: Enrollment, now: datetime) -> None:
    """Place the member in the highest phase open, where the screening closed the present one."""
    week, days = enrollment.week, days_since(enrollment.birth_date, timezone.localdate(now))
    recorded = load_cleared(enrollment).recorded if phase_waits_for_a_check(enrollment) else ()
    highest = highest_phase(enrollment.screening.flags, days, recorded)
    if placing := within_gates(week, highest):
        facts = {"week": week, "highestPhase": highest}
        place(whole_journey_of(enrollment, now), load_decisions(enrollment), placing, facts)
