"""One program adapted to her: all 64 flag combinations of all 36 sessions can be done, safely."""

from dataclasses import replace
from itertools import chain, combinations

import pytest

from programs.rules.adaptation import (
    adapt_session,
    daily_practice,
    dose_for_phase,
    easier_dose,
    may_offer_harder,
    short_form,
)
from programs.rules.fitting import session_that_fits
from programs.rules.prescribing import Dose, ExerciseFacts, Prescription, SafetyRule, Tempo
from programs.rules.timeline import session_seconds
from programs.rules.vocabulary import Focus, Mode, Outcome, SafetyAction, SafetyFlag, Variation

from .support import EXERCISES, PHASES, PROGRAM, SESSIONS, prescriptions_of

ALL_FLAGS = tuple(SafetyFlag)
PHASES_OF = {data["slug"]: data["phases"] for data in PROGRAM["exercises"]}
COMBINATIONS = [
    frozenset(flags) for flags in chain.from_iterable(combinations(ALL_FLAGS, size) for size in range(7))
]
SQUEEZES = {
    "pf-find-and-feel", "pf-holds-lying", "pf-holds-sitting", "pf-holds-standing", "pf-quick-lifts",
    "pf-knack", "pf-elevator", "pf-steady-hold",
}  # fmt: skip
NOT_UNDER_8_WEEKS = {
    "mini-bridge", "bridge", "marching-bridge", "single-leg-bridge",
    "counter-plank", "kneeling-side-plank", "bear-hover",
    "open-book", "band-press-out",
    "baby-lift-practice", "suitcase-march",
}  # fmt: skip


def slugs(adapted):
    return [one.prescription.exercise for one in adapted]


def test_there_are_64_combinations_and_36_sessions():
    assert (len(set(COMBINATIONS)), len(SESSIONS)) == (64, 36)


@pytest.mark.parametrize("outcome", [Outcome.GO, Outcome.EASIER])
@pytest.mark.parametrize("key", SESSIONS)
def test_every_combination_gives_a_session_that_can_be_done(key, outcome):
    for flags in COMBINATIONS:
        adapted = adapt_session(SESSIONS[key], EXERCISES, flags, PHASES[key], outcome)
        assert 6 <= len(adapted) <= 7
        assert len(set(slugs(adapted))) == len(adapted)
        if SafetyFlag.PF_TENSION in flags:
            assert SQUEEZES.isdisjoint(slugs(adapted))
        if SafetyFlag.CESAREAN_LT_8W in flags:
            assert NOT_UNDER_8_WEEKS.isdisjoint(slugs(adapted))
        for one in adapted:
            exercise = EXERCISES[one.prescription.exercise]
            rules = {exercise.rule_for(flag).action for flag in flags}
            assert SafetyAction.SWAP not in rules
            if SafetyAction.EASIER in rules:
                assert one.variation == Variation.EASIER
        assert len(short_form(adapted)) == 4
        assert session_seconds(adapted) <= 24 * 60


def test_without_flags_nothing_changes():
    for key, prescriptions in SESSIONS.items():
        adapted = adapt_session(prescriptions, EXERCISES, (), PHASES[key], Outcome.GO)
        assert [one.prescription for one in adapted] == prescriptions
        assert all(one.because == () and one.swapped_from is None for one in adapted)


@pytest.mark.parametrize(
    "data", [one for one in PROGRAM["sessions"] if one["phase"] == 1], ids=lambda data: data["id"]
)
def test_after_a_cesarean_a_session_changes_as_the_program_lists(data):
    adapted = adapt_session(SESSIONS[data["id"]], EXERCISES, {SafetyFlag.CESAREAN_LT_8W}, 1, Outcome.GO)
    changes = [
        {
            "exercise": one.swapped_from or one.prescription.exercise,
            "use": one.prescription.exercise,
            "variation": str(one.variation),
        }
        for one in adapted
        if one.because
    ]
    by_exercise = {change["exercise"]: change for change in data["cesareanChanges"]}
    assert {change["exercise"]: change for change in changes} == by_exercise


TEMPO = Tempo(1, 5, 1, 3)


def exercise(slug, focus=Focus.CORE, doses=None, sides=1, **safety):
    """An exercise; `safety` maps a flag to "easier" or to the slug it swaps to."""
    rules = {
        SafetyFlag(flag): (
            SafetyRule(SafetyAction.EASIER) if rule == "easier" else SafetyRule(SafetyAction.SWAP, rule)
        )
        for flag, rule in safety.items()
    }
    doses = doses or {2: Dose(2, 10, None, TEMPO, 20)}
    return ExerciseFacts(slug, focus, Mode.COUNTED, sides, rules, doses)


