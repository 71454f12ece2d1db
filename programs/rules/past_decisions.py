"""From earlier decisions and sessions to the facts of the next decision.

Source: evidence base, section C; check-in data, progression.inputs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .schedule import PHASES, phase_of_week
from .vocabulary import Advice, DecisionOutcome


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One stored decision: its outcome and advice, and the program week it was made in."""

    outcome: DecisionOutcome
    advice: tuple[Advice, ...]
    week: int


def step_backs_in_phase(decisions: Sequence[PastDecision], phase: int) -> int:
    """Steps back by a week decided in the weeks of this phase; `decisions` oldest first.

    Counted since she last went back by a phase or restarted one. A phase entered again after a step back
    into the phase before keeps its count (the more careful reading: else it could never reach three).
    """
    count = 0
    for decision in decisions:
        if decision.outcome in (DecisionOutcome.STEP_BACK_PHASE, DecisionOutcome.RESTART_PHASE):
            count = 0
        elif decision.outcome == DecisionOutcome.STEP_BACK_WEEK and phase_of_week(decision.week) == phase:
            count += 1
    return count


def symptom_holds_in_row(decisions: Sequence[PastDecision]) -> int:
    """Symptom holds in a row up to now; `decisions` oldest first."""
    count = 0
    for decision in decisions:
        count = count + 1 if Advice.SYMPTOM_HOLD in decision.advice else 0
    return count


def sessions_done(keys: Iterable[str]) -> int:
    """Sessions done, a repeated one once: of the week since it began, or of all weeks of the phase."""
    return len(set(keys))


def milestones_met(of_phase: Collection[str], ticked: Collection[str]) -> bool:
    """Whether every milestone (by id) of the phase is ticked; a phase without milestones never is met."""
    return bool(of_phase) and set(of_phase) <= set(ticked)


def next_phase_allowed(week: int, highest_phase: int) -> bool:
    """Whether the phase after that of `week` is open to her; after the last one nothing is closed."""
    return highest_phase >= min(phase_of_week(week) + 1, PHASES[-1])
