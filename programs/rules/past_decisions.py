"""From earlier decisions and sessions to the facts of the next decision.

Source: evidence base, section C; check-in data, progression.inputs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .progression import SYMPTOM_LIMIT
from .schedule import PHASES, phase_of_week
from .vocabulary import Advice, DecisionOutcome


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One stored decision: its outcome and advice, the program week it was made in, and the days it looked at.

    `symptom_days` is how many of the last three days had symptoms; None where a decision looked at no days.
    """

    outcome: DecisionOutcome
    advice: tuple[Advice, ...]
    week: int
    symptom_days: int | None = None

    @property
    def is_well(self) -> bool:
        """Whether it is a weekly decision with fewer than two days of symptoms."""
        return self.symptom_days is not None and self.symptom_days < SYMPTOM_LIMIT


_BACK = (
    DecisionOutcome.STEP_BACK_PHASE,
    DecisionOutcome.STEP_BACK_WEEK,
    DecisionOutcome.RESTART_PHASE,
    DecisionOutcome.PAUSE_REFER,
)


def step_backs_in_phase(decisions: Sequence[PastDecision], phase: int) -> int:
    """Steps back by a week decided in the weeks of this phase; `decisions` oldest first.

    Counted since the last step back by a phase or restarted one. A phase entered again after a step back
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
    """Symptom holds in a row up to now (progression.inputs, holdWeeksInRow); `decisions` oldest first.

    Back to 0 at a step back, restart or pause and at any decision with fewer than two symptom days; what is
    neither leaves it, a gentle advance too.
    """
    count = 0
    for decision in decisions:
        if Advice.SYMPTOM_HOLD in decision.advice:
            count += 1
        elif decision.outcome in _BACK or decision.is_well:
            count = 0
    return count


def is_gentle(decisions: Iterable[PastDecision]) -> bool:
    """Whether the gentle track is in force (program data, adaptation.gentleTrack); `decisions` oldest first.

    From the advice GENTLE_TRACK until a weekly decision with fewer than two symptom days.
    """
    gentle = False
    for decision in decisions:
        if Advice.GENTLE_TRACK in decision.advice:
            gentle = True
        elif decision.is_well:
            gentle = False
    return gentle


def milestones_met(of_phase: Collection[str], ticked: Collection[str]) -> bool:
    """Whether every milestone (by id) of the phase is ticked; a phase without milestones never is met."""
    return bool(of_phase) and set(of_phase) <= set(ticked)


def next_phase_allowed(week: int, highest_phase: int) -> bool:
    """Whether the phase after that of `week` is open; after the last one nothing is closed."""
    return highest_phase >= min(phase_of_week(week) + 1, PHASES[-1])
