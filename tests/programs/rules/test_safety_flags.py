"""Safety flags begin and end as the program says."""

from datetime import timedelta

import pytest

from programs.rules.safety_flags import FLAG_RULES, FlagMark, active_flags, cesarean_starts_easier
from programs.rules.vocabulary import BirthType, Outcome, SafetyFlag

from .support import START, after, before, cut_short, next_morning

PF_TENSION, DOMING, HEAVINESS = SafetyFlag.PF_TENSION, SafetyFlag.DOMING, SafetyFlag.HEAVINESS
PELVIC_PAIN, LEAKING = SafetyFlag.PELVIC_PAIN, SafetyFlag.LEAKING


def flags(history, *marks):
    return active_flags(marks, history)


def mark(flag, hours=0, on=True):
    return FlagMark(flag=flag, at=START + timedelta(hours=hours), on=on)


def sessions(*answers):
    """One after-check a day with each of these answers."""
    return [after(24 * (day + 1), **changes) for day, changes in enumerate(answers)]


def test_without_marks_and_symptoms_there_is_no_flag():
    assert flags([]) == set()
    assert flags([before(0), after(1), next_morning(20, "worse_still")]) == set()


def test_every_flag_but_the_cesarean_has_a_rule():
    assert {rule.flag for rule in FLAG_RULES} == set(SafetyFlag) - {SafetyFlag.CESAREAN_LT_8W}


@pytest.mark.parametrize(
    ("flag", "symptom", "less"),
    [
        (HEAVINESS, {"heaviness": 1}, {"heaviness": 0}),
        (LEAKING, {"leak": 1}, {"leak": 0}),
        (PELVIC_PAIN, {"painMax": 4}, {"painMax": 3}),
    ],
)
def test_two_after_checks_in_a_row_begin_a_flag(flag, symptom, less):
    assert flags(sessions(symptom)) == set()
    assert flags(sessions(symptom, symptom)) == {flag}
    assert flags(sessions(symptom, less, symptom)) == set()
    assert flags(sessions(less, less)) == set()


def test_before_checks_do_not_begin_a_flag_nor_break_the_row():
    heavy = [before(0, heaviness=1), before(24, heaviness=1)]
    assert flags(heavy) == set()
    row = [after(1, heaviness=1), before(24, heaviness=0), after(25, heaviness=1)]
    assert flags(row) == {HEAVINESS}


@pytest.mark.parametrize(
    ("flag", "before_clear", "after_clear", "symptom"),
    [
        (HEAVINESS, {"heaviness": 0}, {"heaviness": 0}, {"heaviness": 1}),
        (LEAKING, {"leak": 0}, {"leak": 0}, {"leak": 1}),
        (PELVIC_PAIN, {"pain": 3}, {"painMax": 3}, {"painMax": 4}),
    ],
)
def test_four_clear_check_ins_in_a_row_end_a_flag(flag, before_clear, after_clear, symptom):
    begun = sessions(symptom, symptom)
    clear = [before(71, **before_clear), after(72, **after_clear), before(95, **before_clear)]
    last = after(96, **after_clear)
    assert flags([*begun, *clear]) == {flag}
    assert flags([*begun, *clear, next_morning(95.5, "worse_still")]) == {flag}
    assert flags([*begun, *clear, last]) == set()
    assert flags([*begun, *clear, after(96, **symptom), last]) == {flag}
    assert flags([*clear, last], mark(flag)) == set()
    assert flags(clear, mark(flag)) == {flag}
    assert flags([*clear, last], mark(flag, hours=80)) == {flag}


def test_after_a_break_a_row_starts_from_nothing():
    heavy, none = {"heaviness": 1}, {"heaviness": 0}
    assert flags(sessions(heavy, none, heavy, heavy)) == {HEAVINESS}
    assert flags(sessions(heavy, none, none, heavy, none, none, none, none), mark(HEAVINESS)) == set()


@pytest.mark.parametrize(("pain", "ended"), [(3, True), (4, False)])
def test_pain_of_4_before_a_session_keeps_the_flag(pain, ended):
    history = [before(24), before(48), before(72), before(96, pain=pain)]
    assert (flags(history, mark(PELVIC_PAIN)) == set()) is ended


def test_a_mark_sets_the_flag_unless_it_says_otherwise():
    assert flags([], FlagMark(flag=PF_TENSION, at=START)) == {PF_TENSION}


def test_a_symptom_at_a_before_check_starts_the_clear_row_again():
    clear = [before(24 * day) for day in range(1, 4)]
    assert flags([*clear, before(96, leak=1), before(120)], mark(LEAKING)) == {LEAKING}
    assert flags([*clear, before(96)], mark(LEAKING)) == set()


