"""A check-in made now, judged by the rules in its context: the history before it and what is usual for the member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from programs.facts.clearances import Cleared, baseline_of
from programs.facts.journey import WholeJourney
from programs.models import Enrollment
from programs.rules.carry_over import CHECK_GOOD_FOR, carry_over, in_force
from programs.rules.check_in import CheckInResult, evaluate_after, evaluate_before, evaluate_next_morning
from programs.rules.contexts import after_context, before_context, next_morning_streak
from programs.rules.history import History, PastCheckIn
from programs.rules.safety_flags import FlagMark, active_flags
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import CheckInKind, Outcome, SafetyFlag


@dataclass(frozen=True)
class Judged:
    """A check-in as judged: its `result`, the `context` it was judged in (by clinical names), and what it changes.

    `past` is the check-in as the history of the next one has it, `flags` are the safety flags in force with it.
    """

    result: CheckInResult
    context: dict[str, Any]
    past: PastCheckIn
    flags: list[SafetyFlag]


def judge(
    journey: WholeJourney,
    cleared: Cleared,
    kind: CheckInKind,
    answers: Mapping[str, Any],
    session_mode: Outcome,
) -> Judged:
    """Judge a check-in made now with these `answers`; `session_mode` is how the session before an after-check was done.

    Raise AnswerError for an answer missing or unknown.
    """
    history = [past for past in journey.history if past.at < journey.now]
    result, context = _evaluate(journey, cleared, history, kind, answers, session_mode)
    if kind != CheckInKind.AFTER:  # a coming session is done with what is in force from before, too
        before = in_force(history, journey.now, journey.last_finished, journey.unlocked_at)
        session_mode = carry_over(before, result.outcome)
    past = PastCheckIn(
        kind=kind,
        at=journey.now,
        answers=answers,
        outcome=result.outcome,
        advice=result.advice,
        session_mode=session_mode,
        rules=result.rules,
    )
    return Judged(result, context, past, flags_after(journey.enrollment, [*history, past]))


def flags_after(enrollment: Enrollment, history: History) -> list[SafetyFlag]:
    """Return the safety flags in force by marks and `history`, sorted, without the one that depends on the date."""
    marks = [
        FlagMark(flag=SafetyFlag(mark["flag"]), at=datetime.fromisoformat(mark["at"]), on=mark["on"])
        for mark in enrollment.flag_marks
    ]
    return sorted(active_flags(marks, history))


def _evaluate(
    journey: WholeJourney,
    cleared: Cleared,
    history: History,
    kind: CheckInKind,
    answers: Mapping[str, Any],
    session_mode: Outcome,
) -> tuple[CheckInResult, dict[str, Any]]:
    """Return the result of the rules, and the context it was evaluated in."""
    if kind == CheckInKind.NEXT_MORNING:
        streak = next_morning_streak(history, answers, journey.now)
        return evaluate_next_morning(answers, streak), {"worseStillStreak": streak}
    baseline = baseline_of(journey.enrollment, cleared)
    weeks = weeks_postpartum(journey.enrollment.birth_date, journey.today)
    if kind == CheckInKind.AFTER:
        after = after_context(
            history,
            answers,
            at=journey.now,
            pain_before=_pain_before(history, journey.now),
            baseline=baseline,
            weeks_postpartum=weeks,
            session_mode=session_mode,
        )
        return evaluate_after(answers, after), after.codes()
    last = journey.last_finished
    before = before_context(
        history,
        answers,
        at=journey.now,
        baseline=baseline,
        last_session=last.ended if last else None,
        weeks_postpartum=weeks,
    )
    return evaluate_before(answers, before), before.codes()


def _pain_before(history: History, at: datetime) -> int:
    """Return the pain of the check-in before this session; 0, the more careful figure, where there was none."""
    for past in reversed(history):
        if past.kind == CheckInKind.AFTER or at - past.at > CHECK_GOOD_FOR:
            break
        if past.kind == CheckInKind.BEFORE:
            return int(past.answers["pain"])
    return 0
