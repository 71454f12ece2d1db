"""The verbs for when her life changes: her situation, her baby, what a clinician said, what she can do."""

from django.db import transaction

from programs.facts.journey import journey_of
from programs.models import Clearance, Participant
from programs.rules import unlock_rules
from programs.rules.concerns import ConcernMark
from programs.rules.vocabulary import ClearedSymptom, Outcome, SafetyFlag, Situation, Urgency
from programs.services.concern import open_concerns
from programs.services.flags import mark_flags
from programs.services.hold import BULGE_LEVEL, begin_hold
from programs.services.locking import locked

SITUATION_CHANGED = "situation_changed"


@transaction.atomic
def change_situation(enrollment, situation, now):
    """Stop for a new pregnancy, a loss, surgery or alike until she has answered the whole screening anew.

    The evidence base asks for a screening "any time"; the hold until then is the more careful reading. After a
    loss the texts speak of no baby. The therapist sees it. Sent twice it is one hold. Returns the hold.
    """
    enrollment = locked(enrollment)
    journey = journey_of(enrollment, now)
    if journey.hold and journey.hold.situation == situation:
        return journey.hold
    hold = begin_hold(
        journey, (unlock_rules.SITUATION,), Outcome.PAUSE_CLINICIAN, situation=situation, check_in=None
    )
    if situation == Situation.LOSS:
        set_baby_not_with_me(enrollment.participant, True)
    mark = ConcernMark(SITUATION_CHANGED, Urgency.ROUTINE, (situation,))
    open_concerns(enrollment.participant_id, [mark], now, hold=hold)
    return hold


def set_baby_not_with_me(participant, value):
    """Whether all texts leave out the baby."""
    Participant.objects.filter(pk=participant.pk).update(baby_not_with_me=value)


@transaction.atomic
def record_clearance(enrollment, code, given_on, now):
    """Keep what a clinician checked and agreed to on `given_on`; the newest of a kind counts. Returns the Clearance.

    `code` is a Released, a ClearedSymptom, MILD_SYMPTOMS (somebody has looked at them), or the safety flag of pelvic
    floor tension, which only this ends.
    """
    enrollment = locked(enrollment)
    clearance, _ = Clearance.objects.update_or_create(
        enrollment=enrollment, code=code, defaults={"given_on": given_on, "recorded_at": now}
    )
    if code == SafetyFlag.PF_TENSION:
        mark_flags(enrollment, [SafetyFlag.PF_TENSION], now, on=False)
    if code == ClearedSymptom.BULGE:
        enrollment.baseline_heaviness = _heaviness_reported(journey_of(enrollment, now))
        enrollment.save(update_fields=["baseline_heaviness"])
    return clearance


def _heaviness_reported(journey):
    """The heaviness last reported; that of a bulge where none was."""
    levels = [past.answers["heaviness"] for past in journey.history if "heaviness" in past.answers]
    return levels[-1] if levels else BULGE_LEVEL


@transaction.atomic
def tick_milestones(enrollment, slugs, of_phase, now):
    """Keep which milestones of her phase (`of_phase`, slugs) she can do; those not in `slugs` are taken back."""
    enrollment = locked(enrollment)
    kept = {slug: at for slug, at in enrollment.milestones.items() if slug not in of_phase or slug in slugs}
    new = {slug: now.isoformat() for slug in slugs if slug in of_phase}
    enrollment.milestones = kept | new
    enrollment.save(update_fields=["milestones"])
    return enrollment
