"""Whether to move on: time gates and symptoms together. The first row that holds decides.

Source: evidence base, section C, "Hold, step back, stop and refer" and "Steady, mild symptoms: the gentle track"
(check-in data, progression); a row's id is the rule id of the data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from .answers import Facts, Field, Number, Several, YesNo
from .schedule import LAST_WEEK, first_week_of, is_last_week_of_phase, phase_of_week
from .vocabulary import Advice, DecisionOutcome, Outcome

RESTART_AFTER_DAYS = 28  # PR-2, PR-2a
STEP_BACK_AFTER_DAYS = 14  # PR-4, up to the day before RESTART_AFTER_DAYS
STEP_BACKS_ALLOWED = 2  # PR-3: a third step back in a phase goes back a whole phase
BREATHING_ONLY_LIMIT = 2  # PR-5, of the last three days
WORSE_STILL_LIMIT = 2  # PR-6, of the last three answers
SYMPTOM_OUTCOMES = (Outcome.EASIER, Outcome.BREATHING_ONLY)
SYMPTOM_LIMIT = 2  # PR-7, easier and breathing_only together, of the last three days
TOLERANCE_AFTER_HOLDS = 2  # PR-7: tolerated days no longer count from the third hold on
SESSIONS_A_WEEK_LEAST = 2  # PR-8, of three
REPORTS_A_WEEK_LEAST = 2  # PR-14
SESSIONS_A_PHASE_LEAST = 7  # PR-9, of nine
DAYS_A_WEEK_LEAST = 6  # PR-16
HOLDS_BEFORE_REFERRAL = 1  # progression.adviceNotes: the second symptom hold in a row
STEP_BACKS_BEFORE_REFERRAL = 1  # progression.adviceNotes: a step back before this one, in the phase


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts(Facts):
    """What the decision looks at (progression.inputs). Raises AnswerError when a fact cannot be.

    `sessions_done_this_week` and `sessions_done_this_phase` are the program's own, repeated weeks once: a rest
    session is none of them. `last3` are the symptom outcomes of the last three days with a check, newest last,
    fewer if there are not yet three, and `tolerated_in_last3` how many of them were tolerated (see
    `days.judge_day`). `days_since_last` is None when no session was done yet; `hold_weeks_in_row` are the symptom
    holds in a row before this decision; `next_phase_allowed` says whether the highest phase open is at least the
    next one; `reported_this_week` after how many sessions of the week the body's answer was reported;
    `days_in_week` the whole days since the program week began; `symptom_cleared` whether a clinician or the
    therapist has looked at these symptoms since they began.
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
        Number("reportedThisWeek", 0),
        Number("daysInWeek", 0),
        Number("toleratedInLast3", 0, 3),
        YesNo("symptomCleared"),
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
    reported_this_week: int
    days_in_week: int
    tolerated_in_last3: int
    symptom_cleared: bool

    def away_at_least(self, days: int) -> bool:
        """Whether the last session is this many days ago or more."""
        return self.days_since_last is not None and self.days_since_last >= days

    def recent(self, *outcomes: Outcome) -> int:
        """How many of the last three days had one of these outcomes."""
        return sum(outcome in outcomes for outcome in self.last3)

    @property
    def symptom_days(self) -> int:
        """How many of the last three days called for an easier session, or for rest."""
        return self.recent(*SYMPTOM_OUTCOMES)

    @property
    def days_not_tolerated(self) -> int:
        """Symptom days less the tolerated ones, where those count; a day of rest is never tolerated."""
        counts = self.symptom_cleared or self.hold_weeks_in_row >= TOLERANCE_AFTER_HOLDS
        tolerated = min(self.tolerated_in_last3, self.recent(Outcome.EASIER)) if counts else 0
        return self.symptom_days - tolerated

    @property
    def is_gentle(self) -> bool:
        """Whether only tolerance lets symptoms pass."""
        return self.symptom_days >= SYMPTOM_LIMIT > self.days_not_tolerated


def _long_break(facts: ProgressFacts) -> bool:
    return facts.away_at_least(STEP_BACK_AFTER_DAYS) and not facts.away_at_least(RESTART_AFTER_DAYS)


def _very_long_break(facts: ProgressFacts) -> bool:
    return facts.away_at_least(RESTART_AFTER_DAYS)


def _rested_twice(facts: ProgressFacts) -> bool:
    return facts.recent(Outcome.BREATHING_ONLY) >= BREATHING_ONLY_LIMIT


def _still_worse_twice(facts: ProgressFacts) -> bool:
    return facts.worse_still_in_last3 >= WORSE_STILL_LIMIT


def _step_back_is_due(facts: ProgressFacts) -> bool:
    away = facts.away_at_least(STEP_BACK_AFTER_DAYS)
    return away or _rested_twice(facts) or _still_worse_twice(facts)


def _phase_goals_open(facts: ProgressFacts) -> bool:
    few = facts.sessions_done_this_phase < SESSIONS_A_PHASE_LEAST
    return is_last_week_of_phase(facts.week) and (few or not facts.milestones_met)


def _next_phase_closed(facts: ProgressFacts) -> bool:
    ends = is_last_week_of_phase(facts.week) and facts.week < LAST_WEEK
    return ends and not facts.next_phase_allowed


def _needs_a_look(facts: ProgressFacts) -> bool:
    return is_last_week_of_phase(facts.week) and facts.is_gentle and not facts.symptom_cleared


