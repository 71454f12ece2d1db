"""What ends a pause or an emergency: all of it, and nothing less."""

from dataclasses import replace

import pytest

from programs.rules.check_in import RULES
from programs.rules.screening import evaluate
from programs.rules.unlock_rules import THERAPIST, UNLOCKS, Requirement, Restart, UnlockKind
from programs.rules.unlocking import (
    UnlockFacts,
    breathing_open,
    locking_rules,
    restart_week,
    screening_locks,
    still_required,
    symptom_settled,
    unlocks_for,
)
from programs.rules.vocabulary import AnswerError, Disposition, Outcome

from .support import ALL_CLEAR, CHECK_INS, after, before, before_facts, cut_short, evaluate_before

START, MODIFIED = Disposition.START, Disposition.START_MODIFIED
WAIT, URGENT = Disposition.WAIT_CLINICIAN, Disposition.URGENT_NOW

SAFE = UnlockFacts(
    hours_since_report=24, days_since_report=1, safe_and_supported=True, spoke_with="crisis_line",
    latest_mood="low", self_safety="yes_supported", unreal="no",
)  # fmt: skip
MET = {
    "PRE-E1": SAFE,
    "PRE-E2": UnlockFacts(clinician_agreed=True, screened_again=MODIFIED),
    "PRE-U1": UnlockFacts(advice_says_ok=True, sign_gone=True, screened_again=START),
    "PRE-C1": UnlockFacts(check_done=True),
    "PRE-C3": UnlockFacts(symptom_settled=True, contacted_or_booked=True),
    "SCREEN-E1": SAFE,
    "SCREEN-W1": UnlockFacts(check_done=True, screened_again=START),
    "SITUATION": UnlockFacts(screened_again=START),
}


def test_the_rows_cover_the_reviewed_data():
    ours = [sorted(rule for rule in unlock.rules if rule in RULES) for unlock in UNLOCKS]
    assert [rules for rules in ours if rules] == [sorted(row["rules"]) for row in CHECK_INS["unlock"]]


@pytest.mark.parametrize(
    ("rule", "kind", "restart"),
    [
        ("PRE-E1", "safe", "same_week"),
        ("POST-E1", "assessed", "one_week_back"),
        ("PRE-U3", "advised", "same_week"),
        ("POST-C2", "checked", "same_phase_or_lower"),
        ("PRE-C5", "settled", "one_week_back"),
        ("SCREEN-E1", "safe", "same_week"),
        ("PRE-U5", "advised", "same_week"),
        ("POST-C6", "checked", "same_phase_or_lower"),
        ("SCREEN-E2", "assessed", "one_week_back"),
        ("SCREEN-U1", "advised", "same_week"),
        ("SCREEN-W1", "checked_and_screened", "same_week"),
        ("SITUATION", "screened", "same_week"),
        (THERAPIST, "therapist", "same_week"),
    ],
)
def test_the_way_out_of_each_lock(rule, kind, restart):
    assert [(unlock.kind, unlock.restart) for unlock in unlocks_for([rule])] == [(kind, restart)]


def test_every_rule_that_locks_has_exactly_one_way_out():
    locking = locking_rules(RULES)
    assert {RULES[rule].outcome for rule in locking} == {Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY}
    for rule in locking:
        assert len(unlocks_for([rule])) == 1


def test_rules_that_do_not_lock_have_none():
    assert locking_rules(["PRE-B1", "PRE-C3", "PRE-A2", "PRE-E1"]) == ("PRE-C3", "PRE-E1")
    with pytest.raises(AnswerError):
        unlocks_for(["PRE-B1"])


@pytest.mark.parametrize("rule", MET)
def test_nothing_known_ends_no_lock(rule):
    [unlock] = unlocks_for([rule])
    timed = {Requirement.SIGN_GONE_LONG_ENOUGH}
    assert set(still_required([rule], UnlockFacts())) == set(unlock.requires) - timed


