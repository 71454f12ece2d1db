"""Whether to move on: time gates and symptoms together. The first row that holds decides.

Source: evidence base, section C, "Hold, step back, stop and refer" (check-in data, progression.rules);
a row's id is the rule id of the data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from .answers import Facts, Field, Number, Several, YesNo
from .schedule import LAST_WEEK, first_week_of, is_last_week_of_phase, phase_of_week
from .vocabulary import Advice, DecisionOutcome, Outcome

RESTART_AFTER_DAYS = 28  # PR-2
STEP_BACK_AFTER_DAYS = 14  # PR-4, up to the day before RESTART_AFTER_DAYS
STEP_BACKS_ALLOWED = 2  # PR-3: a third step back in a phase goes back a whole phase
BREATHING_ONLY_LIMIT = 2  # PR-5, of the last three
WORSE_STILL_LIMIT = 2  # PR-6, of the last three
SYMPTOM_LIMIT = 2  # PR-7, easier and breathing_only together, of the last three
SESSIONS_A_WEEK_LEAST = 2  # PR-8, of three
SESSIONS_A_PHASE_LEAST = 7  # PR-9, of nine
HOLDS_BEFORE_REFERRAL = 1  # progression.adviceNotes: the second symptom hold in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts(Facts):
    """What the decision looks at (progression.inputs). Raises AnswerError when a fact cannot be.

    `sessions_done_this_week` are the program's own: a rest session is none of them, or the rest that
    symptoms call for would move her on (the more careful reading);
    `last3` are the outcomes of the last three after-checks, newest last, fewer if there are not yet three;
    `sessions_done_this_phase` counts repeated weeks once; `days_since_last` is None when no session was
    done yet; `hold_weeks_in_row` are the symptom holds in a row before this decision;
    `next_phase_allowed` tells whether the highest phase open to her is at least the next one.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Number("week", 1, LAST_WEEK),
        Number("sessionsDoneThisWeek", 0),
        Number("sessionsDoneThisPhase", 0),
        Several("last3", tuple(Outcome), most=3),
        Number("worseStillInLast3", 0, 3),
        Number("daysSinceLast", 0, optional=True),
        Number("stepBacksInPhase", 0),
        Number("holdWeeksInRow", 0),
        YesNo("milestonesMet"),
        YesNo("nextPhaseAllowed"),
    )

    week: int
    sessions_done_this_week: int
    sessions_done_this_phase: int
    last3: tuple[str, ...]
    worse_still_in_last3: int
    days_since_last: int | None
    step_backs_in_phase: int
    hold_weeks_in_row: int
    milestones_met: bool
    next_phase_allowed: bool

    def away_at_least(self, days: int) -> bool:
        """Whether the last session is this many days ago or more."""
        return self.days_since_last is not None and self.days_since_last >= days

    def recent(self, *outcomes: Outcome) -> int:
        """How many of the last three after-checks had one of these outcomes."""
        return sum(outcome in outcomes for outcome in self.last3)


def _long_break(facts: ProgressFacts) -> bool:
    return facts.away_at_least(STEP_BACK_AFTER_DAYS) and not facts.away_at_least(RESTART_AFTER_DAYS)


def _rested_twice(facts: ProgressFacts) -> bool:
    return facts.recent(Outcome.BREATHING_ONLY) >= BREATHING_ONLY_LIMIT


def _still_worse_twice(facts: ProgressFacts) -> bool:
    return facts.worse_still_in_last3 >= WORSE_STILL_LIMIT


def _step_back_is_due(facts: ProgressFacts) -> bool:
    return _long_break(facts) or _rested_twice(facts) or _still_worse_twice(facts)


def _phase_goals_open(facts: ProgressFacts) -> bool:
    few = facts.sessions_done_this_phase < SESSIONS_A_PHASE_LEAST
    return is_last_week_of_phase(facts.week) and (few or not facts.milestones_met)


@dataclass(frozen=True, slots=True)
class ProgressRule:
    """One row: when this holds and no row above did, then that."""

    id: str
    outcome: DecisionOutcome
    when: Callable[[ProgressFacts], bool]
    says: str
    advice: tuple[Advice, ...] = ()

    @property
    def source(self) -> str:
        """Where the row comes from."""
        return f"evidence base, section C, rule {self.id}"