def adapt_one(first, *others, flags=(), outcome=Outcome.GO, phase=2, **more):
    exercises = {one.slug: one for one in (first, *others)}
    prescription = Prescription(
        first.slug, Dose(3, 12, None, TEMPO, 30), sides=first.sides, in_short_form=True
    )
    return adapt_session([prescription], exercises, flags, phase, outcome, **more)


def test_flags_are_looked_at_in_their_priority():
    assert ALL_FLAGS == ("pf_tension", "cesarean_lt_8w", "heaviness", "pelvic_pain", "doming", "leaking")
    first = exercise("first", leaking="third", pf_tension="second")
    [one] = adapt_one(first, exercise("second"), exercise("third"), flags=("leaking", "pf_tension"))
    assert (one.prescription.exercise, one.because) == ("second", (SafetyFlag.PF_TENSION,))


def test_a_swap_takes_over_dose_and_sides_and_keeps_the_place_in_the_short_form():
    other = exercise("other", sides=2, doses={1: Dose(1, 6, None, TEMPO, 10), 3: Dose(3, 9, None, TEMPO, 10)})
    [one] = adapt_one(exercise("first", heaviness="other"), other, flags={SafetyFlag.HEAVINESS})
    assert one.swapped_from == "first"
    assert one.prescription == Prescription("other", other.doses[1], sides=2, in_short_form=True)
    assert one.variation == Variation.NORMAL


def test_swaps_are_followed_and_start_again():
    chain_of = [
        exercise("first", doming="second"),
        exercise("second", pf_tension="third"),
        exercise("third", leaking="easier"),
    ]
    [one] = adapt_one(*chain_of, flags={"doming", "pf_tension", "leaking"})
    assert one.prescription.exercise == "third"
    assert one.variation == Variation.EASIER
    assert one.because == (SafetyFlag.PF_TENSION, SafetyFlag.DOMING, SafetyFlag.LEAKING)


def hopping(hops):
    """A row of exercises, each swapping to the next, `hops` swaps long."""
    return [exercise(str(place), doming=str(place + 1)) for place in range(hops)] + [exercise(str(hops))]


def test_four_swaps_are_followed_and_a_fifth_leaves_the_exercise_out():
    [one] = adapt_one(*hopping(4), flags={"doming"})
    assert one.prescription.exercise == "4"
    assert adapt_one(*hopping(5), flags={"doming"}) == ()


def test_a_loop_of_swaps_ends():
    around = [exercise("a", doming="b"), exercise("b", doming="a")]
    assert adapt_one(*around, flags={"doming"}) == ()


@pytest.mark.parametrize(("phase", "lookup"), [(0, 2), (1, 2), (2, 2), (3, 2), (4, 4)])
def test_a_dose_is_of_the_phase_or_the_nearest_lower_or_the_lowest(phase, lookup):
    doses = {2: Dose(2, 8, None, TEMPO, 20), 4: Dose(3, 12, None, TEMPO, 20)}
    assert dose_for_phase(exercise("x", doses=doses), phase) == doses[lookup]


def test_the_first_of_two_alike_stays_and_takes_the_place_in_the_short_form():
    exercises = {"a": exercise("a", doming="b"), "b": exercise("b")}
    dose = Dose(1, 5, None, TEMPO, 0)
    prescriptions = [Prescription("b", dose), Prescription("a", dose, in_short_form=True)]
    [one] = adapt_session(prescriptions, exercises, {"doming"}, 2, Outcome.GO)
    assert one.prescription == Prescription("b", dose, in_short_form=True)


@pytest.mark.parametrize(
    ("dose", "easier"),
    [
        (Dose(3, 10, None, Tempo(1, 5, 1, 3), 20), Dose(2, 7, None, Tempo(1, 3, 1, 3), 20)),
        (Dose(1, 10, None, Tempo(1, 2, 1, 3), 20), Dose(1, 7, None, Tempo(1, 2, 1, 3), 20)),
        (Dose(1, 9, None, Tempo(1, 3, 1, 3), 20), Dose(1, 6, None, Tempo(1, 1, 1, 3), 20)),
        (Dose(2, 4, None, TEMPO, 0), Dose(1, 3, None, Tempo(1, 3, 1, 3), 0)),
        (Dose(1, 2, None, TEMPO, 0), Dose(1, 2, None, Tempo(1, 3, 1, 3), 0)),
        (Dose(2, None, 45, None, 20), Dose(1, None, 31, None, 20)),
        (Dose(1, None, 10, None, 20), Dose(1, None, 8, None, 20)),
        (Dose(1, None, 6, None, 20), Dose(1, None, 6, None, 20)),
    ],
)
def test_the_easier_dose(dose, easier):
    assert easier_dose(dose, Focus.CORE) == easier


