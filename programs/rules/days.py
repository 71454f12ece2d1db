"""A member's days: what the check-ins of one day say together, for moving on.

Source: evidence base, section C, `last3` and "Steady, mild symptoms: the gentle track" (check-in data,
progression.tolerance), and section F, `restDaysInRow`. Where that text leaves a choice the more careful one is
taken, and the docstring says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .check_in import IS_SYMPTOM, RULES, symptom_outcome, symptoms_of
from .check_in_rules import Baseline
from .history import History, PastCheckIn, is_rest
from .vocabulary import CheckInKind, ClearedSymptom, Outcome

# A new date begins a new day only this long after the first check-in of the day before.
SHORTEST_DAY = timedelta(hours=12)
MAX_PAIN = 5  # progression.tolerance.painMost
MAX_HEAVINESS = 1  # progression.tolerance.heavinessMost
SETTLED = "same_or_better"
GO_DAYS_BETWEEN = 3  # as many days as `last3` looks at: after them symptoms begin anew

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """One check-in of a day: the ids of the rules that held, and the facts they saw by their clinical names."""

    rules: Sequence[str]
    facts: Facts


@dataclass(frozen=True, slots=True)
class DayResult:
    """A day's worst symptom outcome, and whether its symptoms were mild, steady and settled by the next morning."""

    outcome: Outcome
    tolerated: bool


@dataclass(frozen=True, slots=True)
class LastDays:
    """The last three days with a check-in, newest last, as the weekly decision looks at them.

    `outcomes` are their worst symptom outcomes, `tolerated` counts the days tolerated, `is_cleared` says whether
    someone has looked at the symptoms since they began, `symptoms` are what kept the days gentle ("pain" …).
    """

    outcomes: tuple[Outcome, ...]
    tolerated: int
    is_cleared: bool
    symptoms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """A session of the program as done: when it ended and how it was done."""

    ended: datetime
    mode: Outcome


@dataclass(slots=True)
class Day:
    """The check-ins of one day, oldest first, and the date it began with."""

    check_ins: list[PastCheckIn] = field(default_factory=list)

    @property
    def began(self) -> datetime:
        """Its first check-in."""
        return self.check_ins[0].at

    def takes(self, at: datetime) -> bool:
        """Whether a check-in at this later moment belongs to it: by the date, and by the hours passed.

        So a change of time zone makes no new day.
        """
        return at.date() == self.began.date() or at - self.began < SHORTEST_DAY


def judge_day(checks: Iterable[Checked], session_mode: Outcome | None, next_morning: str | None) -> DayResult:
    """What one day says for moving on.

    `session_mode` is how its session was done and `next_morning` the answer about the day after it; None where
    there is none. A day is tolerated when its symptoms are above the level at the start in nothing (section C).
    """
    days_checks = list(checks)
    outcome = Outcome.worst(symptom_outcome(check.rules) for check in days_checks)
    mild = all(is_steady(check, session_mode) for check in days_checks)
    return DayResult(outcome, outcome == Outcome.EASIER and next_morning == SETTLED and mild)


def is_steady(check: Checked, session_mode: Outcome | None = Outcome.EASIER) -> bool:
    """Whether every symptom of a check-in is one that may be tolerated, and not above the level at the start."""
    rows = [RULES[rule] for rule in check.rules if IS_SYMPTOM[rule]]
    return all(
        row.outcome == Outcome.EASIER and _STEADY.get(row.group, _never)(check.facts, session_mode)
        for row in rows
    )


def days_of(history: History) -> list[Day]:
    """The days with a check-in, oldest first.

    A day that reports nothing but a fine morning or a good rest session is left out, the more careful reading:
    else such days would push the others out of the last three.
    """
    return [day for day in _days(history) if not _tells_nothing(day)]


def judged_days(history: History, practices: Sequence[Practice], baseline: Baseline) -> list[DayResult]:
    """Each of the days with a check-in as judged, oldest first.

    The answer about the day after counts only for a day with a session (the more careful reading: the question
    asks about the last session).
    """
    found = []
    for day in days_of(history):
        done = [one for one in practices if day.began <= one.ended and day.takes(one.ended)]
        checks = [_checked(past, baseline) for past in day.check_ins]
        response = _next_response(day, history) if done else None
        found.append(judge_day(checks, done[-1].mode if done else None, response))
    return found


def rest_days_in_row(history: History, last_session: datetime | None) -> int:
    """Days in a row, the newest one counted, that called for rest or more; a finished session ends the row."""
    since = [past for past in history if last_session is None or past.at > last_session]
    count = 0
    for day in _days(since):
        rests = any(
            past.outcome.rank >= Outcome.BREATHING_ONLY.rank for past in day.check_ins if past.outcome
        )
        count = count + 1 if rests else 0
    return count


