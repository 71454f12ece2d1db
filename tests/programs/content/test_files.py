"""The reviewed program is there as a whole: how much of it, and some of it to the letter."""

from collections import Counter

import pytest

from programs.files import read_content
from programs.plan import Plan
from programs.rules.prescribing import Dose, Tempo
from programs.rules.vocabulary import Focus, Mode, SafetyAction, SafetyFlag, SessionKind


@pytest.fixture(scope="module")
def content():
    return read_content()


@pytest.fixture(scope="module")
def plan(content):
    return content.plan


def test_all_exercises_are_there_with_every_flag_judged(plan):
    assert Counter(exercise.focus for exercise in plan.exercises.values()) == {
        Focus.BREATHING: 8,
        Focus.PELVIC_FLOOR: 11,
        Focus.CORE: 16,
        Focus.GLUTES: 17,
        Focus.MOBILITY: 14,
    }
    assert all(exercise.safety.keys() == set(SafetyFlag) for exercise in plan.exercises.values())
    actions = Counter(
        caution.action for exercise in plan.exercises.values() for caution in exercise.safety.values()
    )
    assert actions == {SafetyAction.OK: 240, SafetyAction.EASIER: 69, SafetyAction.SWAP: 87}
    assert sum(bool(exercise.no_baby_text) for exercise in plan.exercises.values()) == 15
    assert sum(len(exercise.tags) for exercise in plan.exercises.values()) == 14


def test_all_sessions_are_there(plan):
    kinds = Counter(session.kind for session in plan.sessions.values())
    assert kinds == {
        SessionKind.SESSION: 36,
        SessionKind.DAILY: 12,
        SessionKind.REST: 1,
        SessionKind.EARLY: 1,
        SessionKind.RELAXATION: 1,
    }
    assert [len(plan.weeks_of_phase(phase.number)) for phase in plan.phases] == [3, 3, 3, 3]
    assert [len(phase.milestones) for phase in plan.phases] == [5, 5, 5, 5]


def test_lengths_are_those_of_the_reviewed_data(plan):
    minutes = [session.minutes for week in plan.weeks for session in plan.sessions_of_week(week.number)]
    assert minutes[:6] == [11, 11, 11, 11, 11, 11]
    assert minutes[-3:] == [24, 19, 23]
    assert (min(minutes), max(minutes)) == (11, 24)
    assert [plan.daily_of_week(number).seconds for number in (1, 6, 12)] == [205, 270, 289]
    assert (plan.rest.seconds, plan.early.seconds, plan.relaxation.seconds) == (285, 225, 240)
    assert plan.session("w12-a").short_form_minutes == 12


def test_an_exercise_to_the_letter(plan):
    lift = plan.exercise("baby-lift-practice")
    assert lift.mode == Mode.COUNTED
    assert lift.doses[3] == Dose(2, 8, None, Tempo(2, 1, 2, 1), 25)
    assert lift.safety[SafetyFlag.HEAVINESS].swap_to == "hip-hinge"
    assert lift.caution(SafetyFlag.CESAREAN_LT_8W).startswith("Nothing heavier than your baby")
    assert (lift.easier_variant, lift.harder_variant) == ("hip-hinge", "floor-to-stand")
    assert (
        plan.exercise("cat-cow").caution(SafetyFlag.DOMING)
        == "Do not let the belly drop; keep the cow small."
    )
    assert plan.exercise("heel-slide").sides == 2
    assert plan.exercise("cat-cow").tags == ("wrists: use forearms or sit",)


def test_a_session_to_the_letter(plan):
    session = plan.session("w03-a")
    assert session.title == "Breathe and Find"
    assert [one.exercise for one in session.short_form] == [
        "rib-breathing-lying",
        "pf-holds-lying",
        "deep-core-hug",
        "mini-bridge",
    ]
    hold = session.prescriptions[1]
    assert (hold.exercise, hold.dose) == ("pf-holds-lying", Dose(1, 8, None, Tempo(1, 5, 1, 8), 0))
    assert plan.daily_of_week(3).rounds_target == 2
    assert plan.daily_of_week(3).note == "Two rounds a day, a third if easy."


def test_weeks_phases_and_what_is_said_of_the_program(plan):
    week = plan.week(12)
    assert (week.walking_minutes, week.walking_days) == (30, 5)
    milestone = plan.phase(2).milestones[0]
    assert (
        milestone.text_for({SafetyFlag.PF_TENSION}) == "I can do the Let-Go sitting and lying without pain."
    )
    assert milestone.text_for({SafetyFlag.DOMING}) == milestone.text
    assert len(plan.about.cesarean_guidance) + len(plan.about.cesarean_rules) == 8
    assert plan.about.hours_between_sessions == 24
    assert "signed off" in plan.about.review_note


def test_every_country_has_a_number_and_a_crisis_line(content):
    countries = {country.code: country for country in content.countries}
    assert sorted(countries) == [
        "AU", "CA", "DE", "ES", "EU", "FR", "GB", "IE", "IN", "IT", "MX", "NL", "NZ", "US", "ZA",
    ]  # fmt: skip
    assert countries["AU"].emergency == "000"
    assert [(line.crisis_line, line.safe_at_home, line.verified) for line in countries["US"].lines] == [
        (True, False, True),
        (False, False, True),
        (False, False, True),
        (False, True, False),
    ]
    assert countries["GB"].non_emergency == "111"


def test_a_plan_survives_its_json(plan):
    assert Plan.from_json(plan.to_json()) == plan
