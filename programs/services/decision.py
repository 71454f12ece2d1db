"""Program decisions: the weekly one, a step back on request, and the placing that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from programs.facts.clearances import Cleared, load_cleared
from programs.facts.decisions import load_decisions, past_decisions, phase_began
from programs.facts.journey import WholeJourney, whole_journey_of
from programs.facts.releases import plan_of
from programs.facts.week import week_timing
from programs.facts.weekly import cleared_for_week, weekly_of
from programs.models import Decision, Enrollment, ScreeningScope
from programs.rules import RULES_VERSION
from programs.rules.concerns import LONG_IN_WEEK, ConcernMark, decision_concerns, week_concerns
from programs.rules.history import baseline_heaviness, baseline_leak
from programs.rules.past_decisions import is_gentle, step_backs_in_phase
from programs.rules.placing import Placing, after_week, got_worse
from programs.rules.progression import DAYS_A_WEEK_LEAST, STEP_BACK_AFTER_DAYS
from programs.rules.schedule import phase_of_week
from programs.rules.vocabulary import Advice, ClearedSymptom, DecisionOutcome, EnrollmentState
from programs.services.concern import open_concerns
from programs.services.locking import locked

SCREENING_OF_ADVICE = {Advice.RESCREEN: ScreeningScope.WHOLE, Advice.RESCREEN_SHORT: ScreeningScope.SHORT}


class NotNow(Exception):
    """It is not time for a decision: a hold is in force, or the week is not over."""


@transaction.atomic
def decide_week(enrollment: Enrollment, week_began: datetime | None, now: datetime) -> Decision | None:
    """Decide on the week that began at `week_began` and carry out what follows. Idempotent by `week_began`.

    Return the Decision. Raise NotNow.
    """
    enrollment = locked(enrollment)
    if enrollment.week_started_at != week_began:
        return Decision.objects.filter(enrollment=enrollment).first()
    journey = whole_journey_of(enrollment, now)
    timing, decisions = week_timing(journey), load_decisions(enrollment)
    if not timing.may_be_decided or enrollment.state != EnrollmentState.ACTIVE:
        raise NotNow
    if decisions and timing.days_in_week < DAYS_A_WEEK_LEAST and _waits_for_end(decisions[-1], enrollment):
        return decisions[-1]
    return decide_at_once(journey, decisions, cleared_for_week(journey))


def _waits_for_end(newest: Decision, enrollment: Enrollment) -> bool:
    """Whether the newest decision was that this week waits for its end."""
    return Advice.WEEK_GATE in newest.advice and newest.made_at >= enrollment.week_started_at


@transaction.atomic
def step_back(enrollment: Enrollment, week_began: datetime | None, now: datetime) -> Decision | None:
    """Step back at once because something got worse. Idempotent by `week_began`. Return the Decision."""
    enrollment = locked(enrollment)
    if enrollment.week_started_at != week_began:
        return Decision.objects.filter(enrollment=enrollment).first()
    decisions = load_decisions(enrollment)
    step_backs = step_backs_in_phase(past_decisions(decisions), phase_of_week(enrollment.week))
    facts = {"week": enrollment.week, "stepBacksInPhase": step_backs}
    placing = got_worse(enrollment.week, step_backs)
    return place(whole_journey_of(enrollment, now), decisions, placing, facts)


def decide_at_once(journey: WholeJourney, decisions: Sequence[Decision], cleared: Cleared) -> Decision:
    """Carry out the decision of the rules now, whatever the day. Call it with the enrollment locked."""
    weekly = weekly_of(journey, decisions, cleared)
    opens_on = weekly.opens_on.isoformat() if weekly.opens_on else None
    reasons: dict[str, Any] = {"symptoms": list(weekly.symptoms), "opens_on": opens_on}
    if waits_for := sorted({gate.released_by for gate in weekly.gates if gate.released_by}):
        reasons["waits_for"] = waits_for
    return place(journey, decisions, after_week(weekly.progress), weekly.progress.codes(), reasons)


def place_after_break(
    journey: WholeJourney, decisions: Sequence[Decision], screened_since: datetime | None = None
) -> Decision | None:
    """Place the member anew after a long enough break. Call it with the enrollment locked.

    A whole screening finished after `screened_since` is the one that a restart asks for. Return the Decision, None
    after a shorter break.
    """
    days = week_timing(journey).days_away
    if days is None or days < STEP_BACK_AFTER_DAYS:
        return None
    decision = decide_at_once(journey, decisions, cleared_for_week(journey))
    enrollment = journey.enrollment
    screening = enrollment.screening
    whole, completed = screening.scope == ScreeningScope.WHOLE, screening.completed_at
    if whole and screened_since and completed and completed > screened_since:
        enrollment.screening_due = ""
        enrollment.save(update_fields=["screening_due"])
    return decision


def place(
    journey: WholeJourney,
    decisions: Sequence[Decision],
    placing: Placing,
    facts: Mapping[str, Any],
    reasons: Mapping[str, Any] | None = None,
) -> Decision:
    """Store a decision, made after `decisions`, with its facts, and move the member. Return the Decision.

    A pause moves nobody; neither does a week that only waits for its end: it goes on and does not begin anew.
    Call it with the enrollment locked.
    """
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
    # The check-in that causes a pause has opened the concern already.
    if result.outcome != DecisionOutcome.PAUSE_REFER:
        marks = decision_concerns(result, decision.reasons.get("waits_for", ()))
        marks += _marks_of_long_week(journey, decisions, decision)
        open_concerns(enrollment.participant_id, marks, journey.now, decision=decision)
    if result.outcome != DecisionOutcome.PAUSE_REFER and Advice.WEEK_GATE not in result.advice:
        _move(journey, [*decisions, decision])
    return decision


def _marks_of_long_week(
    journey: WholeJourney, decisions: Sequence[Decision], newest: Decision
) -> tuple[ConcernMark, ...]:
    """Mark a member who practices for many weeks in one week of the program."""
    if newest.to_week != newest.from_week:
        return ()
    moves = [one.made_at for one in decisions if one.to_week != one.from_week]
    in_week = journey.now - (moves[-1] if moves else journey.enrollment.started_at)
    sessions = [log for log in journey.logs if log.finished_at >= journey.now - LONG_IN_WEEK]
    return week_concerns(newest.rule, in_week, len(sessions))


def _move(journey: WholeJourney, decisions: Sequence[Decision]) -> None:
    """Move the member where the last of `decisions` leads."""
    enrollment, decision = journey.enrollment, decisions[-1]
    enrollment.week, enrollment.week_started_at = decision.to_week, journey.now
    _take_next_release(enrollment)
    enrollment.is_gentle = is_gentle(past_decisions(decisions))
    if _begins_phase(decision):
        _take_baselines(journey, phase_began(enrollment, decisions))
    for advice in decision.advice:
        enrollment.screening_due = SCREENING_OF_ADVICE.get(advice, enrollment.screening_due)
    if decision.outcome == DecisionOutcome.PROGRAM_COMPLETE:
        enrollment.state, enrollment.completed_at = EnrollmentState.COMPLETED, journey.now
    elif (
        enrollment.state == EnrollmentState.COMPLETED
    ):  # placed anew after a hold: the weeks go on from there
        enrollment.state, enrollment.completed_at = EnrollmentState.ACTIVE, None
    changed = ["week", "week_started_at", "baseline_leak", "baseline_heaviness", "is_gentle"]
    changed += ["screening_due", "state", "completed_at", "release", "next_release"]
    enrollment.save(update_fields=changed)


def _take_baselines(journey: WholeJourney, began: datetime) -> None:
    """Set the baselines of a phase that `began`; with a bulge a clinician agreed to, the heaviness agreed on stays."""
    enrollment, history = journey.enrollment, journey.history
    enrollment.baseline_leak = baseline_leak(history, began, enrollment.baseline_leak)
    if ClearedSymptom.BULGE not in load_cleared(enrollment).baseline.cleared_symptoms:
        enrollment.baseline_heaviness = baseline_heaviness(history, began, enrollment.baseline_heaviness)


def _take_next_release(enrollment: Enrollment) -> None:
    """Change to the release waiting for the next week, where it has that week."""
    waiting = enrollment.next_release_id
    if waiting and plan_of(waiting).has_week(enrollment.week):
        enrollment.release_id = waiting
    enrollment.next_release = None


def _begins_phase(decision: Decision) -> bool:
    """Whether a decision leads into another phase or restarts the phase."""
    other = phase_of_week(decision.to_week) != phase_of_week(decision.from_week)
    return other or decision.outcome == DecisionOutcome.RESTART_PHASE
