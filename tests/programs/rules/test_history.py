"""From past check-ins to streaks, contexts and what is carried over."""

from datetime import timedelta, timezone

import pytest

from programs.rules.check_in_rules import Baseline
from programs.rules.contexts import after_check, before_check, next_morning_check
from programs.rules.history import (
    PastCheckIn,
    baseline_heaviness,
    baseline_leak,
    bleeding_more_streak,
    days_passed,
    days_since_last,
    doming_kept_streak,
    easy_streak,
    heavy_streak,
    last_responses,
    mood_low_in4,
    pf_no_streak,
    worse_still_in_last3,
    worse_still_streak,
)
from programs.rules.vocabulary import Advice, AnswerError, Outcome

from .support import (
    ALL_WELL_AFTER,
    ALL_WELL_BEFORE,
    START,
    after,
    before,
    cut_short,
    evaluate_after,
    evaluate_before,
    next_morning,
)

EASIER, BREATHE = Outcome.EASIER, Outcome.BREATHING_ONLY


@pytest.mark.parametrize(
    ("history", "streak"),
    [
        ([], 0),
        ([before(0)], 0),
        ([before(0, bleeding="more")], 1),
        ([before(0, bleeding="more"), before(24, bleeding="more")], 2),
        ([after(0, bleeding="more"), before(24, bleeding="more")], 2),
        ([before(0, bleeding="more"), before(24, bleeding="same"), before(48, bleeding="more")], 1),
        ([before(0, bleeding="heavy"), before(24, bleeding="more")], 2),
        # A better answer after a rest session does not hide what is back at the next before-check.
        ([before(0, bleeding="more"), after(1, bleeding="same"), before(24, bleeding="more")], 2),
        ([before(0, bleeding="more"), next_morning(20, "worse_still"), before(24, bleeding="more")], 2),
    ],
)
def test_bleeding_more_in_a_row(history, streak):
    assert bleeding_more_streak(history) == streak


@pytest.mark.parametrize(
    ("levels", "streak"), [([2], 1), ([1], 0), ([3, 2, 2], 3), ([2, 1, 2], 1), ([2, 2, 0], 0)]
)
def test_strong_heaviness_in_a_row(levels, streak):
    assert heavy_streak([before(24 * day, heaviness=level) for day, level in enumerate(levels)]) == streak


def test_strong_heaviness_in_a_row_over_both_checks():
    assert heavy_streak([after(0, heaviness=2), before(24, heaviness=2), after(25, heaviness=3)]) == 3


@pytest.mark.parametrize(
    ("history", "streak"),
    [
        ([before(0, lastResponse="worse_still")], 1),
        ([before(0, lastResponse="worse_still"), before(24, lastResponse="worse_still")], 2),
        ([before(0, lastResponse="worse_still"), before(24, lastResponse="worse_settled")], 0),
        ([before(0, lastResponse="worse_still"), after(1), before(24, lastResponse="worse_still")], 2),
        # The link of the morning and the check-in of the same day are one answer, the later.
        ([next_morning(0, "worse_still"), before(3, lastResponse="worse_still")], 1),
        ([next_morning(0, "worse_still"), before(3, lastResponse="same_or_better")], 0),
        ([before(0, lastResponse="worse_still"), next_morning(3, "worse_still")], 1),
        ([next_morning(0, "worse_still"), before(24, lastResponse="worse_still")], 2),
        # Two check-ins of one day are two.
        ([before(0, lastResponse="worse_still"), before(3, lastResponse="worse_still")], 2),
        ([before(0, lastResponse="worse_still"), before(24, lastResponse="first")], 1),
    ],
)
def test_still_worse_in_a_row(history, streak):
    assert worse_still_streak(history) == streak


@pytest.mark.parametrize(
    ("moods", "low"),
    [
        ([], 0),
        (["low"], 1),
        (["low", "ok", "low", "low"], 3),
        (["low", "ok", "ok", "ok", "low"], 1),
        (["low", "low", "low", "low", "low"], 4),
        (["not_safe", "low", "ok", "low"], 3),
        (["thoughts_supported", "ok", "ok", "low"], 2),
    ],
)
def test_low_mood_in_the_last_four(moods, low):
    history = [before(24 * day, mood=mood) for day, mood in enumerate(moods)]
    assert mood_low_in4(history) == low
    assert mood_low_in4([part for one in history for part in (one, after(1))]) == low


