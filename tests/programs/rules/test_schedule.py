"""Days, weeks and gates: open on their day and not the day before."""

from datetime import date

import pytest

from programs.rules.schedule import (
    CAPS,
    LATER_GATES,
    VAGINAL_GATES,
    Released,
    closed_gates,
    days_since,
    first_week_of,
    has_later_gates,
    highest_phase,
    is_cesarean_under_8_weeks,
    is_last_week_of_phase,
    phase_of_week,
    rest_day_over,
    weeks_postpartum,
)
from programs.rules.vocabulary import AnswerError

from .support import PROGRAM, SCREENING

BIRTH = date(2026, 1, 1)


def test_days_count_from_the_day_of_birth():
    assert days_since(BIRTH, BIRTH) == 0
    assert days_since(BIRTH, date(2026, 3, 1)) == 59
    assert days_since(BIRTH, date(2025, 12, 30)) == 0  # it is the first of January somewhere already
    with pytest.raises(AnswerError):
        days_since(BIRTH, date(2025, 12, 29))


@pytest.mark.parametrize(("today", "weeks"), [((2026, 1, 7), 0), ((2026, 1, 8), 1), ((2026, 2, 26), 8)])
def test_weeks_are_whole_weeks(today, weeks):
    assert weeks_postpartum(BIRTH, date(*today)) == weeks


@pytest.mark.parametrize(
    ("birth", "days", "under"),
    [("cesarean", 55, True), ("cesarean", 56, False), ("vaginal", 10, False), ("assisted", 10, False)],
)
def test_the_swaps_of_a_cesarean_end_with_day_56(birth, days, under):
    assert is_cesarean_under_8_weeks(birth, days) is under


def test_weeks_belong_to_phases_as_in_the_program():
    for session in PROGRAM["sessions"]:
        assert phase_of_week(session["week"]) == session["phase"]
    assert [first_week_of(phase) for phase in (1, 2, 3, 4)] == [1, 4, 7, 10]
    assert [week for week in range(1, 13) if is_last_week_of_phase(week)] == [3, 6, 9, 12]


@pytest.mark.parametrize(("hours", "over"), [(None, True), (0, False), (23.9, False), (24, True)])
def test_a_day_lies_between_two_sessions(hours, over):
    assert rest_day_over(hours, 24) is over


def test_the_gates_are_those_of_the_reviewed_data():
    days = SCREENING["phaseGates"]["dayThresholds"]
    assert {f"phase{phase}": day for phase, day in VAGINAL_GATES.items()} == days["vaginal"]
    assert {f"phase{phase}": day for phase, day in LATER_GATES.items()} == days["cesarean_or_oasi"]
    assert [cap.flag for cap in CAPS] == [cap["flag"] for cap in SCREENING["phaseGates"]["caps"]]


@pytest.mark.parametrize(
    ("flags", "gates"),
    [
        ([], VAGINAL_GATES),
        (["assisted", "pf_checked"], VAGINAL_GATES),
        *[([flag], LATER_GATES) for flag in ("cesarean", "oasi", "levator", "assisted")],
    ],
)
@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_a_gate_opens_on_its_day(flags, gates, phase):
    day = gates[phase]
    assert highest_phase(flags, day) == phase
    assert highest_phase(flags, day - 1) == phase - 1


def test_a_pelvic_floor_check_brings_the_gates_of_a_vaginal_birth_after_an_assisted_one():
    assert has_later_gates(["assisted"])
    assert not has_later_gates(["assisted", "pf_checked"])
    assert not has_later_gates(["assisted"], [Released.PELVIC_CHECK])
    assert has_later_gates(["levator"], [Released.PELVIC_CHECK])
    assert highest_phase(["assisted"], 42, [Released.PELVIC_CHECK]) == 2
    assert highest_phase(["assisted"], 42) == 1


MUCH_LATER = 400