def test_breathing_keeps_its_seconds():
    assert easier_dose(Dose(2, None, 60, None, 20), Focus.BREATHING) == Dose(1, None, 60, None, 20)


def test_an_easier_day_eases_all_but_breathing():
    [core] = adapt_one(exercise("x"), outcome=Outcome.EASIER)
    assert (core.variation, core.because) == (Variation.EASIER, ("outcome",))
    assert core.prescription.dose.sets == 2
    [breath] = adapt_one(exercise("x", focus=Focus.BREATHING), outcome=Outcome.EASIER)
    assert (breath.variation, breath.because) == (Variation.NORMAL, ())


def test_what_is_eased_for_two_reasons_is_eased_once():
    [one] = adapt_one(exercise("x", doming="easier"), flags={"doming"}, outcome=Outcome.EASIER)
    assert one.because == (SafetyFlag.DOMING, "outcome")
    assert one.prescription.dose.sets == 2


@pytest.mark.parametrize(
    ("focus", "week", "start_easier", "eased"),
    [
        (Focus.CORE, 4, True, True),
        (Focus.CORE, 5, True, True),
        (Focus.CORE, 3, True, False),
        (Focus.CORE, 6, True, False),
        (Focus.CORE, 4, False, False),
        (Focus.GLUTES, 4, True, False),
    ],
)
def test_core_work_starts_easier_in_weeks_4_and_5_after_a_cesarean(focus, week, start_easier, eased):
    [one] = adapt_one(exercise("x", focus=focus), week=week, cesarean_start_easier=start_easier)
    assert one.because == (("cesarean_weeks",) if eased else ())
    assert (one.variation == Variation.EASIER) is eased


def test_core_work_starts_easier_only_when_asked_for():
    [one] = adapt_one(exercise("x"), week=4)
    assert one.variation == Variation.NORMAL


@pytest.mark.parametrize("outcome", [Outcome.BREATHING_ONLY, Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY])
def test_on_a_day_of_rest_only_breathing_and_letting_go_are_left(outcome):
    rest = prescriptions_of(PROGRAM["restSession"]["blocks"])
    assert [one.prescription for one in adapt_session(rest, EXERCISES, (), 1, outcome)] == rest
    adapted = adapt_session(SESSIONS["w08-a"], EXERCISES, (), 3, outcome)
    kept = {EXERCISES[slug].focus for slug in slugs(adapted)} | {Focus.BREATHING}
    assert kept <= {Focus.BREATHING, Focus.PELVIC_FLOOR}
    assert SQUEEZES.isdisjoint(slugs(adapted))


def test_with_tension_the_relaxation_track_is_the_daily_practice():
    practice, relaxation = ["practice"], ["relaxation"]
    assert daily_practice(practice, relaxation, {SafetyFlag.PF_TENSION}) is relaxation
    assert daily_practice(practice, relaxation, {SafetyFlag.LEAKING}) is practice


@pytest.mark.parametrize("flags", COMBINATIONS, ids=lambda flags: "+".join(sorted(flags)) or "none")
def test_every_daily_practice_and_track_can_be_done(flags):
    relaxation = prescriptions_of(PROGRAM["relaxationTrack"]["blocks"])
    for data in PROGRAM["dailyPractices"]:
        chosen = daily_practice(prescriptions_of(data["blocks"]), relaxation, flags)
        adapted = adapt_session(chosen, EXERCISES, flags, data["phase"], Outcome.GO)
        assert len(adapted) >= 3
        if SafetyFlag.PF_TENSION in flags:
            assert SQUEEZES.isdisjoint(slugs(adapted))
    early = prescriptions_of(PROGRAM["earlyRecovery"]["blocks"])
    adapted = adapt_session(early, EXERCISES, flags, 0, Outcome.GO)
    assert len(adapted) == (3 if SafetyFlag.PF_TENSION in flags else 4)