PROGRESS_RULES = (
    ProgressRule("PR-1", DecisionOutcome.PAUSE_REFER,
                 lambda facts: facts.recent(Outcome.EMERGENCY, Outcome.PAUSE_CLINICIAN) > 0,
                 "One of the last three sessions ended in an emergency or a pause",
                 (Advice.LOCK_UNTIL_OK, Advice.RESCREEN)),
    ProgressRule("PR-2", DecisionOutcome.RESTART_PHASE,
                 lambda facts: facts.away_at_least(RESTART_AFTER_DAYS),
                 "28 days or more since the last session",
                 (Advice.RESCREEN,)),
    ProgressRule("PR-3", DecisionOutcome.STEP_BACK_PHASE,
                 lambda facts: _step_back_is_due(facts) and facts.step_backs_in_phase >= STEP_BACKS_ALLOWED,
                 "A step back is due, and there were two in this phase already",
                 (Advice.SEE_PELVIC_PT,)),
    ProgressRule("PR-4", DecisionOutcome.STEP_BACK_WEEK, _long_break,
                 "14 to 27 days since the last session"),
    ProgressRule("PR-5", DecisionOutcome.STEP_BACK_WEEK, _rested_twice,
                 "At least two of the last three sessions called for rest and breathing"),
    ProgressRule("PR-6", DecisionOutcome.STEP_BACK_WEEK, _still_worse_twice,
                 "Still worse the next day after at least two of the last three sessions"),
    ProgressRule("PR-7", DecisionOutcome.HOLD_WEEK,
                 lambda facts: facts.recent(Outcome.EASIER, Outcome.BREATHING_ONLY) >= SYMPTOM_LIMIT,
                 "At least two of the last three sessions called for an easier one, or for rest",
                 (Advice.SYMPTOM_HOLD,)),
    ProgressRule("PR-8", DecisionOutcome.HOLD_WEEK,
                 lambda facts: facts.sessions_done_this_week < SESSIONS_A_WEEK_LEAST,
                 "Fewer than two sessions done this week",
                 (Advice.FEW_SESSIONS,)),
    ProgressRule("PR-9", DecisionOutcome.HOLD_WEEK, _phase_goals_open,
                 "The phase ends, with fewer than seven sessions done or a milestone open",
                 (Advice.MILESTONES,)),
    ProgressRule("PR-10", DecisionOutcome.HOLD_GATE,
                 lambda facts: (is_last_week_of_phase(facts.week) and facts.week < LAST_WEEK
                                and not facts.next_phase_allowed),
                 "The phase is done, but its next gate is still closed",
                 (Advice.TIME_GATE,)),
    ProgressRule("PR-11", DecisionOutcome.PROGRAM_COMPLETE,
                 lambda facts: facts.week == LAST_WEEK,
                 "Week 12 is done",
                 (Advice.WHAT_NEXT,)),
    ProgressRule("PR-12", DecisionOutcome.ADVANCE_PHASE,
                 lambda facts: is_last_week_of_phase(facts.week),
                 "The phase is done and the next one is open",
                 (Advice.RESCREEN_SHORT,)),
    ProgressRule("PR-13", DecisionOutcome.ADVANCE_WEEK,
                 lambda facts: True,
                 "Nothing stands against the next week"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What follows for the program: the outcome, the advice codes and the id of the row that decided."""

    outcome: DecisionOutcome
    advice: tuple[Advice, ...]
    rule: str


def decide(facts: ProgressFacts) -> DecisionResult:
    """The decision for these facts; the same facts always give the same decision."""
    rule = next(rule for rule in PROGRESS_RULES if rule.when(facts))
    advice = rule.advice
    if Advice.SYMPTOM_HOLD in advice and facts.hold_weeks_in_row >= HOLDS_BEFORE_REFERRAL:
        advice += (Advice.SEE_PELVIC_PT,)
    return DecisionResult(rule.outcome, advice, rule.id)


def apply(outcome: DecisionOutcome, week: int) -> int:
    """The program week that follows `week` (1 to 12). Section C, the list under the table."""
    phase = phase_of_week(week)
    weeks = {
        DecisionOutcome.RESTART_PHASE: first_week_of(phase),
        DecisionOutcome.STEP_BACK_PHASE: first_week_of(max(1, phase - 1)),
        DecisionOutcome.STEP_BACK_WEEK: max(1, week - 1),
        DecisionOutcome.ADVANCE_PHASE: min(LAST_WEEK, week + 1),
        DecisionOutcome.ADVANCE_WEEK: min(LAST_WEEK, week + 1),
    }
    return weeks.get(outcome, week)