@pytest.mark.parametrize(
    ("flags", "days", "recorded", "highest"),
    [
        # Caps that end by themselves.
        (["early_recovery"], 13, [], 0),
        (["early_recovery"], 14, [], 1),
        (["phase1_only"], 41, [], 1),
        (["phase1_only"], 42, [], 2),
        (["phase1_only", "cesarean"], 55, [], 1),
        (["phase1_only", "cesarean"], 56, [], 2),
        (["phase1_only", "oasi"], 55, [], 1),
        (["clearance_pending"], 83, [], 1),
        (["clearance_pending"], 84, [], 4),
        # The same, kept by a risk.
        (["clearance_pending", "cesarean"], MUCH_LATER, [], 1),
        (["clearance_pending", "assisted"], MUCH_LATER, [], 1),
        (["clearance_pending", "oasi"], MUCH_LATER, [], 1),
        (["clearance_pending", "medical"], MUCH_LATER, [], 1),
        (["clearance_pending", "medical"], MUCH_LATER, ["postpartum_check"], 4),
        (["clearance_pending"], 63, ["postpartum_check"], 3),
        # Caps that only a record lifts.
        (["tear_unknown"], MUCH_LATER, [], 1),
        (["tear_unknown"], MUCH_LATER, ["pelvic_check"], 1),
        (["tear_unknown"], MUCH_LATER, ["tear_grade"], 4),
        (["refer_pt"], MUCH_LATER, [], 1),
        (["refer_pt"], MUCH_LATER, ["pelvic_check"], 4),
        (["anal_leak"], MUCH_LATER, [], 2),
        (["anal_leak"], MUCH_LATER, ["pelvic_check"], 4),
        (["anal_leak"], 20, [], 1),
        (["clearance_advised"], MUCH_LATER, [], 4),
        (["clearance_advised", "cesarean"], MUCH_LATER, [], 1),
        (["clearance_advised", "assisted"], MUCH_LATER, [], 1),
        (["clearance_advised", "oasi"], MUCH_LATER, [], 1),
        (["clearance_advised", "medical"], MUCH_LATER, [], 1),
        (["clearance_advised", "medical"], MUCH_LATER, ["postpartum_check"], 4),
        (["heart_bp"], MUCH_LATER, [], 1),
        (["heart_bp"], MUCH_LATER, ["heart_team"], 4),
        (["anemia"], MUCH_LATER, [], 2),
        (["anemia"], MUCH_LATER, ["blood_count"], 4),
        (["low_energy"], MUCH_LATER, [], 2),
        (["low_energy"], MUCH_LATER, ["eating_enough"], 4),
        (["phase1_only", "assisted"], 42, [], 1),
        (["phase1_only", "assisted"], 42, ["pelvic_check"], 2),
        # The smallest wins; flags that cap nothing do not.
        (["anal_leak", "refer_pt"], MUCH_LATER, [], 1),
        (["anal_leak", "refer_pt", "tear_unknown"], MUCH_LATER, ["pelvic_check"], 1),
        (["leaking", "mood_support", "assisted", "hypermobility"], MUCH_LATER, [], 4),
    ],
)
def test_caps_and_what_releases_them(flags, days, recorded, highest):
    assert highest_phase(flags, days, recorded) == highest


def test_what_keeps_a_phase_closed_is_told():
    gates = closed_gates(2, ["cesarean", "clearance_pending", "anal_leak"], 40)
    assert [(gate.flag, gate.opens_on_day, gate.released_by) for gate in gates] == [
        ("days", 56, None),
        ("clearance_pending", None, Released.POSTPARTUM_CHECK),
    ]
    gates = closed_gates(2, ["clearance_pending"], 60)
    assert [(gate.flag, gate.opens_on_day) for gate in gates] == [("clearance_pending", 84)]
    assert closed_gates(2, ["clearance_pending"], 84) == ()


@pytest.mark.parametrize(
    ("flags", "days", "closed", "still_open"),
    [
        (["early_recovery"], 13, 1, None),
        (["phase1_only"], 41, 2, 1),
        (["clearance_pending"], 83, 2, 1),
        (["tear_unknown"], 400, 2, 1),
        (["refer_pt"], 400, 2, 1),
        (["anal_leak"], 400, 3, 2),
        (["clearance_advised", "medical"], 400, 2, 1),
    ],
)
def test_each_cap_is_told_from_its_phase_on(flags, days, closed, still_open):
    assert flags[0] in {gate.flag for gate in closed_gates(closed, flags, days)}
    assert still_open is None or flags[0] not in {gate.flag for gate in closed_gates(still_open, flags, days)}


def test_every_cap_but_those_of_time_can_be_released():
    assert {cap.flag for cap in CAPS if cap.released_by is None} == {"early_recovery", "phase1_only"}
