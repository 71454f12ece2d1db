"""The context in which the rules evaluate a check-in made now: the history and the member's baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from programs.facts.clearances import baseline_of
from programs.facts.journey import Journey
from programs.rules import contexts
from programs.rules.carry_over import CHECK_GOOD_FOR
from programs.rules.check_in_rules import AfterContext, BeforeContext
from programs.rules.history import PastCheckIn
from programs.rules.safety_flags import active_flags
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import CheckInKind, Outcome, SafetyFlag


def before_context(journey: Journey, answers: Mapping[str, object]) -> BeforeContext:
    """Return the context of a check-in before a session (three queries). Raises AnswerError."""
    last = journey.last_finished
    return contexts.before_context(
        journey.history_before,
        answers,
        at=journey.now,
        baseline=baseline_of(journey),
        last_session=last.ended if last else None,
        weeks_postpartum=_weeks(journey),
    )


def after_context(journey: Journey, answers: Mapping[str, object], mode: Outcome) -> AfterContext:
    """Return the context of a check-in after a session done in `mode` (two queries). Raises AnswerError."""
    history = journey.history_before
    return contexts.after_context(
        history,
        answers,
        at=journey.now,
        pain_before=_pain_before(history, journey.now),
        baseline=baseline_of(journey),
        weeks_postpartum=_weeks(journey),
        session_mode=mode,
    )


def safety_flags(journey: Journey, check_in: PastCheckIn | None = None) -> list[SafetyFlag]:
    """Return the safety flags in force by marks and check-ins, with `check_in` counted.

    Sorted, and without the flag that depends on the date.
    """
    history = [*journey.history_before, *([check_in] if check_in else [])]
    birth_type, days = journey.enrollment.birth_type, journey.days_since_birth
    return sorted(active_flags(journey.flag_marks, history, birth_type, days) - {SafetyFlag.CESAREAN_LT_8W})


def _weeks(journey: Journey) -> int:
    return weeks_postpartum(journey.enrollment.birth_date, journey.today)


def _pain_before(history: Sequence[PastCheckIn], at: datetime) -> int:
    """Return the pain of the check-in before this session; 0, the more careful figure, where there was none."""
    for past in reversed(history):
        if past.kind == CheckInKind.AFTER or at - past.at > CHECK_GOOD_FOR:
            break
        if past.kind == CheckInKind.BEFORE:
            return int(past.answers["pain"])
    return 0
