"""The weekly decision of rules version 1, as it stood, so that decisions made with it can be computed again.

Kept unchanged on purpose; nothing new is decided with it. Source: evidence base, version 0.1.0, section C.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .progression import DecisionResult
from .schedule import LAST_WEEK, is_last_week_of_phase
from .vocabulary import Advice, DecisionOutcome

_PAUSES, _SYMPTOMS = ("emergency", "pause_clinician"), ("easier", "breathing_only")


def decide_1(facts: Mapping[str, Any]) -> DecisionResult:
    """The decision of version 1 for the facts stored with it, under their clinical names."""
    rule, outcome, advice = _first_row(facts)
    if rule == "PR-7" and facts["holdWeeksInRow"] >= 1:
        advice = (*advice, Advice.SEE_PELVIC_PT)
    return DecisionResult(outcome, advice, rule)


def _first_row(facts: Mapping[str, Any]) -> tuple[str, DecisionOutcome, tuple[Advice, ...]]:
    """The first row that held: its id, its outcome and its advice."""
    last3, week, away = facts["last3"], facts["week"], facts["daysSinceLast"] or 0
    rested = last3.count("breathing_only") >= 2
    worse = facts["worseStillInLast3"] >= 2
    ends = is_last_week_of_phase(week)
    rows = (
        (any(one in _PAUSES for one in last3),
         "PR-1", DecisionOutcome.PAUSE_REFER, (Advice.LOCK_UNTIL_OK, Advice.RESCREEN)),
        (away >= 28, "PR-2", DecisionOutcome.RESTART_PHASE, (Advice.RESCREEN,)),
        ((away >= 14 or rested or worse) and facts["stepBacksInPhase"] >= 2,
         "PR-3", DecisionOutcome.STEP_BACK_PHASE, (Advice.SEE_PELVIC_PT,)),
        (away >= 14, "PR-4", DecisionOutcome.STEP_BACK_WEEK, ()),
        (rested, "PR-5", DecisionOutcome.STEP_BACK_WEEK, ()),
        (worse, "PR-6", DecisionOutcome.STEP_BACK_WEEK, ()),
        (sum(one in _SYMPTOMS for one in last3) >= 2,
         "PR-7", DecisionOutcome.HOLD_WEEK, (Advice.SYMPTOM_HOLD,)),
        (facts["sessionsDoneThisWeek"] < 2, "PR-8", DecisionOutcome.HOLD_WEEK, (Advice.FEW_SESSIONS,)),
        (ends and (facts["sessionsDoneThisPhase"] < 7 or not facts["milestonesMet"]),
         "PR-9", DecisionOutcome.HOLD_WEEK, (Advice.MILESTONES,)),
        (ends and week < LAST_WEEK and not facts["nextPhaseAllowed"],
         "PR-10", DecisionOutcome.HOLD_GATE, (Advice.TIME_GATE,)),
        (week == LAST_WEEK, "PR-11", DecisionOutcome.PROGRAM_COMPLETE, (Advice.WHAT_NEXT,)),
        (ends, "PR-12", DecisionOutcome.ADVANCE_PHASE, (Advice.RESCREEN_SHORT,)),
        (True, "PR-13", DecisionOutcome.ADVANCE_WEEK, ()),
    )  # fmt: skip
    return next(row[1:] for row in rows if row[0])
