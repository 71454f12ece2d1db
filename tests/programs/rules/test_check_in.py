"""From matched rows to an outcome: the worst wins, small things add up, nothing missing passes."""

import pytest

from programs.rules.after_rules import AFTER_FIELDS, AFTER_RULES
from programs.rules.before_rules import BEFORE_FIELDS, BEFORE_RULES
from programs.rules.check_in import RULES, emergency_so_far, symptom_outcome, symptoms_of
from programs.rules.check_in_rules import AfterContext, BeforeContext
from programs.rules.red_flags import RED_FLAGS, SIGNS
from programs.rules.vocabulary import Advice, AnswerError, CheckInKind, ContactWithin, Outcome

from .support import after_facts, before_facts, evaluate_after, evaluate_before, evaluate_next_morning

GO, EASIER, BREATHE = Outcome.GO, Outcome.EASIER, Outcome.BREATHING_ONLY
PAUSE, EMERGENCY = Outcome.PAUSE_CLINICIAN, Outcome.EMERGENCY


def test_all_well_is_go_with_nothing_to_say():
    result = evaluate_before(*before_facts())
    assert (result.outcome, result.contact_within, result.advice, result.rules) == (GO, None, (), ())
    assert result.red_flags == ()


@pytest.mark.parametrize("field", [field.name for field in BEFORE_FIELDS])
@pytest.mark.parametrize("gone", ["left out", "null", "nonsense"])
def test_before_no_answer_may_be_missing_or_unknown(field, gone):
    answers, context = before_facts()
    answers = spoiled(answers, field, gone)
    with pytest.raises(AnswerError) as raised:
        evaluate_before(answers, context)
    assert raised.value.field == field


@pytest.mark.parametrize("field", [field.name for field in AFTER_FIELDS])
@pytest.mark.parametrize("gone", ["left out", "null", "nonsense"])
def test_after_no_answer_may_be_missing_or_unknown(field, gone):
    answers, context = after_facts()
    answers = spoiled(answers, field, gone)
    with pytest.raises(AnswerError) as raised:
        evaluate_after(answers, context)
    assert raised.value.field == field


def spoiled(answers, field, gone):
    if gone == "left out":
        return {name: value for name, value in answers.items() if name != field}
    return answers | {field: None if gone == "null" else "nonsense"}


def test_the_worst_row_decides_and_the_soonest_contact():
    result = evaluate_before(*before_facts(pain=5, heaviness=2, bowelLeak=True, moodLowIn4=3))
    assert result.outcome == PAUSE
    assert result.contact_within == ContactWithin.THIS_WEEK
    result = evaluate_before(*before_facts(bowelLeak=True, redFlags=["fever"]))
    assert (result.outcome, result.contact_within) == (PAUSE, ContactWithin.TODAY)
    assert result.rules[:2] == ("PRE-U1", "PRE-C2")


def test_contact_may_come_from_a_row_that_only_advises():
    result = evaluate_before(*before_facts(moodLowIn4=3))
    assert (result.outcome, result.contact_within) == (GO, ContactWithin.THIS_WEEK)
    assert result.advice == (Advice.MOOD_SEE_CLINICIAN,)


def test_advice_is_said_once():
    assert evaluate_before(*before_facts(leak=2)).advice == (Advice.KNACK_TIP,)


def test_three_small_things_together_mean_rest():
    result = evaluate_before(*before_facts(pain=4, heaviness=1, scar="sore"))
    assert result.outcome == BREATHE
    assert result.rules == ("PRE-Z1", "PRE-Z2", "PRE-Z5")
    assert result.advice == (Advice.LIE_DOWN_REST, Advice.REST_IS_OK)


def test_two_small_things_stay_easier():
    result = evaluate_before(*before_facts(pain=4, heaviness=1))
    assert result.outcome == EASIER


def test_small_things_of_one_group_count_once():
    # Two rows about leaking and one about pain: two groups.
    result = evaluate_before(*before_facts(leak=2, baselineLeak=0, pain=4))
    assert result.rules[:3] == ("PRE-Z1", "PRE-Z3", "PRE-Z4")
    assert result.outcome == EASIER


def test_small_things_do_not_stack_onto_something_bigger():
    result = evaluate_before(*before_facts(pain=6, heaviness=1, scar="sore", leak=1))
    assert result.outcome == BREATHE
    assert Advice.REST_IS_OK not in result.advice  # said where small things together mean rest


def test_after_small_things_stack_too():
    result = evaluate_after(*after_facts(effort=8, scar="sore", doming="kept"))
    assert result.outcome == BREATHE
    assert Advice.REST_IS_OK in result.advice


@pytest.mark.parametrize(
    ("changes", "red_flags"),
    [
        ({"redFlags": ["cough_blood", "breathless", "fever"]}, ("RF02", "RF10")),
        ({"mood": "not_safe"}, ("RF19",)),
        ({"bleeding": "heavy"}, ("RF04",)),
        ({"redFlags": ["heavy_bleeding"], "bleeding": "heavy"}, ("RF04",)),
        ({"bleeding": "more", "weeksPostpartum": 9}, ("RF04",)),
        ({"redFlags": ["sepsis_signs", "burning_pee"]}, ("RF25", "RF28")),
        ({"mood": "thoughts_supported"}, ()),
        ({"scar": "worse"}, ("RF11",)),
        ({"heaviness": 3}, ("RF22",)),
        ({"heaviness": 3, "clearedSymptoms": ["bulge"]}, ()),
        ({"bowelLeak": True}, ("RF23",)),
    ],
)
def test_the_red_flags_behind_an_outcome_are_named(changes, red_flags):
    assert evaluate_before(*before_facts(**changes)).red_flags == red_flags