def symptoms_began(history: History) -> datetime | None:
    """When the symptoms of the newest days began: after the last three days in a row without any; None for none."""
    began, well = None, 0
    for day in days_of(history):
        if Outcome.worst(symptom_outcome(past.rules) for past in day.check_ins) == Outcome.GO:
            well += 1
            began = None if well >= GO_DAYS_BETWEEN else began
        else:
            began, well = began or day.began, 0
    return began


def symptoms_cleared(history: History, looked_at: datetime | None, baseline: Baseline) -> bool:
    """Whether someone has looked at these symptoms since they began, and none of them has got worse since then.

    Or each of the last three days' symptoms is one that a clinician agreed to exercise with, at its usual level.
    """
    began = symptoms_began(history)
    if began is None:
        return False
    if looked_at and looked_at.date() >= began.date():
        since = [past for past in history if past.at > looked_at]
        if all(is_steady(_checked(past, baseline)) for past in since):
            return True
    newest = [past for day in days_of(history)[-3:] for past in day.check_ins]
    return all(_is_usual(_checked(past, baseline)) for past in newest)


def last_days(
    history: History, practices: Sequence[Practice], baseline: Baseline, looked_at: datetime | None
) -> LastDays:
    """Return the last three days with a check-in; `looked_at` is when someone last looked at mild symptoms."""
    judged = judged_days(history, practices, baseline)[-3:]
    newest = [past for day in days_of(history)[-3:] for past in day.check_ins]
    return LastDays(
        outcomes=tuple([day.outcome for day in judged]),
        tolerated=sum([day.tolerated for day in judged]),
        is_cleared=symptoms_cleared(history, looked_at, baseline),
        symptoms=symptoms_of([rule for past in newest for rule in past.rules if IS_SYMPTOM[rule]]),
    )


def _checked(past: PastCheckIn, baseline: Baseline) -> Checked:
    usual = {
        "baselineLeak": baseline.leak,
        "baselineHeaviness": baseline.heaviness,
        "clearedSymptoms": baseline.cleared_symptoms,
    }
    return Checked(past.rules, {**past.answers, **usual})


def _days(history: History) -> list[Day]:
    days: list[Day] = []
    for past in history:
        if days and days[-1].takes(past.at):
            days[-1].check_ins.append(past)
        else:
            days.append(Day([past]))
    return days


def _tells_nothing(day: Day) -> bool:
    return all(
        (past.kind == CheckInKind.NEXT_MORNING or is_rest(past)) and symptom_outcome(past.rules) == Outcome.GO
        for past in day.check_ins
    )


def _next_response(day: Day, history: History) -> str | None:
    """The answer about the day after it: the first one given on a later day, the worst of several then."""
    later = [past for past in history if past.at > day.check_ins[-1].at and not day.takes(past.at)]
    for one in _days(later):
        given = [past.answers.get("lastResponse", "first") for past in one.check_ins]
        answers = [answer for answer in given if answer != "first"]
        if answers:
            return next((answer for answer in answers if answer != SETTLED), SETTLED)
    return None


def _pain(facts: Facts, _mode: Outcome | None) -> bool:
    return facts.get("pain", facts.get("painMax")) <= MAX_PAIN


def _heaviness(facts: Facts, _mode: Outcome | None) -> bool:
    most = facts["baselineHeaviness"] if ClearedSymptom.BULGE in facts["clearedSymptoms"] else 0
    return facts["heaviness"] <= max(MAX_HEAVINESS, most)


def _leak(facts: Facts, _mode: Outcome | None) -> bool:
    return facts["leak"] <= facts["baselineLeak"]


def _eased(_facts: Facts, mode: Outcome | None) -> bool:
    return mode == Outcome.EASIER


def _always(_facts: Facts, _mode: Outcome | None) -> bool:
    return True


def _never(_facts: Facts, _mode: Outcome | None) -> bool:
    return False


# By the group of a row: whether its symptom may be tolerated. What is not here never is.
_STEADY: Mapping[str | None, Callable[[Facts, Outcome | None], bool]] = {
    "pain": _pain,
    "heaviness": _heaviness,
    "leak": _leak,
    "scar": _always,
    "bowel": _always,  # a row of this group holds only where a clinician agreed to it
    "effort": _eased,
    "doming": _eased,
}

# What a clinician agreed to exercise with, by the group of a row.
_CLEARED_GROUP = {
    "heaviness": ClearedSymptom.BULGE,
    "bowel": ClearedSymptom.BOWEL_LEAK,
    "leak": ClearedSymptom.LEAK3,
}


def _is_usual(check: Checked) -> bool:
    rows = [RULES[rule] for rule in check.rules if IS_SYMPTOM[rule]]
    cleared = check.facts["clearedSymptoms"]
    return is_steady(check) and all(_CLEARED_GROUP.get(row.group or "") in cleared for row in rows)