@pytest.mark.parametrize(
    ("answers", "streak"),
    [
        (["no"], 1),
        (["no", "no"], 2),
        (["no", "yes", "no"], 1),
        (["no", "unsure"], 0),
        (["no", "na", "na", "no"], 2),
        (["na"], 0),
    ],
)
def test_could_not_let_go_in_a_row(answers, streak):
    assert pf_no_streak([after(24 * day, pfRelease=answer) for day, answer in enumerate(answers)]) == streak


@pytest.mark.parametrize(
    ("answers", "streak"), [(["kept"], 1), (["kept", "kept", "kept"], 3), (["kept", "fixed", "kept"], 1)]
)
def test_doming_kept_in_a_row(answers, streak):
    history = [after(24 * day, doming=answer) for day, answer in enumerate(answers)]
    assert doming_kept_streak([part for one in history for part in (before(0), one)]) == streak


def test_a_rest_session_without_doming_does_not_break_the_row():
    kept = [after(0, doming="kept"), after(24, session_mode=BREATHE), after(48, doming="kept")]
    assert doming_kept_streak(kept) == 2
    assert doming_kept_streak([*kept, after(72, session_mode=BREATHE, doming="fixed")]) == 0
    assert doming_kept_streak([*kept, after(72, session_mode=EASIER)]) == 0


@pytest.mark.parametrize(
    ("history", "streak"),
    [
        ([after(0, effort=3)], 1),
        ([after(0, effort=4)], 0),
        ([after(0, effort=3), after(24, effort=1)], 2),
        ([after(0, effort=3), after(24, EASIER, effort=3), after(48, effort=3)], 1),
        ([after(0, effort=3, session_mode=EASIER), after(24, effort=3)], 1),
        ([after(0, effort=3), after(24, effort=3, session_mode=BREATHE)], 0),
    ],
)
def test_easy_sessions_in_a_row(history, streak):
    assert easy_streak(history) == streak


def test_the_leak_baseline_is_that_of_the_phases_beginning():
    history = [before(0, leak=1), after(1, leak=3), before(24, leak=2), before(48, leak=0)]
    assert baseline_leak(history, history[2].at, screening_level=3) == 2
    assert baseline_leak(history, history[1].at, screening_level=3) == 1
    assert baseline_leak(history, START.replace(year=2025), screening_level=3) == 3
    assert baseline_leak([], START, screening_level=0) == 0


def test_a_session_is_done_as_planned_unless_told():
    usual = after(0)
    assert PastCheckIn(kind=usual.kind, at=usual.at, answers=usual.answers).session_mode == Outcome.GO


def test_still_worse_in_the_last_three():
    responses = ["worse_still", "same_or_better", "worse_still", "worse_still", "first"]
    history = [before(24 * day, lastResponse=response) for day, response in enumerate(responses)]
    assert worse_still_in_last3(history) == 2
    assert worse_still_in_last3(history[:2]) == 1
    assert worse_still_in_last3(history[:3]) == 2
    assert worse_still_in_last3(history, since=history[2].at) == 1
    assert last_responses(history) == responses[:-1]


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (23.9, 0), (24, 1), (24 * 14, 14), (24 * 14 - 1, 13)])
def test_days_since_the_last_session_are_counted_by_hours(hours, days):
    assert days_since_last(START, after(hours).at) == days


def test_a_change_of_time_zone_makes_no_day():
    far_east = timezone(timedelta(hours=14))
    assert days_passed(START, START.astimezone(far_east)) == 0
    assert days_passed(START, (START + timedelta(hours=30)).astimezone(far_east)) == 1
    assert days_passed(START, START - timedelta(hours=1)) == 0


def test_heaviness_when_the_phase_began():
    history = [before(0, heaviness=1), after(1, heaviness=3), before(24, heaviness=2)]
    assert baseline_heaviness(history, history[2].at, screening_level=3) == 2
    assert baseline_heaviness(history, history[1].at, screening_level=3) == 1
    assert baseline_heaviness([], START, screening_level=1) == 1


def test_there_may_be_no_last_session():
    assert days_since_last(None, START) is None
    assert days_since_last(after(24).at, START) == 0


BEFORE_HISTORY = [
    before(0, bleeding="more", heaviness=2, lastResponse="worse_still", mood="low"),
    before(24, bleeding="more", heaviness=2, lastResponse="worse_still", mood="low"),
]


