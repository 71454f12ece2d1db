"""Finding one's way in a plan, and reading plans that older code wrote."""

import pytest

from programs.files import read_content
from programs.plan import Plan, UnknownSession, Unreadable, digest
from programs.rules.vocabulary import SafetyFlag


@pytest.fixture(scope="module")
def plan():
    return read_content().plan


def test_sessions_of_a_week_come_in_order(plan):
    assert [session.key for session in plan.sessions_of_week(3)] == ["w03-a", "w03-b", "w03-c"]
    assert [session.letter for session in plan.sessions_of_week(12)] == ["A", "B", "C"]
    assert plan.daily_of_week(3).key == "w03-daily"


def test_the_tracks_have_their_own_addresses(plan):
    assert (plan.rest.key, plan.early.key, plan.relaxation.key) == ("rest", "early-recovery", "relaxation")


def test_weeks_know_their_phase(plan):
    assert plan.total_weeks == 12
    assert [plan.phase_of(number).number for number in (1, 3, 4, 6, 7, 9, 10, 12)] == [1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize("key", ["w13-a", "", "W01-A", "../etc"])
def test_an_unknown_session_is_its_own_error(plan, key):
    with pytest.raises(UnknownSession):
        plan.session(key)


def test_an_unknown_week_is_a_lookup_error(plan):
    with pytest.raises(LookupError):
        plan.week(13)


def test_without_her_baby_every_such_word_is_replaced(plan):
    other = plan.without_baby
    assert other.week(3).theme == "Rise, Roll and Rest"
    assert other.week(1) == plan.week(1)
    lift = other.exercise("baby-lift-practice")
    assert lift.steps[0].endswith("It stands in for a bag or the laundry.")
    assert lift.steps[1:] == plan.exercise("baby-lift-practice").steps[1:]
    assert lift.caution(SafetyFlag.CESAREAN_LT_8W) == "Nothing heavy for now; practice the shape."
    assert other.exercise("log-roll").harder_text == "Do it with one hand holding a pillow."
    reset = other.exercise("stand-tall-reset")
    assert reset.form_cues[1] == "When you carry on one side, change sides often."
    assert other.exercise_facts == plan.exercise_facts
    assert "baby" in " ".join(plan.about.cesarean_guidance)
    assert "baby" not in " ".join(other.about.cesarean_guidance)


def test_the_amount_of_work_is_spoken_of_in_the_weeks_that_have_less(plan):
    weeks = [week.number for week in plan.weeks if plan.volume_note_of(week.number)]
    assert weeks == [7, 10]
    assert plan.volume_note_of(7) == plan.about.volume_note


def test_a_release_of_older_or_newer_code_still_loads(plan):
    data = plan.to_json()
    data["about"].pop("volume_note")
    data["weeks"][0]["something_newer"] = "x"

    assert Plan.from_json(data).about.volume_note == ""


def test_what_is_no_plan_is_refused_with_every_place(plan):
    data = plan.to_json()
    data["exercises"]["cat-cow"]["doses"]["1"]["sets"] = 0
    del data["weeks"][0]["theme"]

    with pytest.raises(Unreadable) as refused:
        Plan.from_json(data)

    assert {problem.path for problem in refused.value.problems} == {
        ("exercises", "cat-cow", "doses", "1"),
        ("weeks", 0),
    }


def test_a_digest_tells_only_what_is_said(plan):
    week = plan.to_json()["weeks"][0]
    assert "theme_no_baby" not in week
    assert digest(plan.week(1)) == digest(Plan.from_json(plan.to_json()).week(1))
    assert digest(plan.week(1)) != digest(plan.week(2))