@pytest.mark.parametrize(("rule", "facts"), MET.items())
def test_all_that_is_required_ends_the_lock_and_less_does_not(rule, facts):
    assert still_required([rule], facts) == ()
    nothing = UnlockFacts()
    for name in set(UnlockFacts.__dataclass_fields__) - {"days_since_report"}:
        if getattr(facts, name) != getattr(nothing, name):
            assert still_required([rule], replace(facts, **{name: getattr(nothing, name)})), name


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"latest_mood": "not_safe"}, Requirement.MOOD_NOT_UNSAFE),
        ({"latest_mood": "ok"}, None),
        ({"latest_mood": "thoughts_supported"}, None),
        ({"hours_since_report": 23.9}, Requirement.A_DAY_PASSED),
        ({"spoke_with": None}, Requirement.SPOKE_WITH_SOMEONE),
        ({"spoke_with": "nobody"}, Requirement.SPOKE_WITH_SOMEONE),
        ({"self_safety": "no", "days_since_report": 13}, Requirement.SAFETY_QUESTIONS_AGAIN),
        ({"self_safety": "no", "days_since_report": 14}, None),
        ({"self_safety": "no", "days_since_report": None}, Requirement.SAFETY_QUESTIONS_AGAIN),
        ({"self_safety": "yes_supported"}, None),
        ({"self_safety": "skip"}, Requirement.SAFETY_QUESTIONS_AGAIN),
        ({"self_safety": "yes_not_now"}, Requirement.SAFETY_QUESTIONS_AGAIN),
        ({"self_safety": "yes_at_risk"}, Requirement.SAFETY_QUESTIONS_AGAIN),
        ({"unreal": "yes"}, Requirement.SAFETY_QUESTIONS_AGAIN),
    ],
)
def test_she_is_safe_only_when_her_answers_say_so(change, missing):
    required = still_required(["PRE-E1"], replace(MET["PRE-E1"], **change))
    assert required == ((missing,) if missing else ())


@pytest.mark.parametrize(
    ("disposition", "met"), [(START, True), (MODIFIED, True), (WAIT, False), (URGENT, False)]
)
@pytest.mark.parametrize("rule", ["PRE-E2", "PRE-U1", "SCREEN-W1"])
def test_the_screening_again_must_allow_to_start(rule, disposition, met):
    missing = still_required([rule], replace(MET[rule], screened_again=disposition))
    assert missing == (() if met else (Requirement.SCREENED_AGAIN,))


@pytest.mark.parametrize("rule", ["PRE-U1", "PRE-E2"])
@pytest.mark.parametrize(
    ("red_flags", "hours", "met"),
    [
        (["RF10"], None, False),
        (["RF10"], 47.9, False),
        (["RF10"], 48, True),
        (["RF16"], 23, False),
        (["RF16"], 24, True),
        (["RF16", "RF10"], 24, False),
        (["RF09"], None, True),
        ([], None, True),
    ],
)
def test_some_signs_must_have_been_gone_for_hours(rule, red_flags, hours, met):
    facts = replace(MET[rule], hours_without_sign=hours)
    assert still_required([rule], facts, red_flags) == (() if met else (Requirement.SIGN_GONE_LONG_ENOUGH,))


def test_a_lock_of_several_rules_wants_all_of_it():
    rules = ["PRE-C1", "PRE-C3"]
    assert still_required(rules, MET["PRE-C1"])
    assert still_required(rules, MET["PRE-C3"])
    assert still_required(rules, replace(MET["PRE-C3"], check_done=True)) == ()
    assert [unlock.kind for unlock in unlocks_for(rules)] == [UnlockKind.CHECKED, UnlockKind.SETTLED]


def test_a_requirement_of_two_rules_is_told_once():
    assert still_required(["PRE-E2", "PRE-U1"], UnlockFacts()).count(Requirement.SCREENED_AGAIN) == 1


@pytest.mark.parametrize("rules", [[], ["PRE-X9"], ["PRE-C1", "PRE-Z1"]])
def test_a_lock_of_unknown_rules_never_ends_by_accident(rules):
    with pytest.raises(AnswerError):
        still_required(rules, UnlockFacts(check_done=True))


@pytest.mark.parametrize(
    ("answers", "locks"),
    [
        ({}, ()),
        ({"mood": "most"}, ()),
        ({"self_safety": "yes_supported"}, ()),
        ({"heaviness": "bulge"}, ("SCREEN-W1",)),
        ({"today": ["fever"]}, ("SCREEN-U1",)),
        ({"wound": "open", "heaviness": "bulge"}, ("SCREEN-W1", "SCREEN-U1")),
        ({"today": ["leg_clot"]}, ("SCREEN-U1",)),
        ({"today": ["dizzy_often"]}, ("SCREEN-W1",)),
        ({"now": ["chest_pain"]}, ("SCREEN-E2",)),
        ({"unreal": "yes"}, ("SCREEN-E2",)),
        ({"self_safety": "yes_not_now", "pain": "p7_10"}, ("SCREEN-E1", "SCREEN-W1")),
        ({"self_safety": "yes_not_now"}, ("SCREEN-E1",)),
        ({"self_safety": "yes_at_risk"}, ("SCREEN-E1",)),
        ({"self_safety": "yes_at_risk", "today": ["fever", "leg_clot"]}, ("SCREEN-U1", "SCREEN-E1")),
        ({"now": ["breathless"], "today": ["fever"]}, ("SCREEN-E2", "SCREEN-U1")),
    ],
)
def test_the_locks_of_a_screening(answers, locks):
    result = evaluate(ALL_CLEAR | answers)
    assert screening_locks(result) == locks
    if locks:
        assert unlocks_for(locks)


