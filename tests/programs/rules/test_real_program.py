"""What is tested here with reviewed figures is the program that mothers live."""

import pytest

from programs.files import read_content
from programs.plan.checks.exercises import FLAG_SETS
from programs.rules.adaptation import adapt_session, swapped
from programs.rules.vocabulary import Outcome, SafetyAction

from .support import EXERCISES, PROGRAM, SESSIONS, prescriptions_of


@pytest.fixture(scope="module")
def plan():
    return read_content().plan


def test_the_sessions_are_the_same(plan):
    assert {key: list(plan.session(key).prescriptions) for key in SESSIONS} == SESSIONS


def test_the_practices_and_tracks_are_the_same(plan):
    for data in PROGRAM["dailyPractices"]:
        assert list(plan.daily_of_week(data["week"]).prescriptions) == prescriptions_of(data["blocks"])
    tracks = {"earlyRecovery": plan.early, "restSession": plan.rest, "relaxationTrack": plan.relaxation}
    for name, track in tracks.items():
        assert list(track.prescriptions) == prescriptions_of(PROGRAM[name]["blocks"])


def test_the_exercises_are_the_same(plan):
    assert set(plan.exercise_facts) == set(EXERCISES)
    for slug, reviewed in EXERCISES.items():
        written = plan.exercise_facts[slug]
        assert (written.focus, written.mode, written.sides) == (reviewed.focus, reviewed.mode, reviewed.sides)
        assert dict(written.doses) == reviewed.doses
        rules = {flag: rule for flag, rule in written.safety.items() if rule.action != SafetyAction.OK}
        assert rules == reviewed.safety
        assert written.harder_from_phase == reviewed.harder_from_phase
        assert written.harder_never_with == reviewed.harder_never_with
        assert written.harder_not_with_hypermobility == reviewed.harder_not_with_hypermobility


@pytest.mark.parametrize("key", ["w01-a", "w06-b", "w12-c"])
def test_what_comes_instead_is_what_a_session_is_adapted_to(plan, key):
    session = plan.session(key)
    phase = plan.phase_of(session.week).number
    for flags in FLAG_SETS:
        instead = [swapped(one.exercise, plan.exercise_facts, flags) for one in session.prescriptions]
        adapted = adapt_session(session.prescriptions, plan.exercise_facts, flags, phase, Outcome.GO)
        assert set(instead) - {None} == {one.prescription.exercise for one in adapted}