def test_every_sign_and_row_points_to_a_red_flag_there_is():
    named = {sign.red_flag for sign in SIGNS.values()} | {rule.red_flag for rule in RULES.values()} - {None}
    assert named <= set(RED_FLAGS)


@pytest.mark.parametrize(
    ("response", "streak", "outcome", "contact"),
    [
        ("same_or_better", 0, GO, None),
        ("worse_settled", 0, EASIER, None),
        ("worse_still", 1, BREATHE, None),
        ("worse_still", 2, BREATHE, None),
        ("worse_still", 3, PAUSE, ContactWithin.THIS_WEEK),
    ],
)
def test_the_next_morning_is_judged_by_the_rows_of_the_before_check(response, streak, outcome, contact):
    result = evaluate_next_morning({"lastResponse": response}, streak)
    assert (result.outcome, result.contact_within) == (outcome, contact)
    whole = evaluate_before(*before_facts(lastResponse=response, worseStillStreak=streak))
    assert (whole.outcome, whole.rules) == (result.outcome, result.rules)


@pytest.mark.parametrize(
    ("answers", "streak", "field"),
    [
        ({}, 0, "lastResponse"),
        ({"lastResponse": "first"}, 0, "lastResponse"),
        ({"lastResponse": "worse_still"}, None, "worseStillStreak"),
        ({"lastResponse": "worse_still"}, -1, "worseStillStreak"),
        ({"lastResponse": "worse_still", "pain": 2}, 1, "pain"),
    ],
)
def test_the_next_morning_wants_its_answer_too(answers, streak, field):
    with pytest.raises(AnswerError) as raised:
        evaluate_next_morning(answers, streak)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("kind", "answers", "rules"),
    [
        ("before", {"redFlags": ["chest_pain"]}, ("PRE-E2",)),
        ("before", {"mood": "not_safe", "pain": None}, ("PRE-E1",)),
        ("before", {"redFlags": [], "bleeding": "heavy"}, ("PRE-E3",)),
        ("after", {"bleeding": "heavy", "redFlags": ["breathless"]}, ("POST-E1", "POST-E2")),
    ],
)
def test_an_emergency_shows_before_the_rest_is_answered(kind, answers, rules):
    result = emergency_so_far(CheckInKind(kind), answers)
    assert (result.outcome, result.contact_within, result.rules) == (EMERGENCY, ContactWithin.NOW, rules)


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("before", {}),
        ("before", {"redFlags": ["fever"], "pain": 10, "bleeding": "more", "mood": "low"}),
        ("after", {"redFlags": [], "heaviness": 3}),
        ("next_morning", {"lastResponse": "worse_still"}),
    ],
)
def test_less_than_an_emergency_waits_for_the_rest(kind, answers):
    assert emergency_so_far(CheckInKind(kind), answers) is None


@pytest.mark.parametrize(
    ("answers", "field"), [({"redFlags": ["chest pain"]}, "redFlags"), ({"effort": 3}, "effort")]
)
def test_nonsense_is_not_passed_over_on_the_way(answers, field):
    with pytest.raises(AnswerError) as raised:
        emergency_so_far(CheckInKind.BEFORE, answers)
    assert raised.value.field == field


CONTEXT_BOUNDS = {
    "baselineLeak": (0, 3),
    "baselineHeaviness": (0, 3),
    "restDaysInRow": (0, None),
    "daysSinceLast": (0, None),
    "weeksPostpartum": (0, None),
    "bleedingMoreStreak": (0, None),
    "heavyStreak": (0, None),
    "worseStillStreak": (0, None),
    "moodLowIn4": (0, 4),
    "painBefore": (0, 10),
    "pfNoStreak": (0, None),
    "domingKeptStreak": (0, None),
    "easyStreak": (0, None),
}


@pytest.mark.parametrize("name", CONTEXT_BOUNDS)
def test_history_too_must_be_within_its_bounds(name):
    low, high = CONTEXT_BOUNDS[name]
    contexts = [
        (context_class, codes)
        for context_class, codes in ((BeforeContext, before_facts()[1]), (AfterContext, after_facts()[1]))
        if name in codes.codes()
    ]
    assert contexts
    for context_class, context in contexts:
        for allowed in (low, 1000 if high is None else high):
            assert context_class.from_codes(context.codes() | {name: allowed}).codes()[name] == allowed
        for beyond in (low - 1, "1", *([] if high is None else [high + 1])):
            with pytest.raises(AnswerError) as raised:
                context_class.from_codes(context.codes() | {name: beyond})
            assert raised.value.field == name


def test_symptoms_are_named_for_the_words_of_a_reason():
    rules = ("PRE-E2", "PRE-B2", "PRE-C5", "PRE-Z1", "POST-B4", "PRE-A1", "PRE-Z7", "POST-Z8")
    assert symptoms_of(rules) == ("sign", "heaviness", "pain", "energy", "release")


def test_every_row_is_about_something_a_person_can_name():
    about = {rule.about for rule in (*BEFORE_RULES, *AFTER_RULES)}
    assert about == {
        "mood", "sign", "bleeding", "scar", "heaviness", "bowel", "pain", "leak", "response", "energy",
        "break", "doming", "effort", "release",
    }  # fmt: skip


def test_only_rows_about_symptoms_count_for_moving_on():
    tired = evaluate_before(*before_facts(energy=2))
    assert (tired.outcome, symptom_outcome(tired.rules)) == (BREATHE, GO)
    mixed = evaluate_before(*before_facts(pain=4, heaviness=1, energy=1, sleep="lt4"))
    assert (mixed.outcome, symptom_outcome(mixed.rules)) == (BREATHE, EASIER)
    three = evaluate_before(*before_facts(pain=4, heaviness=1, scar="sore"))
    assert symptom_outcome(three.rules) == BREATHE
    assert symptom_outcome(()) == GO
