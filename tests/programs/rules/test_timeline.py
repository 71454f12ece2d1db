"""Doses and the timeline: the seconds of the reviewed program, to the second."""

import pytest

from programs.rules.prescribing import Dose, Prescription, SafetyRule, Tempo
from programs.rules.timeline import (
    BLOCK_SETUP_SECONDS,
    build_timeline,
    exercise_number,
    exercise_seconds,
    is_work,
    minutes_done,
    session_seconds,
    whole_minutes,
)
from programs.rules.vocabulary import SafetyAction, StepKind

from .support import PROGRAM, SESSIONS, dose_of, prescriptions_of

TRACKS = [PROGRAM["earlyRecovery"], PROGRAM["restSession"], PROGRAM["relaxationTrack"]]


@pytest.mark.parametrize("data", PROGRAM["sessions"], ids=lambda data: data["id"])
def test_a_session_takes_as_long_as_the_program_says(data):
    prescriptions = SESSIONS[data["id"]]
    for prescription, block in zip(prescriptions, data["prescriptions"], strict=True):
        assert exercise_seconds(prescription.dose, prescription.sides) == block["estSeconds"]
    assert session_seconds(prescriptions) == data["estSeconds"]
    assert whole_minutes(data["estSeconds"]) == data["minutes"]
    short = [one for one in prescriptions if one.in_short_form]
    assert whole_minutes(session_seconds(short)) == data["shortFormMinutes"]
    assert sum(step.seconds for step in build_timeline(prescriptions)) == data["estSeconds"]


@pytest.mark.parametrize("data", PROGRAM["dailyPractices"] + TRACKS)
def test_a_practice_takes_as_long_as_the_program_says(data):
    prescriptions = prescriptions_of(data["blocks"])
    assert session_seconds(prescriptions, BLOCK_SETUP_SECONDS) == data["estSeconds"]
    steps = build_timeline(prescriptions, BLOCK_SETUP_SECONDS)
    assert sum(step.seconds for step in steps) == data["estSeconds"]


COUNTED = Dose(sets=2, reps=3, seconds=None, tempo=Tempo(1, 2, 1, 4), rest_seconds=20)
TIMED = Dose(sets=1, reps=None, seconds=60, tempo=None, rest_seconds=20)


def test_the_steps_of_an_exercise_on_both_sides():
    steps = build_timeline([Prescription("clamshell", COUNTED, sides=2), Prescription("rest", TIMED)])
    assert [(step.id, step.kind, step.seconds) for step in steps] == [
        ("1.1.1-prepare", StepKind.PREPARE, 25),
        ("1.1.1", StepKind.WORK, 24),
        ("1.1.1-switch", StepKind.SWITCH, 5),
        ("1.1.2", StepKind.WORK, 24),
        ("1.1.2-rest", StepKind.REST, 20),
        ("1.2.1", StepKind.WORK, 24),
        ("1.2.1-switch", StepKind.SWITCH, 5),
        ("1.2.2", StepKind.WORK, 24),
        ("2.1.1-prepare", StepKind.PREPARE, 25),
        ("2.1.1", StepKind.WORK, 60),
    ]
    work = steps[5]
    assert (work.exercise_index, work.set_number, work.side_number) == (0, 2, 1)
    assert (work.reps, work.tempo) == (3, COUNTED.tempo)
    assert (steps[2].reps, steps[2].tempo, steps[9].reps) == (None, None, None)


def test_an_exercise_has_one_side_and_no_place_in_the_short_form_unless_told():
    plain = Prescription("x", TIMED)
    assert (plain.sides, plain.in_short_form) == (1, False)


def test_a_rest_of_no_seconds_is_no_step():
    dose = Dose(sets=2, reps=3, seconds=None, tempo=Tempo(1, 0, 0, 0), rest_seconds=0)
    kinds = [step.kind for step in build_timeline([Prescription("x", dose)])]
    assert kinds == [StepKind.PREPARE, StepKind.WORK, StepKind.WORK]


def test_step_ids_are_unique_and_tell_what_they_are():
    for prescriptions in SESSIONS.values():
        steps = build_timeline(prescriptions)
        assert len({step.id for step in steps}) == len(steps)
        for step in steps:
            assert exercise_number(step.id) == step.exercise_index + 1
            assert is_work(step.id) is (step.kind == StepKind.WORK)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2)])
def test_minutes_are_rounded_up(seconds, minutes):
    assert whole_minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (29, 1), (89, 1), (90, 2), (149.4, 2), (150, 3)]
)
def test_what_was_done_takes_the_nearest_minute_and_at_least_one(seconds, minutes):
    assert minutes_done(seconds) == minutes


TEMPO = Tempo(1, 1, 1, 1)


@pytest.mark.parametrize(
    "dose",
    [
        {"reps": 5, "seconds": 30, "tempo": TEMPO},
        {"reps": None, "seconds": None, "tempo": None},
        {"reps": 5, "seconds": None, "tempo": None},
        {"reps": None, "seconds": 30, "tempo": TEMPO},
        {"reps": 0, "seconds": None, "tempo": TEMPO},
        {"reps": None, "seconds": 0, "tempo": None},
        {"reps": None, "seconds": 30, "tempo": None, "sets": 0},
        {"reps": None, "seconds": 30, "tempo": None, "rest_seconds": -1},
    ],
)
def test_a_dose_that_says_nothing_clear_is_refused(dose):
    with pytest.raises(ValueError, match="a dose"):
        Dose(**{"sets": 1, "rest_seconds": 0} | dose)


@pytest.mark.parametrize(
    ("action", "swap_to"), [("swap", None), ("easier", "clamshell"), ("ok", "clamshell")]
)
def test_only_a_swap_names_another_exercise(action, swap_to):
    with pytest.raises(ValueError, match="swap"):
        SafetyRule(SafetyAction(action), swap_to)


def test_every_dose_of_the_program_can_be_read():
    assert all(dose_of(dose) for data in PROGRAM["exercises"] for dose in data["dosageByPhase"].values())