@dataclass(frozen=True, slots=True)
class ProgressRule:
    """One row of the table: its outcome applies when it is the first row whose condition holds."""

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
                 "An emergency or a pause on one of the last three days",
                 (Advice.LOCK_UNTIL_OK, Advice.RESCREEN)),
    ProgressRule("PR-3", DecisionOutcome.STEP_BACK_PHASE,
                 lambda facts: _step_back_is_due(facts) and facts.step_backs_in_phase >= STEP_BACKS_ALLOWED,
                 "A step back or a restart is due, and there were two steps back in this phase already",
                 (Advice.SEE_PELVIC_PT,)),
    ProgressRule("PR-2a", DecisionOutcome.STEP_BACK_WEEK,
                 lambda facts: _very_long_break(facts) and facts.week == first_week_of(phase_of_week(facts.week)),
                 "28 days or more since the last session, in the first week of a phase",
                 (Advice.RESCREEN,)),
    ProgressRule("PR-2", DecisionOutcome.RESTART_PHASE, _very_long_break,
                 "28 days or more since the last session",
                 (Advice.RESCREEN,)),
    ProgressRule("PR-4", DecisionOutcome.STEP_BACK_WEEK, _long_break,
                 "14 to 27 days since the last session"),
    ProgressRule("PR-5", DecisionOutcome.STEP_BACK_WEEK, _rested_twice,
                 "At least two of the last three days called for rest and breathing"),
    ProgressRule("PR-6", DecisionOutcome.STEP_BACK_WEEK, _still_worse_twice,
                 "Still worse the next day after at least two of the last three sessions"),
    ProgressRule("PR-7", DecisionOutcome.HOLD_WEEK,
                 lambda facts: facts.days_not_tolerated >= SYMPTOM_LIMIT,
                 "At least two of the last three days called for an easier session, or for rest, and were not "
                 "tolerated",
                 (Advice.SYMPTOM_HOLD,)),
    ProgressRule("PR-8", DecisionOutcome.HOLD_WEEK,
                 lambda facts: facts.sessions_done_this_week < SESSIONS_A_WEEK_LEAST,
                 "Fewer than two sessions done this week",
                 (Advice.FEW_SESSIONS,)),
    ProgressRule("PR-14", DecisionOutcome.HOLD_WEEK,
                 lambda facts: facts.reported_this_week < REPORTS_A_WEEK_LEAST,
                 "Fewer than two sessions of this week reported",
                 (Advice.NO_REPORT,)),
    ProgressRule("PR-9", DecisionOutcome.HOLD_WEEK, _phase_goals_open,
                 "The phase ends, with fewer than seven sessions done or a milestone open",
                 (Advice.MILESTONES,)),
    ProgressRule("PR-15", DecisionOutcome.HOLD_GATE, _needs_a_look,
                 "The phase ends with mild, steady symptoms that nobody has looked at yet",
                 (Advice.SYMPTOM_GATE, Advice.SEE_PELVIC_PT)),
    ProgressRule("PR-10", DecisionOutcome.HOLD_GATE, _next_phase_closed,
                 "The phase is done, but its next gate is still closed",
                 (Advice.TIME_GATE,)),
    ProgressRule("PR-16", DecisionOutcome.HOLD_GATE,
                 lambda facts: facts.days_in_week < DAYS_A_WEEK_LEAST,
                 "Nothing stands against the next week, but this one is not over yet",
                 (Advice.WEEK_GATE,)),
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
class MoreAdvice:
    """Advice that the named rows give only under a condition (progression.adviceNotes)."""

    rules: frozenset[str]
    when: Callable[[ProgressFacts], bool]
    advice: Advice


def _keeps_failing(facts: ProgressFacts) -> bool:
    early = facts.step_backs_in_phase >= STEP_BACKS_BEFORE_REFERRAL or facts.week == 1
    return early and (_rested_twice(facts) or _still_worse_twice(facts))


MORE_ADVICE = (
    MoreAdvice(frozenset({"PR-7"}), lambda facts: facts.hold_weeks_in_row >= HOLDS_BEFORE_REFERRAL,
               Advice.SEE_PELVIC_PT),
    MoreAdvice(frozenset({"PR-2", "PR-2a", "PR-4", "PR-5", "PR-6"}), _keeps_failing, Advice.SEE_PELVIC_PT),
    MoreAdvice(frozenset({"PR-3"}), _very_long_break, Advice.RESCREEN),
    MoreAdvice(frozenset({"PR-15"}), _next_phase_closed, Advice.TIME_GATE),
    MoreAdvice(frozenset({"PR-11", "PR-12", "PR-13"}), lambda facts: facts.symptom_days >= SYMPTOM_LIMIT,
               Advice.GENTLE_TRACK),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What follows for the program: the outcome, the advice codes and the id of the row that decided."""

    outcome: DecisionOutcome
    advice: tuple[Advice, ...]
    rule: str


def evaluate_progress(facts: ProgressFacts) -> DecisionResult:
    """Return the decision for these facts. Deterministic: the same facts give the same decision."""
    rule = next(rule for rule in PROGRESS_RULES if rule.when(facts))
    more = tuple(row.advice for row in MORE_ADVICE if rule.id in row.rules and row.when(facts))
    return DecisionResult(rule.outcome, rule.advice + more, rule.id)


def apply(outcome: DecisionOutcome, week: int) -> int:
    """Return the program week that follows `week` (1 to 12). Section C, the list under the table."""
    phase = phase_of_week(week)
    weeks = {
        DecisionOutcome.RESTART_PHASE: first_week_of(phase),
        DecisionOutcome.STEP_BACK_PHASE: first_week_of(max(1, phase - 1)),
        DecisionOutcome.STEP_BACK_WEEK: max(1, week - 1),
        DecisionOutcome.ADVANCE_PHASE: min(LAST_WEEK, week + 1),
        DecisionOutcome.ADVANCE_WEEK: min(LAST_WEEK, week + 1),
    }
    return weeks.get(outcome, week)
