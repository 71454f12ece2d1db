"""The verbs of the decision: look at her week, step back because she asks, and carry out what follows."""

from django.db import transaction

from programs.facts.clearances import cleared_of
from programs.facts.journey import journey_of
from programs.facts.releases import plan_of
from programs.facts.weekly import WeekTiming, weekly_of
from programs.models import Decision, ScreeningScope
from programs.rules import RULES_VERSION
from programs.rules.concerns import decision_concerns
from programs.rules.history import baseline_heaviness, baseline_leak
from programs.rules.past_decisions import is_gentle, step_backs_in_phase
from programs.rules.placing import after_week, got_worse
from programs.rules.progression import STEP_BACK_AFTER_DAYS
from programs.rules.schedule import phase_of_week
from programs.rules.vocabulary import Advice, ClearedSymptom, DecisionOutcome, EnrollmentState
from programs.services.concern import open_concerns
from programs.services.locking import locked

SCREENING_OF_ADVICE = {Advice.RESCREEN: ScreeningScope.WHOLE, Advice.RESCREEN_SHORT: ScreeningScope.SHORT}


class NotNow(Exception):
    """It is not time for a decision: a hold is in force, or the week is not over."""


@transaction.atomic
def decide_week(enrollment, week_began, now):
    """Look at the week that began at `week_began` and carry out what follows; sent twice it is one Decision.

    Returns the Decision. Raises NotNow.
    """
    enrollment = locked(enrollment)
    if enrollment.week_started_at != week_began:
        return Decision.objects.filter(enrollment=enrollment).first()
    journey = journey_of(enrollment, now)
    if not WeekTiming(journey).may_be_decided or not journey.is_active:
        raise NotNow
    return decide_at_once(journey)


@transaction.atomic
def step_back(enrollment, week_began, now):
    """Something got worse: she goes back at once; sent twice it is one step. Returns the Decision."""
    enrollment = locked(enrollment)
    if enrollment.week_started_at != week_began:
        return Decision.objects.filter(enrollment=enrollment).first()
    journey = journey_of(enrollment, now)
    step_backs = step_backs_in_phase(journey.past_decisions, journey.phase)
    facts = {"week": enrollment.week, "stepBacksInPhase": step_backs}
    return place(journey, got_worse(enrollment.week, step_backs), facts)


def decide_at_once(journey):
    """Carry out what the rules decide now, whatever the day. Call it with the enrollment locked."""
    weekly = weekly_of(journey)
    return place(journey, after_week(weekly.progress), weekly.progress.codes(), weekly.reasons)


def place_after_break(journey, screened_since=None):
    """Where a break was long enough for the rules to place her anew, do so. Call it with the enrollment locked.

    A whole screening finished after `screened_since` is the one that a restart asks for. Returns the Decision or
    None.
    """
    days = journey.days_since_last_session
    if days is None or days < STEP_BACK_AFTER_DAYS:
        return None
    decision = decide_at_once(journey)
    enrollment = journey.enrollment
    screening = enrollment.screening
    whole = screening.scope == ScreeningScope.WHOLE
    if whole and screened_since and screening.completed_at > screened_since:
        enrollment.screening_due = ""
        enrollment.save(update_fields=["screening_due"])
    return decision


def place(journey, placing, facts, reasons=None):
    """Store a decision with the facts it saw, and move the member. Call it with the enrollment locked."""
    result, enrollment = placing.result, journey.enrollment
    decision = Decision.objects.create(
        enrollment=enrollment,
        made_at=journey.now,
        outcome=result.outcome,
        rule=result.rule,
        advice=list(result.advice),
        facts=facts,
        reasons=reasons or {},
        from_week=enrollment.week,
        to_week=placing.week,
        rules_version=RULES_VERSION,
    )
    # A pause comes with its check-in, which has opened the concern already.
    if result.outcome != DecisionOutcome.PAUSE_REFER:
        open_concerns(enrollment.participant_id, decision_concerns(result), journey.now, decision=decision)
        _move(journey.with_decision(decision), decision)
    return decision


def _move(journey, decision):
    enrollment = journey.enrollment
    enrollment.week, enrollment.week_started_at = decision.to_week, journey.now
    _take_next_release(enrollment)
    enrollment.is_gentle = is_gentle(journey.past_decisions)
    if _begins_phase(decision):
        _take_baselines(journey, enrollment)
    for advice in decision.advice:
        enrollment.screening_due = SCREENING_OF_ADVICE.get(advice, enrollment.screening_due)
    if decision.outcome == DecisionOutcome.PROGRAM_COMPLETE:
        enrollment.state, enrollment.completed_at = EnrollmentState.COMPLETED, journey.now
    changed = ["week", "week_started_at", "baseline_leak", "baseline_heaviness", "is_gentle"]
    changed += ["screening_due", "state", "completed_at", "release", "next_release"]
    enrollment.save(update_fields=changed)


def _take_baselines(journey, enrollment):
    """Her levels when the phase begins; with a bulge that a clinician agreed to, that of their agreement stays."""
    history, began = journey.history, journey.phase_began
    enrollment.baseline_leak = baseline_leak(history, began, enrollment.baseline_leak)
    if ClearedSymptom.BULGE not in cleared_of(journey).symptoms:
        enrollment.baseline_heaviness = baseline_heaviness(history, began, enrollment.baseline_heaviness)


def _take_next_release(enrollment):
    """A week begins: she goes on with the release that was published for it, where that has her week."""
    waiting = enrollment.next_release_id
    if waiting and plan_of(waiting).has_week(enrollment.week):
        enrollment.release_id = waiting
    enrollment.next_release = None


def _begins_phase(decision):
    """Whether she comes to a phase with it, or begins her phase anew."""
    other = phase_of_week(decision.to_week) != phase_of_week(decision.from_week)
    return other or decision.outcome == DecisionOutcome.RESTART_PHASE
