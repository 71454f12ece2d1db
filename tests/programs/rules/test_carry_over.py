"""What stays in force after a check-in, when a session is open, and what mends a slip."""

from datetime import timedelta

import pytest

from programs.rules.carry_over import Finished, InForce, carry_over, door, hours, in_force, why_not_corrected
from programs.rules.vocabulary import Advice, AnswerError, Outcome

from .support import START, after, before, next_morning

GO, EASIER, BREATHE = Outcome.GO, Outcome.EASIER, Outcome.BREATHING_ONLY
PAUSE, EMERGENCY = Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY
BLEEDING_REST = (Advice.REST_48H_BLEEDING,)


def at(hour):
    return START + timedelta(hours=hour)


def session(began, ended):
    return Finished(at(began), at(ended))


@pytest.mark.parametrize(
    ("last", "advice", "ago", "today", "mode"),
    [
        (GO, (), 1, GO, GO),
        (GO, (), 1, EASIER, EASIER),
        (EASIER, (), 1, GO, EASIER),
        (EASIER, (), 500, GO, EASIER),
        (EASIER, (), 48, BREATHE, BREATHE),
        (BREATHE, (), 0, GO, BREATHE),
        (BREATHE, (), 23.99, GO, BREATHE),
        (BREATHE, (), 24, GO, EASIER),
        (BREATHE, BLEEDING_REST, 47.99, GO, BREATHE),
        (BREATHE, BLEEDING_REST, 48, GO, EASIER),
        (BREATHE, (), 30, PAUSE, PAUSE),
        (PAUSE, (), 900, GO, PAUSE),
        (PAUSE, (), 900, EMERGENCY, EMERGENCY),
        (EMERGENCY, (), 900, GO, EMERGENCY),
    ],
)
def test_what_one_check_leaves_behind(last, advice, ago, today, mode):
    assert carry_over([InForce(last, advice, timedelta(hours=ago))], today) == mode


def test_where_nothing_is_in_force_today_decides():
    assert [carry_over([], outcome) for outcome in Outcome] == list(Outcome)


def outcomes_in_force(history, now, last_session=None, unlocked_at=None):
    return [one.outcome for one in in_force(history, at(now), last_session, unlocked_at)]


def test_each_check_since_the_last_session_is_in_force():
    history = [before(0, pain=4), after(1), next_morning(20, "worse_still"), before(30)]
    assert outcomes_in_force(history, 30) == [EASIER, GO, BREATHE, GO]
    assert outcomes_in_force(history, 60, session(0.5, 1)) == [GO, BREATHE, GO]
    assert outcomes_in_force(history, 90, session(61, 62)) == []


def test_the_check_after_the_last_session_is_its_own():
    late = after(0.9, painMax=5)
    assert outcomes_in_force([before(0), late], 30, session(0.5, 1)) == [BREATHE]
    of_rest = after(0.9, painMax=5, session_mode=BREATHE)
    assert outcomes_in_force([before(0), of_rest], 30, session(0.5, 1)) == []


def test_a_rest_stands_though_a_session_was_done_anyway():
    resting = before(0, bleeding="more")
    assert Advice.REST_48H_BLEEDING in resting.advice
    history = [before(0, pain=6), resting]
    assert outcomes_in_force(history, 23, session(1, 2)) == [BREATHE, PAUSE]
    gentle = [before(0, pain=6)]
    assert outcomes_in_force(gentle, 23, session(1, 2)) == [BREATHE]
    assert outcomes_in_force(gentle, 24, session(1, 2)) == []


def test_a_pause_is_in_force_until_it_is_unlocked():
    history = [before(0, pain=8), before(1)]
    assert outcomes_in_force(history, 900) == [PAUSE, GO]
    assert outcomes_in_force(history, 900, session(2, 3)) == [PAUSE]
    assert outcomes_in_force(history, 900, unlocked_at=at(0.5)) == [GO]
    assert outcomes_in_force(history, 900, unlocked_at=at(-1)) == [PAUSE, GO]


def test_the_end_of_a_hold_shortens_no_rest():
    assert outcomes_in_force([before(0, pain=6)], 20, unlocked_at=at(10)) == [BREATHE]


def opened(**changes):
    facts = {"checked_ago": timedelta(hours=1), "before_outcome": GO, "in_force": [], "is_complete": True,
             "finished_since": False, "is_held": False}  # fmt: skip
    return door(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "is_open", "mode"),
    [
        ({}, True, GO),
        ({"before_outcome": EASIER}, True, EASIER),
        ({"before_outcome": BREATHE}, False, BREATHE),
        ({"before_outcome": None}, False, None),
        ({"checked_ago": None}, False, None),
        ({"checked_ago": timedelta(hours=12)}, True, GO),
        ({"checked_ago": timedelta(hours=12, seconds=1)}, False, None),
        ({"checked_ago": timedelta(seconds=-1)}, False, None),
        ({"finished_since": True}, False, None),
        ({"is_held": True}, False, None),
        ({"is_complete": False}, False, None),
        ({"in_force": [InForce(BREATHE, (), timedelta(hours=10))]}, False, BREATHE),
        ({"in_force": [InForce(BREATHE, (), timedelta(hours=24))]}, True, EASIER),
    ],
)
def test_the_door_to_a_session(changes, is_open, mode):
    found = opened(**changes)
    assert (found.is_open, found.mode) == (is_open, mode)


@pytest.mark.parametrize(
    ("minutes", "earlier", "mood", "taken"),
    [
        (0, 0, "ok", True),
        (10, 0, "low", True),
        (10.01, 0, "ok", False),
        (-1, 0, "ok", False),
        (1, 1, "ok", False),
        (1, 0, "not_safe", False),
        (1, 0, "thoughts_supported", True),
        (1, 0, None, True),
    ],
)
def test_a_slip_may_be_mended_and_a_change_of_mind_not(minutes, earlier, mood, taken):
    assert (why_not_corrected(timedelta(minutes=minutes), earlier, mood) is None) is taken


@pytest.mark.parametrize("value", [None, -1, float("nan"), float("inf"), "48", True])
def test_hours_must_be_hours(value):
    with pytest.raises(AnswerError) as raised:
        hours(value)
    assert raised.value.field == "hoursSince"