@pytest.mark.parametrize(
    ("rules", "is_open"),
    [
        (["PRE-E1"], True),
        (["PRE-U1", "PRE-C3"], True),
        (["SCREEN-E1"], True),
        (["SCREEN-W1"], True),
        (["SCREEN-U1"], True),
        (["PRE-E2"], False),
        (["PRE-E3", "PRE-E1"], False),
        (["POST-E1"], False),
        (["POST-E2"], False),
        (["SCREEN-E2"], False),
    ],
)
def test_breathing_stays_open_but_in_emergencies_of_the_body(rules, is_open):
    assert breathing_open(rules) is is_open


@pytest.mark.parametrize(
    ("rule", "usual_leak", "below", "not_below"),
    [
        ("PRE-C3", 0, {"pain": 3}, {"pain": 4}),
        ("POST-C3", 0, {"pain": 3}, {"pain": 4}),
        ("PRE-C4", 0, {"leak": 0}, {"leak": 1}),
        ("PRE-C4", 1, {"leak": 1}, {"leak": 2}),
        ("PRE-C4", 2, {"leak": 1}, {"leak": 2}),
        ("POST-C4", 2, {"leak": 1}, {"leak": 2}),
        ("PRE-C5", 0, {"heaviness": 0}, {"heaviness": 1}),
        ("PRE-C6", 0, {"lastResponse": "same_or_better"}, {"lastResponse": "worse_settled"}),
    ],
)
def test_a_symptom_settles_below_the_easier_level(rule, usual_leak, below, not_below):
    assert symptom_settled([rule], [before(0, **below), before(24, **below)], usual_leak)
    assert not symptom_settled([rule], [before(0, **below), before(24, **not_below)], usual_leak)
    assert not symptom_settled([rule], [before(0, **not_below), before(24, **below)], usual_leak)
    assert evaluate_before(*before_facts(**below, baselineLeak=usual_leak)).outcome == Outcome.GO
    assert evaluate_before(*before_facts(**not_below, baselineLeak=usual_leak)).outcome == Outcome.EASIER


def test_it_settles_over_two_check_ins_a_day_apart():
    assert not symptom_settled(["PRE-C3"], [], 0)
    assert not symptom_settled(["PRE-C3"], [before(0)], 0)
    assert not symptom_settled(["PRE-C3"], [before(0), before(23.9)], 0)
    assert symptom_settled(["PRE-C3"], [before(0), before(12), before(24)], 0)
    assert not symptom_settled(["PRE-C3"], [before(0), before(12, pain=5), before(24)], 0)
    assert not symptom_settled(["PRE-C3"], [after(0), after(24)], 0)
    assert not symptom_settled([], [before(0), before(24)], 0)
    assert not symptom_settled(["PRE-C3"], [before(0), cut_short("before", 12), before(24)], 0)


def test_all_symptoms_of_the_lock_must_settle():
    history = [before(0, heaviness=1), before(24, heaviness=1)]
    assert symptom_settled(["PRE-C3"], history, 0)
    assert not symptom_settled(["PRE-C3", "PRE-C5"], history, 0)


@pytest.mark.parametrize(
    ("rule", "week", "advised_phase", "restart"),
    [
        ("PRE-E1", 5, None, 5),
        ("PRE-E2", 5, None, 4),
        ("POST-E2", 1, None, 1),
        ("PRE-U4", 5, None, 5),
        ("PRE-C1", 5, None, 4),
        ("PRE-C2", 9, None, 7),
        ("PRE-C2", 9, 2, 4),
        ("PRE-C2", 9, 4, 7),
        ("PRE-C6", 4, None, 3),
        ("SCREEN-W1", 2, None, 2),
    ],
)
def test_where_she_goes_on(rule, week, advised_phase, restart):
    [unlock] = unlocks_for([rule])
    assert restart_week(unlock, week, advised_phase) == restart


def test_nothing_a_mother_confirms_ends_a_lock_that_the_therapist_set():
    everything = UnlockFacts(
        hours_since_report=900, days_since_report=37, spoke_with="clinician",
        safe_and_supported=True, latest_mood="ok", self_safety="no", unreal="no", clinician_agreed=True,
        advice_says_ok=True, sign_gone=True, hours_without_sign=900, screened_again=START, check_done=True,
        contacted_or_booked=True, symptom_settled=True,
    )  # fmt: skip
    assert still_required([THERAPIST], everything) == (Requirement.THERAPIST_AGREES,)
    for unlock in UNLOCKS:
        if unlock.kind != UnlockKind.THERAPIST:
            assert still_required(unlock.rules, everything, ["RF10"]) == ()


def test_every_row_names_its_source():
    assert all(unlock.source.startswith("evidence base, section ") for unlock in UNLOCKS)
    assert {unlock.restart for unlock in UNLOCKS} == set(Restart)