def test_the_context_of_a_before_check_counts_today_in():
    today = ALL_WELL_BEFORE | {
        "bleeding": "more", "heaviness": 2, "lastResponse": "worse_still", "mood": "low"
    }  # fmt: skip
    result, context = before_check(
        BEFORE_HISTORY,
        today,
        at=before(48).at,
        baseline=Baseline(1, 2, ("pain7",)),
        last_session=START - timedelta(hours=24),
        weeks_postpartum=7,
    )
    assert context.codes() == {
        "baselineLeak": 1,
        "baselineHeaviness": 2,
        "daysSinceLast": 3,
        "weeksPostpartum": 7,
        "bleedingMoreStreak": 3,
        "heavyStreak": 3,
        "worseStillStreak": 3,
        "moodLowIn4": 3,
        "restDaysInRow": 3,
        "clearedSymptoms": ["pain7"],
    }
    assert result == evaluate_before(today, context)
    assert result.rules[:3] == ("PRE-U3", "PRE-C5", "PRE-C6")


def test_today_may_break_every_streak():
    _, context = before_check(
        BEFORE_HISTORY,
        ALL_WELL_BEFORE,
        at=before(48).at,
        baseline=Baseline(),
        last_session=None,
        weeks_postpartum=7,
    )
    streaks = (context.bleeding_more_streak, context.heavy_streak, context.worse_still_streak)
    assert (streaks, context.mood_low_in4) == ((0, 0, 0), 2)


def after_check_of(history, mode=Outcome.GO, **changes):
    return after_check(
        history,
        ALL_WELL_AFTER | changes,
        at=after(96).at,
        pain_before=2,
        baseline=Baseline(1, 0, ("leak3",)),
        weeks_postpartum=5,
        session_mode=mode,
    )


def test_the_context_of_an_after_check_counts_today_in():
    _, context = after_check_of([after(0, doming="kept", pfRelease="no")], doming="kept", pfRelease="no")
    assert context.codes() == {
        "painBefore": 2,
        "baselineLeak": 1,
        "baselineHeaviness": 0,
        "weeksPostpartum": 5,
        "bleedingMoreStreak": 0,
        "pfNoStreak": 2,
        "domingKeptStreak": 2,
        "easyStreak": 0,
        "clearedSymptoms": ["leak3"],
    }


@pytest.mark.parametrize(
    ("mode", "changes", "streak"),
    [
        (Outcome.GO, {"effort": 3}, 2),
        (Outcome.GO, {"effort": 4}, 0),
        (Outcome.GO, {"effort": 3, "heaviness": 1}, 0),
        (Outcome.EASIER, {"effort": 3}, 0),
    ],
)
def test_the_easy_streak_looks_at_todays_own_outcome(mode, changes, streak):
    result, context = after_check_of([after(0, effort=2)], mode, **changes)
    assert context.easy_streak == streak
    assert result == evaluate_after(ALL_WELL_AFTER | changes, context)
    assert (Advice.MAY_USE_HARDER in result.advice) is (streak >= 2)


def test_a_context_is_not_made_from_missing_answers():
    with pytest.raises(AnswerError):
        after_check_of([], effort=None)
    with pytest.raises(AnswerError):
        before_check([], {}, at=START, baseline=Baseline(), last_session=None, weeks_postpartum=3)


def test_the_streak_of_the_next_morning():
    history = [before(0, lastResponse="worse_still"), before(24, lastResponse="worse_still")]
    still, better = {"lastResponse": "worse_still"}, {"lastResponse": "same_or_better"}
    assert next_morning_check(history, still, before(48).at)[1] == 3
    assert next_morning_check(history, still, before(30).at)[1] == 2
    assert next_morning_check(history, better, before(48).at)[1] == 0
    with pytest.raises(AnswerError):
        next_morning_check(history, {}, before(48).at)


def test_a_check_in_cut_short_by_an_emergency_neither_counts_nor_breaks_a_row():
    emergency = [cut_short("before", 48), cut_short("after", 50)]
    rows = [
        (heavy_streak, [before(0, heaviness=2), *emergency, before(72, heaviness=2)]),
        (bleeding_more_streak, [before(0, bleeding="more"), *emergency, before(72, bleeding="more")]),
        (pf_no_streak, [after(0, pfRelease="no"), *emergency, after(72, pfRelease="no")]),
        (doming_kept_streak, [after(0, doming="kept"), *emergency, after(72, doming="kept")]),
        (mood_low_in4, [before(0, mood="low"), *emergency, before(72, mood="low")]),
    ]
    assert [count(history) for count, history in rows] == [2, 2, 2, 2, 2]
    assert baseline_leak([before(0, leak=2), *emergency], emergency[1].at, 0) == 2


def test_a_session_that_ended_in_an_emergency_is_no_easy_one():
    assert easy_streak([after(0, effort=1), cut_short("after", 24), after(48, effort=1)]) == 1
