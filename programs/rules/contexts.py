"""The context of a check-in that is being judged, made from the history before it.

Source: evidence base, section F, "Context from history".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from .after_rules import AFTER_FIELDS
from .answers import read_answers
from .before_rules import BEFORE_FIELDS, NEXT_MORNING_FIELDS
from .check_in import evaluate_after, evaluate_before
from .check_in_rules import AfterContext, Baseline, BeforeContext
from .days import rest_days_in_row
from .history import (
    History,
    PastCheckIn,
    bleeding_more_streak,
    days_since_last,
    doming_kept_streak,
    easy_streak,
    heavy_streak,
    mood_low_in4,
    pf_no_streak,
    worse_still_streak,
)
from .vocabulary import CheckInKind, Outcome


def before_context(
    history: History,
    answers: Mapping[str, object],
    *,
    at: datetime,
    baseline: Baseline,
    last_session: datetime | None,
    weeks_postpartum: int,
) -> BeforeContext:
    """The context for `evaluate_before` of these `answers`, given `at`, after `history` (oldest first).

    `last_session` is when the last finished session of the program ended. Today counts as a day of rest only when
    today's own outcome is rest, so that is judged first. Raises AnswerError as `evaluate_before` does.
    """
    given = read_answers(BEFORE_FIELDS, answers)
    today = PastCheckIn(kind=CheckInKind.BEFORE, at=at, answers=given)
    with_today = [*history, today]
    context = BeforeContext(
        baseline_leak=baseline.leak,
        baseline_heaviness=baseline.heaviness,
        days_since_last=days_since_last(last_session, at),
        weeks_postpartum=weeks_postpartum,
        bleeding_more_streak=bleeding_more_streak(with_today),
        heavy_streak=heavy_streak(with_today),
        worse_still_streak=worse_still_streak(with_today),
        mood_low_in4=mood_low_in4(with_today),
        rest_days_in_row=0,
        cleared_symptoms=baseline.cleared_symptoms,
    )
    judged = replace(today, outcome=evaluate_before(answers, context).outcome)
    return replace(context, rest_days_in_row=rest_days_in_row([*history, judged], last_session))


def after_context(
    history: History,
    answers: Mapping[str, object],
    *,
    at: datetime,
    pain_before: int,
    baseline: Baseline,
    weeks_postpartum: int,
    session_mode: Outcome,
) -> AfterContext:
    """The context for `evaluate_after` of these `answers`, given `at`, after `history` (oldest first).

    The easy streak counts today only when today's own outcome is go, so that is judged first. Raises
    AnswerError as `evaluate_after` does.
    """
    given = read_answers(AFTER_FIELDS, answers)
    today = PastCheckIn(kind=CheckInKind.AFTER, at=at, answers=given, session_mode=session_mode)
    context = AfterContext(
        pain_before=pain_before,
        baseline_leak=baseline.leak,
        baseline_heaviness=baseline.heaviness,
        weeks_postpartum=weeks_postpartum,
        bleeding_more_streak=bleeding_more_streak([*history, today]),
        pf_no_streak=pf_no_streak([*history, today]),
        doming_kept_streak=doming_kept_streak([*history, today]),
        easy_streak=0,
        cleared_symptoms=baseline.cleared_symptoms,
    )
    judged = replace(today, outcome=evaluate_after(answers, context).outcome)
    return replace(context, easy_streak=easy_streak([*history, judged]))


def next_morning_streak(history: History, answers: Mapping[str, object], at: datetime) -> int:
    """The streak for `evaluate_next_morning` of these `answers`, given `at`. Raises AnswerError."""
    given = read_answers(NEXT_MORNING_FIELDS, answers)
    today = PastCheckIn(kind=CheckInKind.NEXT_MORNING, at=at, answers=given)
    return worse_still_streak([*history, today])
