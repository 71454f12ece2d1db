"""Place a member other than by the weekly decision: on request, by the therapist, after a lock, or at a closed gate.

Source: evidence base, section C (step back) and section F, "Unlocking after a pause"; the rows are below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import RULES_VERSION
from .progression import STEP_BACKS_ALLOWED, DecisionResult, ProgressFacts, apply, evaluate_progress
from .schedule import first_week_of, phase_of_week
from .unlocking import restart_week, unlocks_for
from .version_1 import decide_1
from .vocabulary import Advice, DecisionOutcome


@dataclass(frozen=True, slots=True)
class Placing:
    """A decision and the program week that follows from it."""

    result: DecisionResult
    week: int


def after_week(facts: ProgressFacts) -> Placing:
    """Return the placing of the weekly decision."""
    result = evaluate_progress(facts)
    return Placing(result, apply(result.outcome, facts.week))


def got_worse(week: int, step_backs: int) -> Placing:
    """Return the placing of a member who reports getting worse: a week back; after two in the phase, a phase (PR-3)."""
    outcome = DecisionOutcome.STEP_BACK_WEEK
    advice: tuple[Advice, ...] = ()
    if step_backs >= STEP_BACKS_ALLOWED:
        outcome, advice = DecisionOutcome.STEP_BACK_PHASE, (Advice.SEE_PELVIC_PT,)
    return Placing(DecisionResult(outcome, advice, "ASKED"), apply(outcome, week))


def by_therapist(week: int) -> Placing:
    """Return the placing of a therapist who wants a gentler week for a member: one week back."""
    outcome = DecisionOutcome.STEP_BACK_WEEK
    return Placing(DecisionResult(outcome, (), "THERAPIST"), apply(outcome, week))


def after_lock(week: int, locks: tuple[str, ...], advised_phase: int | None = None) -> Placing:
    """Return the placing after a lock by rules `locks` has ended; of several ways out the most careful one counts."""
    to_week = min(restart_week(unlock, week, advised_phase) for unlock in unlocks_for(locks))
    return Placing(DecisionResult(_outcome_of(week, to_week), (), "UNLOCKED"), to_week)


def within_gates(week: int, highest_phase: int) -> Placing | None:
    """Return the first week of the highest open phase where a screening closed the current one; None if it is open."""
    if phase_of_week(week) <= max(1, highest_phase):
        return None
    outcome = DecisionOutcome.STEP_BACK_PHASE
    return Placing(DecisionResult(outcome, (), "GATE"), first_week_of(max(1, highest_phase)))


def _outcome_of(week: int, to_week: int) -> DecisionOutcome:
    if to_week == week:
        return DecisionOutcome.HOLD_WEEK
    if phase_of_week(to_week) < phase_of_week(week) and to_week != week - 1:
        return DecisionOutcome.STEP_BACK_PHASE
    if to_week == week - 1:
        return DecisionOutcome.STEP_BACK_WEEK
    return DecisionOutcome.RESTART_PHASE


_AGAIN: Mapping[str, Callable[[Mapping[str, Any]], Placing | None]] = {
    "ASKED": lambda facts: got_worse(facts["week"], facts["stepBacksInPhase"]),
    "THERAPIST": lambda facts: by_therapist(facts["week"]),
    "UNLOCKED": lambda facts: after_lock(facts["week"], tuple(facts["locks"]), facts["advisedPhase"]),
    "GATE": lambda facts: within_gates(facts["week"], facts["highestPhase"]),
}


def placed_again(rule: str, facts: Mapping[str, Any], version: str = RULES_VERSION) -> Placing | None:
    """The same placing from the stored rule and facts of a decision, by the version of the rules that made it.

    Facts are named as `codes()` stores them.
    """
    if rule in _AGAIN:
        return _AGAIN[rule](facts)
    if version.partition(".")[0] == "1":
        result = decide_1(facts)
        return Placing(result, apply(result.outcome, facts["week"]))
    return after_week(ProgressFacts.from_codes(facts))
