"""Changes a member records: situation, baby, clearances by a clinician, milestones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from programs.models import CheckIn, Clearance, Enrollment, Participant, SafetyHold
from programs.rules import unlock_rules
from programs.rules.concerns import ConcernMark
from programs.rules.vocabulary import ClearedSymptom, Outcome, SafetyFlag, Situation, Urgency
from programs.services.concern import open_concern_of_hold
from programs.services.flags import mark_flags
from programs.services.hold import BULGE_LEVEL, begin_hold, hold_of
from programs.services.locking import locked

SITUATION_CHANGED = "situation_changed"


@transaction.atomic
def change_situation(enrollment: Enrollment, situation: Situation, now: datetime) -> SafetyHold:
    """Hold the program for a new pregnancy, a loss, surgery or the like until a new whole screening. Idempotent.

    The evidence base asks for a screening "any time"; the hold until then is the more careful reading. After a
    loss the texts speak of no baby. It opens a concern for the therapist. Return the hold.
    """
    enrollment = locked(enrollment)
    hold = hold_of(enrollment.participant)
    if hold and hold.situation == situation:
        return hold
    locks = (unlock_rules.SITUATION,)
    outcome = Outcome.PAUSE_CLINICIAN
    hold = begin_hold(enrollment, hold, locks, outcome, now, situation=situation, check_in=None)
    if situation == Situation.LOSS:
        set_baby_not_with_me(enrollment.participant, True)
    mark = ConcernMark(SITUATION_CHANGED, Urgency.ROUTINE, (situation,))
    open_concern_of_hold(hold, mark, now)
    return hold


def set_baby_not_with_me(participant: Participant, value: bool) -> None:
    """Set whether all texts leave out the baby."""
    Participant.objects.filter(pk=participant.pk).update(baby_not_with_me=value)


@transaction.atomic
def record_clearance(enrollment: Enrollment, code: str, given_on: date, now: datetime) -> Clearance:
    """Store what a clinician checked and agreed to on `given_on`; the newest of a kind counts. Return the Clearance.

    `code` is a Released, a ClearedSymptom, MILD_SYMPTOMS (a clinician has looked at them), or the safety flag of
    pelvic floor tension, which only a clearance ends.
    """
    enrollment = locked(enrollment)
    clearance, _ = Clearance.objects.update_or_create(
        enrollment=enrollment, code=code, defaults={"given_on": given_on, "recorded_at": now}
    )
    if code == SafetyFlag.PF_TENSION:
        mark_flags(enrollment, [SafetyFlag.PF_TENSION], now, on=False)
    if code == ClearedSymptom.BULGE:
        enrollment.baseline_heaviness = last_answer(enrollment, "heaviness", BULGE_LEVEL)
        enrollment.save(update_fields=["baseline_heaviness"])
    return clearance


def last_answer(enrollment: Enrollment, question: str, otherwise: int) -> int:
    """Return the level last reported of a symptom, `otherwise` where none was."""
    answers = [row.answers for row in CheckIn.objects.latest_of(enrollment)]
    levels = [given[question] for given in answers if question in given]
    return int(levels[-1]) if levels else otherwise


@transaction.atomic
def tick_milestones(
    enrollment: Enrollment, slugs: Collection[str], of_phase: Collection[str], now: datetime
) -> Enrollment:
    """Store which milestones of the phase (`of_phase`, slugs) are met; those not in `slugs` are withdrawn."""
    enrollment = locked(enrollment)
    kept = {slug: at for slug, at in enrollment.milestones.items() if slug not in of_phase or slug in slugs}
    new = {slug: now.isoformat() for slug in slugs if slug in of_phase}
    enrollment.milestones = kept | new
    enrollment.save(update_fields=["milestones"])
    return enrollment