def test_the_short_form_keeps_the_order_and_fills_gaps():
    adapted = adapt_session(SESSIONS["w07-c"], EXERCISES, (), 3, Outcome.GO)
    marked = [one for one in adapted if one.prescription.in_short_form]
    assert list(short_form(adapted)) == marked
    gone = [one for one in adapted if one is not marked[0]]
    filled = short_form(gone)
    assert len(filled) == 4
    assert [one for one in gone if one in filled] == list(filled)
    assert set(slugs(marked[1:])) < set(slugs(filled))


def offered(one, flags=(), **changes):
    known = {"phase": 2, "advised": True, "outcome": Outcome.GO} | changes
    return may_offer_harder(one, active_flags=flags, **known)


def test_the_harder_version_is_offered_only_where_every_flag_is_ok():
    one = replace(exercise("x", doming="easier", heaviness="other"), harder_from_phase=2)
    assert offered(one)
    assert offered(one, {SafetyFlag.LEAKING})
    assert not offered(one, {SafetyFlag.LEAKING, SafetyFlag.DOMING})
    assert not offered(one, {SafetyFlag.HEAVINESS})
    assert not offered(replace(one, harder_never_with=frozenset({SafetyFlag.LEAKING})), {SafetyFlag.LEAKING})


@pytest.mark.parametrize(
    "changes",
    [
        {"phase": 1},
        {"advised": False},
        {"outcome": Outcome.EASIER},
        {"gentle_track": True},
        {"screening_flags": ["hypermobility"]},
    ],
)
def test_the_harder_version_is_never_offered(changes):
    one = replace(exercise("x"), harder_from_phase=2, harder_not_with_hypermobility=True)
    assert offered(one)
    assert not offered(one, **changes)
    assert not offered(replace(one, harder_from_phase=None))


def test_no_harder_version_comes_before_its_own_exercise_or_the_one_it_leads_to():
    for data in PROGRAM["exercises"]:
        linked = data["harder"]["slug"]
        phases = [min(data["phases"]), *([min(PHASES_OF[linked])] if linked else [])]
        assert data["harderFromPhase"] is None or data["harderFromPhase"] >= max(phases)


def test_on_the_gentle_track_all_but_breathing_stays_easier():
    for key, prescriptions in SESSIONS.items():
        for one in adapt_session(prescriptions, EXERCISES, (), PHASES[key], Outcome.GO, gentle_track=True):
            breathes = EXERCISES[one.prescription.exercise].focus == Focus.BREATHING
            assert one.because == (() if breathes else ("gentle_track",))


def test_which_exercises_squeeze():
    assert {slug for slug, one in EXERCISES.items() if one.squeezes} == SQUEEZES | {"pf-march-hold"}


@pytest.mark.parametrize("minutes", [3, 7, 12])
@pytest.mark.parametrize("key", SESSIONS)
def test_the_best_session_that_fits_fits(key, minutes):
    adapted = adapt_session(SESSIONS[key], EXERCISES, (), PHASES[key], Outcome.GO)
    fitting = session_that_fits(minutes, adapted)
    assert fitting
    assert session_seconds(fitting) <= minutes * 60
    assert [one for one in adapted if one in fitting] == list(fitting)


def test_the_whole_session_fits_when_there_is_time():
    adapted = adapt_session(SESSIONS["w01-a"], EXERCISES, (), 1, Outcome.GO)
    assert session_that_fits(60, adapted) == adapted
    exact = session_that_fits(11, adapted)
    assert exact == adapted


def timed(slug, seconds, in_short_form=False):
    exercises = {slug: exercise(slug)}
    prescription = Prescription(slug, Dose(1, None, seconds, None, 0), in_short_form=in_short_form)
    return adapt_session([prescription], exercises, (), 2, Outcome.GO)[0]


def test_what_is_marked_for_the_short_form_comes_first_then_more_then_longer():
    marked, long, short, middle = timed("m", 90, True), timed("l", 120), timed("s", 30), timed("d", 60)
    assert session_that_fits(3, [long, short, middle, marked]) == (short, marked)  # 55 + 115 s
    assert session_that_fits(2, [long, short, middle]) == (middle,)
    assert session_that_fits(3, [long, short, middle]) == (short, middle)


def test_to_the_second_it_fits():
    one = timed("x", 155)
    assert session_that_fits(3, [one, timed("y", 10)]) == (one,)
    assert session_that_fits(3, [timed("x", 156), timed("y", 10)]) == (timed("y", 10),)


def test_when_nothing_fits_the_shortest_is_given():
    assert session_that_fits(1, [timed("a", 300), timed("b", 200)]) == (timed("b", 200),)


def test_nothing_fits_where_there_is_nothing():
    assert session_that_fits(12, ()) == ()
