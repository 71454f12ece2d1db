"""A check-in made now, judged by the rules in its context: the history before it and what is usual for the member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from programs.facts.clearances import Cleared
from programs.facts.journey import WholeJourney
from programs.models import Enrollment, SessionLog
from programs.rules.carry_over import CHECK_GOOD_FOR, carry_over, in_force
from programs.rules.check_in import CheckInResult
from programs.rules.contexts import after_check, before_check, next_morning_check
from programs.rules.history import History, PastCheckIn
from programs.rules.safety_flags import FlagMark, active_flags
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import CheckInKind, Outcome, SafetyFlag


@dataclass(frozen=True)
class Judged:
    """A check-in as judged: its `result`, the `context` it was judged in (by clinical names), and what it changes.

    `log` is the session that an after-check is about. `past` is the check-in as the history of the next one has it,
    `flags` are the safety flags in force with it.
    """

    result: CheckInResult
    context: dict[str, Any]
    log: SessionLog | None
    past: PastCheckIn
    flags: list[SafetyFlag]


def judge_check_in(
    journey: WholeJourney,
    cleared: Cleared,
    kind: CheckInKind,
    answers: Mapping[str, Any],
    session_key: str,
) -> Judged:
    """Judge a check-in made now with these `answers`. Raise AnswerError for an answer missing or unknown."""
    history = [past for past in journey.history if past.at < journey.now]
    log = session_of(journey.logs, kind, session_key, journey.now)
    mode = Outcome(log.outcome) if log else Outcome.GO
    result, context = _result(journey, cleared, history, kind, answers, mode)
    if kind != CheckInKind.AFTER:  # a coming session is done with what is in force from before, too
        before = in_force(history, journey.now, journey.last_finished, journey.unlocked_at)
        mode = carry_over(before, result.outcome)
    past = PastCheckIn(
        kind=kind,
        at=journey.now,
        answers=answers,
        outcome=result.outcome,
        advice=result.advice,
        session_mode=mode,
        rules=result.rules,
    )
    return Judged(result, context, log, past, flags_after(journey.enrollment, [*history, past]))


def session_of(logs: Iterable[SessionLog], kind: CheckInKind, key: str, at: datetime) -> SessionLog | None:
    """Return the session that an after-check made `at` is about: the last one of that key (any for "") until then.

    `logs` are newest first.
    """
    if kind == CheckInKind.BEFORE:
        return None
    begun = (log for log in logs if log.started_at <= at and (not key or log.session_key == key))
    return next(begun, None)


def flags_after(enrollment: Enrollment, history: History) -> list[SafetyFlag]:
    """Return the safety flags in force by marks and `history`, sorted, without the one that depends on the date."""
    marks = [
        FlagMark(flag=SafetyFlag(mark["flag"]), at=datetime.fromisoformat(mark["at"]), on=mark["on"])
        for mark in enrollment.flag_marks
    ]
    return sorted(active_flags(marks, history))


def _result(
    journey: WholeJourney,
    cleared: Cleared,
    history: History,
    kind: CheckInKind,
    answers: Mapping[str, Any],
    mode: Outcome,
) -> tuple[CheckInResult, dict[str, Any]]:
    """Return the result by the rules, and the context under its clinical names."""
    now, last = journey.now, journey.last_finished
    if kind == CheckInKind.NEXT_MORNING:
        result, streak = next_morning_check(history, answers, now)
        return result, {"worseStillStreak": streak}
    if kind == CheckInKind.AFTER:
        result, after = after_check(
            history,
            answers,
            at=now,
            pain_before=_pain_before(history, now),
            baseline=cleared.baseline,
            weeks_postpartum=weeks_postpartum(journey.enrollment.birth_date, journey.today),
            session_mode=mode,
        )
        return result, after.codes()
    result, before = before_check(
        history,
        answers,
        at=now,
        baseline=cleared.baseline,
        last_session=last.ended if last else None,
        weeks_postpartum=weeks_postpartum(journey.enrollment.birth_date, journey.today),
    )
    return result, before.codes()


def _pain_before(history: History, at: datetime) -> int:
    """Return the pain of the check-in before this session; 0, the more careful figure, where there was none."""
    for past in reversed(history):
        if past.kind == CheckInKind.AFTER or at - past.at > CHECK_GOOD_FOR:
            break
        if past.kind == CheckInKind.BEFORE:
            return int(past.answers["pain"])
    return 0
