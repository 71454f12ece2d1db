"""A check-in judged in its context, which is made from the history before it.

Source: evidence base, section F, "Context from history".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from .after_rules import AFTER_FIELDS
from .answers import read_answers
from .before_rules import BEFORE_FIELDS, NEXT_MORNING_FIELDS
from .check_in import CheckInResult, judge
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
    is_easy,
    mood_low_in4,
    pf_no_streak,
    worse_still_streak,
)
from .vocabulary import CheckInKind, Outcome


def before_check(
    history: History,
    answers: Mapping[str, object],
    *,
    at: datetime,
    baseline: Baseline,
    last_session: datetime | None,
    weeks_postpartum: int,
) -> tuple[CheckInResult, BeforeContext]:
    """Judge a check before a session, given `at`, after `history` (oldest first). Return the result and its context.

    `last_session` is when the last finished session of the program ended. Today counts as a day of rest only when
    today's own outcome is rest, so that is judged first. Raise AnswerError for any answer missing or unknown.
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
    first = judge(CheckInKind.BEFORE, given, context.codes())
    judged = replace(today, outcome=first.outcome)
    context = replace(context, rest_days_in_row=rest_days_in_row([*history, judged], last_session))
    return judge(CheckInKind.BEFORE, given, context.codes()), context


def after_check(
    history: History,
    answers: Mapping[str, object],
    *,
    at: datetime,
    pain_before: int,
    baseline: Baseline,
    weeks_postpartum: int,
    session_mode: Outcome,
) -> tuple[CheckInResult, AfterContext]:
    """Judge a check after a session, given `at`, after `history` (oldest first). Return the result and its context.

    The easy streak counts today only when today's own outcome is go, so that is judged first. Raise AnswerError
    for any answer missing or unknown.
    """
    given = read_answers(AFTER_FIELDS, answers)
    today = PastCheckIn(kind=CheckInKind.AFTER, at=at, answers=given, session_mode=session_mode)
    with_today, easy_before = [*history, today], easy_streak(history)
    context = AfterContext(
        pain_before=pain_before,
        baseline_leak=baseline.leak,
        baseline_heaviness=baseline.heaviness,
        weeks_postpartum=weeks_postpartum,
        bleeding_more_streak=bleeding_more_streak(with_today),
        pf_no_streak=pf_no_streak(with_today),
        doming_kept_streak=doming_kept_streak(with_today),
        easy_streak=0,
        cleared_symptoms=baseline.cleared_symptoms,
    )
    first = judge(CheckInKind.AFTER, given, context.codes())
    if not is_easy(replace(today, outcome=first.outcome)):
        return first, context
    context = replace(context, easy_streak=easy_before + 1)
    return judge(CheckInKind.AFTER, given, context.codes()), context


def next_morning_check(
    history: History, answers: Mapping[str, object], at: datetime
) -> tuple[CheckInResult, int]:
    """Judge the next morning, given `at`. Return the result and the streak of "still worse". Raise AnswerError."""
    given = read_answers(NEXT_MORNING_FIELDS, answers)
    today = PastCheckIn(kind=CheckInKind.NEXT_MORNING, at=at, answers=given)
    streak = worse_still_streak([*history, today])
    return judge(CheckInKind.NEXT_MORNING, given, {"worseStillStreak": streak}), streak
