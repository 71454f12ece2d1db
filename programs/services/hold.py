"""Safety holds: begin, widen, confirm requirements, end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from programs.facts.clearances import SYMPTOM_OF_RULE
from programs.facts.decisions import load_decisions
from programs.facts.journey import WholeJourney, whole_journey_of, without_hold
from programs.facts.unlocking import way_out, way_out_before_enrolling
from programs.models import CheckIn, Clearance, Enrollment, Participant, SafetyHold
from programs.rules.placing import after_lock
from programs.rules.vocabulary import ClearedSymptom, Outcome
from programs.services.decision import place, place_after_break
from programs.services.locking import locked

# Fields of a hold that a report may widen, as `before_widening` stores them.
WIDENED = ("outcome", "situation", "rules_matched", "red_flags", "met", "enrollment_id", "check_in_id")
BULGE_LEVEL = 3  # a bulge that is seen or felt, on the heaviness scale of the check-ins


def begin_hold(
    enrollment: Enrollment,
    hold: SafetyHold | None,
    locks: Iterable[str],
    outcome: Outcome,
    at: datetime,
    red_flags: Iterable[str] = (),
    **source: Any,
) -> SafetyHold:
    """Begin a hold set at `at` by the rules `locks`. The `hold` in force, if any, is widened and starts anew.

    `source` are further fields of the hold. Call it in the transaction that stores the source, with the enrollment
    locked. Return the hold.
    """
    hold = hold or SafetyHold(participant_id=enrollment.participant_id, outcome=outcome)
    return _widened(hold, locks, outcome, red_flags, at, enrollment=enrollment, **source)


def begin_hold_of(
    participant: Participant,
    locks: Iterable[str],
    outcome: Outcome,
    now: datetime,
    red_flags: Iterable[str] = (),
) -> SafetyHold:
    """Begin a hold of a participant without an enrollment, locked. Return the hold."""
    hold = hold_of(participant) or SafetyHold(participant=participant, outcome=outcome)
    return _widened(hold, locks, outcome, red_flags, now)


def hold_of(participant: Participant) -> SafetyHold | None:
    """Return the hold in force of a participant, with or without an enrollment; None without one (one query)."""
    return SafetyHold.objects.filter(participant=participant, ended_at=None).first()


def _widened(
    hold: SafetyHold,
    locks: Iterable[str],
    outcome: Outcome,
    red_flags: Iterable[str],
    at: datetime,
    **source: Any,
) -> SafetyHold:
    if hold.pk:
        before = {name: getattr(hold, name) for name in WIDENED}
        hold.before_widening = before | {"began_at": hold.began_at.isoformat()}
    hold.outcome = Outcome.worst([Outcome(hold.outcome), Outcome(outcome)])
    hold.rules_matched = _joined(hold.rules_matched, locks)
    hold.red_flags = _joined(hold.red_flags, red_flags)
    hold.began_at, hold.met = max(hold.began_at or at, at), {}
    for name, value in source.items():
        setattr(hold, name, value)
    hold.save()
    return hold


def withdraw_hold(check_in: CheckIn) -> None:
    """Undo what `check_in` did to the hold in force: delete it, or restore it as it was before.

    Deleted and not ended, because what was reported before the end of a hold no longer counts for the week. A hold
    that anything has widened since stays as it is, the more careful way. Call it with the enrollment locked.
    """
    hold = hold_of(check_in.enrollment.participant)
    if hold is None or (hold.check_in_id, hold.began_at) != (check_in.pk, check_in.made_at):
        return
    before = hold.before_widening
    if not before:
        hold.delete()
        return
    for name in WIDENED:
        setattr(hold, name, before[name])
    hold.began_at, hold.before_widening = datetime.fromisoformat(before["began_at"]), {}
    hold.save()


@transaction.atomic
def confirm_requirements(
    enrollment: Enrollment, confirmed: Mapping[str, Any], now: datetime
) -> SafetyHold | None:
    """Store the requirements a member confirms (`met` of the hold), and end the hold when nothing is missing.

    `confirmed` may contain safe_and_supported, spoke_with, self_safety, unreal; clinician_agreed_on, advice_on,
    sign_gone_on, check_done_on, contacted_on (ISO dates); agreed_symptoms (a clinician agreed to exercise with
    them) and advised_phase. Return the hold, None without one.
    """
    enrollment = locked(enrollment)
    journey = whole_journey_of(enrollment, now)
    hold = journey.hold
    if hold is None:
        return None
    hold.met = hold.met | confirmed
    hold.save(update_fields=["met"])
    return end_hold_if_met(journey)


@transaction.atomic
def confirm_requirements_before_enrolling(
    participant: Participant, confirmed: Mapping[str, Any], now: datetime
) -> SafetyHold | None:
    """Store the requirements confirmed by a participant without an enrollment. Return the hold, None without one."""
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    hold = hold_of(participant)
    if hold is None:
        return None
    hold.met = hold.met | confirmed
    hold.save(update_fields=["met"])
    return end_hold_before_enrolling(hold, now)


def end_hold_before_enrolling(hold: SafetyHold, now: datetime) -> SafetyHold:
    """End a hold of a member without an enrollment when no requirement is missing. Return the hold."""
    if way_out_before_enrolling(hold, now).is_open:
        hold.ended_at = now
        hold.save(update_fields=["ended_at"])
    return hold


def end_hold_if_met(journey: WholeJourney) -> SafetyHold | None:
    """End the hold in force when no requirement is missing, and place the member. Return the hold, None without one."""
    hold, leak = journey.hold, journey.enrollment.baseline_leak
    if hold is None or not way_out(hold, journey.history, leak, journey.now).is_open:
        return hold
    hold.ended_at = journey.now
    hold.save(update_fields=["ended_at"])
    _store_agreed_symptoms(journey.enrollment, hold, journey.now)
    place_after_hold(journey, hold, hold.met.get("advised_phase"))
    return hold


def place_after_hold(journey: WholeJourney, hold: SafetyHold, advised_phase: int | None = None) -> None:
    """Place the member where the rules say after `hold` has ended, and after the break that it may have been."""
    week, locks = journey.enrollment.week, tuple(hold.rules_matched)
    facts = {"week": week, "locks": list(locks), "advisedPhase": advised_phase}
    decisions = load_decisions(journey.enrollment)
    # She may have opened it with something still missing, so the decision must not speak of what is done.
    reasons = {"therapist_agreed": True} if hold.met.get("therapist_agreed") else {}
    decision = place(journey, decisions, after_lock(week, locks, advised_phase), facts, reasons)
    place_after_break(without_hold(journey, hold), [*decisions, decision], screened_since=hold.began_at)


def _store_agreed_symptoms(enrollment: Enrollment, hold: SafetyHold, now: datetime) -> None:
    """Store the symptoms a clinician agreed to exercise with as clearances."""
    mine = {SYMPTOM_OF_RULE[rule] for rule in hold.rules_matched if rule in SYMPTOM_OF_RULE}
    for symptom in mine & set(hold.met.get("agreed_symptoms", ())):
        Clearance.objects.update_or_create(
            enrollment=enrollment,
            code=symptom,
            defaults={"given_on": hold.met["check_done_on"], "recorded_at": now},
        )
        if symptom == ClearedSymptom.BULGE:
            enrollment.baseline_heaviness = BULGE_LEVEL
            enrollment.save(update_fields=["baseline_heaviness"])


def _joined(codes: Iterable[str], more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*codes, *more]))
