"""The verbs of a safety hold: begin, widen, confirm what it asks for, end."""

from django.db import transaction

from programs.facts.past import holds_of, in_force
from programs.facts.unlocking import way_out
from programs.models import Clearance, SafetyHold
from programs.rules.placing import after_lock
from programs.rules.vocabulary import ClearedSymptom, Outcome
from programs.services.decision import place, place_after_break
from programs.services.locking import locked

SYMPTOM_OF_RULE = {
    "PRE-C1": ClearedSymptom.BULGE,
    "POST-C1": ClearedSymptom.BULGE,
    "PRE-C2": ClearedSymptom.BOWEL_LEAK,
    "POST-C2": ClearedSymptom.BOWEL_LEAK,
}


def hold_in_force(enrollment):
    """The hold that stands now, or None (one query)."""
    return in_force(holds_of(enrollment))


def begin_hold(enrollment, locks, outcome, at, red_flags=(), **source):
    """A hold set by the rules `locks`. Where one stands already it grows, and its way out begins anew.

    `source` are further fields of the hold. Call it in the transaction that keeps the source, with the enrollment
    locked.
    """
    hold = hold_in_force(enrollment) or SafetyHold(enrollment=enrollment, outcome=outcome)
    hold.outcome = Outcome.worst([Outcome(hold.outcome), Outcome(outcome)])
    hold.rules_matched = _joined(hold.rules_matched, locks)
    hold.red_flags = _joined(hold.red_flags, red_flags)
    hold.began_at, hold.met = at, {}
    for name, value in source.items():
        setattr(hold, name, value)
    hold.save()
    return hold


@transaction.atomic
def confirm(enrollment, confirmed, now):
    """Keep what she confirms of the way out (`met` of the hold), and end the hold when nothing is missing.

    `confirmed` may hold safe_and_supported, self_safety, unreal, clinician_agreed_on, advice_on, sign_gone_on,
    check_done_on, contacted_on (ISO dates), agreed_symptoms (a clinician agreed to exercise with them) and
    advised_phase. Returns the hold, None when there is none.
    """
    enrollment = locked(enrollment)
    hold = hold_in_force(enrollment)
    if hold is None:
        return None
    hold.met = hold.met | confirmed
    hold.save(update_fields=["met"])
    return end_hold_if_met(enrollment, now, hold)


def end_hold_if_met(enrollment, now, hold=None):
    """End the hold in force when its way out is open, and place her where the rules say. The hold, or None."""
    hold = hold or hold_in_force(enrollment)
    if hold is None or not way_out(hold, enrollment, now).is_open:
        return hold
    hold.ended_at = now
    hold.save(update_fields=["ended_at"])
    _keep_agreed_symptoms(enrollment, hold, now)
    locks, advised_phase = tuple(hold.rules_matched), hold.met.get("advised_phase")
    facts = {"week": enrollment.week, "locks": list(locks), "advisedPhase": advised_phase}
    place(enrollment, after_lock(enrollment.week, locks, advised_phase), facts, now)
    place_after_break(enrollment, now, screened_since=hold.began_at)
    return hold


def _keep_agreed_symptoms(enrollment, hold, now):
    """What a clinician agreed to exercise with joins the cleared symptoms."""
    mine = {SYMPTOM_OF_RULE[rule] for rule in hold.rules_matched if rule in SYMPTOM_OF_RULE}
    for symptom in mine & set(hold.met.get("agreed_symptoms", ())):
        Clearance.objects.update_or_create(
            enrollment=enrollment,
            code=symptom,
            defaults={"given_on": hold.met["check_done_on"], "recorded_at": now},
        )


def _joined(codes, more):
    return list(dict.fromkeys([*codes, *more]))