def test_doming_begins_at_once_and_ends_after_three_sessions_without():
    kept, none, fixed = {"doming": "kept"}, {"doming": "none"}, {"doming": "fixed"}
    assert flags(sessions(fixed)) == set()
    assert flags(sessions(kept)) == {DOMING}
    assert flags(sessions(kept, none, none)) == {DOMING}
    assert flags(sessions(kept, none, none, none)) == set()
    assert flags(sessions(kept, none, none, fixed, none)) == {DOMING}
    assert flags([*sessions(kept, none, none), before(200), before(220)]) == {DOMING}


def test_squeezes_rest_for_two_sessions_after_she_could_not_let_go():
    no, na, yes = {"pfRelease": "no"}, {"pfRelease": "na"}, {"pfRelease": "yes"}
    assert flags(sessions(no)) == {PF_TENSION}
    assert flags(sessions(no, na)) == {PF_TENSION}
    assert flags(sessions(no, na, na)) == set()
    assert flags(sessions(no, na, yes)) == set()
    assert flags(sessions(no, na, no, na)) == {PF_TENSION}
    assert flags([*sessions(no), before(30), before(50), before(60)]) == {PF_TENSION}


def test_rest_sessions_do_not_end_what_ends_after_sessions():
    rest = [after(24 * day, session_mode=Outcome.BREATHING_ONLY, pfRelease="na") for day in range(2, 6)]
    assert flags([*sessions({"pfRelease": "no", "doming": "kept"}), *rest]) == {PF_TENSION, DOMING}
    eased = [after(24 * day, session_mode=Outcome.EASIER, pfRelease="na") for day in range(2, 6)]
    assert flags([*sessions({"pfRelease": "no", "doming": "kept"}), *eased]) == set()
    assert flags(rest, mark(LEAKING)) == set()


def test_tension_found_by_screening_stays_until_a_clinician_lifts_it():
    fine = sessions(*[{"pfRelease": "na"}] * 6)
    assert flags(fine, mark(PF_TENSION)) == {PF_TENSION}
    assert flags(fine, mark(PF_TENSION), mark(PF_TENSION, hours=50, on=False)) == set()
    assert flags(fine, mark(PF_TENSION, hours=50, on=False), mark(PF_TENSION, hours=60)) == {PF_TENSION}


def test_what_a_clinician_lifts_may_begin_again():
    lifted = (mark(PF_TENSION), mark(PF_TENSION, hours=10, on=False))
    assert flags(sessions({"pfRelease": "no"}), *lifted) == {PF_TENSION}


def test_other_flags_end_by_check_ins_only():
    assert flags([], mark(DOMING), mark(DOMING, hours=10, on=False)) == {DOMING}


def test_a_mark_counts_from_its_own_moment():
    clear = [before(0), before(1), before(2), before(3)]
    assert flags(clear, mark(LEAKING, hours=0)) == set()
    assert flags(clear, mark(LEAKING, hours=1)) == {LEAKING}


def test_a_check_in_cut_short_neither_begins_nor_ends_a_flag():
    heavy, clear = {"heaviness": 1}, [before(24 * day) for day in range(1, 4)]
    assert flags([after(0, **heavy), cut_short("after", 24), after(48, **heavy)]) == {HEAVINESS}
    assert flags([*clear, cut_short("before", 80), cut_short("after", 81)], mark(HEAVINESS)) == {HEAVINESS}
    assert flags([*clear, cut_short("before", 80), before(96)], mark(HEAVINESS)) == set()


def test_flags_live_side_by_side():
    history = sessions({"doming": "kept", "leak": 1}, {"doming": "none", "leak": 1})
    assert flags(history, mark(PF_TENSION)) == {PF_TENSION, DOMING, LEAKING}


@pytest.mark.parametrize(
    ("birth", "week", "scars", "easier"),
    [
        ("cesarean", 4, [], True),
        ("cesarean", 4, ["ok", "ok"], True),
        ("cesarean", 4, ["ok", "ok", "ok"], False),
        ("cesarean", 5, ["ok", "na", "ok"], False),
        ("cesarean", 5, ["ok", "ok", "ok", "sore"], True),
        ("cesarean", 5, ["sore", "ok", "ok", "ok"], False),
        ("cesarean", 3, [], False),
        ("cesarean", 6, [], False),
        ("vaginal", 4, [], False),
        ("assisted", 4, [], False),
    ],
)
def test_core_work_starts_easier_until_the_scar_is_settled(birth, week, scars, easier):
    history = [before(24 * day, scar=scar) for day, scar in enumerate(scars)]
    history.append(next_morning(200, "same_or_better"))
    assert cesarean_starts_easier(BirthType(birth), week, history) is easier
