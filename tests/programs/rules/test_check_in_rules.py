"""Both decision tables, row by row: equal to the reviewed data, and right at every threshold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.after_rules import AFTER_FIELDS, AFTER_RULES
from programs.rules.before_rules import BEFORE_FIELDS, BEFORE_RULES
from programs.rules.check_in_rules import AfterContext, BeforeContext
from programs.rules.red_flags import (
    CHECK_SIGNS,
    EMERGENCY_SIGNS,
    REST_SIGNS,
    RIGHT_AWAY_SIGNS,
    SAME_DAY_SIGNS,
    SIGN_GROUPS,
    SIGNS,
    SignSet,
)

from .support import CHECK_INS, after_facts, before_facts, evaluate_after, evaluate_before, quick


@pytest.mark.parametrize(("name", "rules"), [("before", BEFORE_RULES), ("after", AFTER_RULES)])
def test_the_rows_are_those_of_the_reviewed_data(name, rules):
    assert [
        {
            "id": rule.id,
            "outcome": rule.outcome,
            "contactWithin": rule.contact,
            "group": rule.group,
            "symptom": rule.is_symptom,
            "advice": list(rule.advice),
            "text": rule.says,
        }
        for rule in rules
    ] == [{key: row[key] for key in row if key != "when"} for row in CHECK_INS[name]["rules"]]


@pytest.mark.parametrize(("name", "fields"), [("before", BEFORE_FIELDS), ("after", AFTER_FIELDS)])
def test_the_questions_are_those_of_the_reviewed_data(name, fields):
    assert [field.name for field in fields] == [field["name"] for field in CHECK_INS[name]["fields"]]
    for field, data in zip(fields, CHECK_INS[name]["fields"], strict=True):
        if data["type"] == "int":
            assert [field.low, field.high] == data["domain"]
        elif data["type"] != "bool":
            assert list(field.codes) == data["domain"]


def test_the_signs_are_those_of_the_reviewed_data():
    sets = {one: {sign.code for sign in SIGNS.values() if sign.set == one} for one in SignSet}
    assert sets == {name: set(codes) for name, codes in CHECK_INS["flagSets"].items()}
    assert [(sign.code, sign.set, sign.red_flag) for sign in SIGNS.values()] == [
        (sign["id"], sign["set"], sign["redFlag"]) for sign in CHECK_INS["signs"]
    ]
    assert [(group.code, [sign.code for sign in group.signs]) for group in SIGN_GROUPS] == [
        (group["id"], group["members"]) for group in CHECK_INS["groups"]
    ]


@pytest.mark.parametrize("rule", [*BEFORE_RULES, *AFTER_RULES], ids=lambda rule: rule.id)
def test_every_row_names_its_source(rule):
    assert rule.source == f"evidence base, section F, rule {rule.id}"


# Rule, what just makes it hold, what just does not.
BEFORE_THRESHOLDS = [
    ("PRE-E1", {"mood": "not_safe"}, {"mood": "low"}),
    *[("PRE-E2", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in EMERGENCY_SIGNS],
    ("PRE-E3", {"bleeding": "heavy"}, {"bleeding": "more"}),
    *[("PRE-U1", {"redFlags": [sign]}, {"redFlags": ["chest_pain"]}) for sign in SAME_DAY_SIGNS],
    *[("PRE-U5", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in RIGHT_AWAY_SIGNS],
    ("PRE-U2", {"scar": "worse"}, {"scar": "sore"}),
    ("PRE-U3", {"bleeding": "more", "bleedingMoreStreak": 2}, {"bleeding": "more", "bleedingMoreStreak": 1}),
    ("PRE-U3", {"bleeding": "more", "bleedingMoreStreak": 2}, {"bleeding": "same", "bleedingMoreStreak": 2}),
    ("PRE-U4", {"bleeding": "more", "weeksPostpartum": 8}, {"bleeding": "more", "weeksPostpartum": 7}),
    ("PRE-U4", {"bleeding": "more", "weeksPostpartum": 8}, {"bleeding": "same", "weeksPostpartum": 8}),
    ("PRE-C1", {"heaviness": 3}, {"heaviness": 2}),
    (
        "PRE-C1",
        {"heaviness": 3, "clearedSymptoms": ["leak3"]},
        {"heaviness": 3, "clearedSymptoms": ["bulge"]},
    ),
    ("PRE-C2", {"bowelLeak": True}, {"bowelLeak": False}),
    ("PRE-C2", {"bowelLeak": True}, {"bowelLeak": True, "clearedSymptoms": ["bowel_leak"]}),
    ("PRE-C3", {"pain": 7}, {"pain": 6}),
    ("PRE-C3", {"pain": 10}, {"pain": 10, "clearedSymptoms": ["pain7"]}),
    ("PRE-C4", {"leak": 3}, {"leak": 2}),
    ("PRE-C4", {"leak": 3}, {"leak": 3, "clearedSymptoms": ["leak3"]}),
    ("PRE-C5", {"heavyStreak": 3}, {"heavyStreak": 2}),
    ("PRE-C5", {"heavyStreak": 3}, {"heavyStreak": 3, "clearedSymptoms": ["bulge"]}),
    ("PRE-C7", {"bleeding": "same", "weeksPostpartum": 8}, {"bleeding": "same", "weeksPostpartum": 7}),
    ("PRE-C7", {"bleeding": "same"}, {"bleeding": "same", "clearedSymptoms": ["bleeding"]}),
    *[("PRE-C8", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in CHECK_SIGNS],
    ("PRE-C6", {"worseStillStreak": 3}, {"worseStillStreak": 2}),
    ("PRE-B1", {"bleeding": "more"}, {"bleeding": "same"}),
    ("PRE-B2", {"heaviness": 2}, {"heaviness": 1}),
    (
        "PRE-B2",
        {"heaviness": 3, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
        {"heaviness": 3, "clearedSymptoms": ["bulge"], "baselineHeaviness": 3},
    ),
    (
        "PRE-Z10",
        {"heaviness": 2, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
        {"heaviness": 2, "clearedSymptoms": ["bulge"], "baselineHeaviness": 1},
    ),
    (
        "PRE-Z10",
        {"heaviness": 2, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
        {"heaviness": 2, "clearedSymptoms": ["pain7"], "baselineHeaviness": 2},
    ),
    (
        "PRE-Z10",
        {"heaviness": 2, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
        {"heaviness": 1, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
    ),
    *[("PRE-B6", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in REST_SIGNS],
    ("PRE-B3", {"pain": 6}, {"pain": 5}),
    ("PRE-B4", {"energy": 2}, {"energy": 1}),
    ("PRE-B5", {"lastResponse": "worse_still"}, {"lastResponse": "worse_settled"}),
    ("PRE-Z1", {"pain": 4}, {"pain": 3}),
    ("PRE-Z1", {"pain": 5}, {"pain": 6}),
    ("PRE-Z2", {"heaviness": 1}, {"heaviness": 0}),
    ("PRE-Z3", {"leak": 1, "baselineLeak": 0}, {"leak": 1, "baselineLeak": 1}),
    ("PRE-Z3", {"leak": 2, "baselineLeak": 1}, {"leak": 2, "baselineLeak": 2}),
    ("PRE-Z3", {"leak": 2, "baselineLeak": 1}, {"leak": 3, "baselineLeak": 1}),
    ("PRE-Z3", {"leak": 1}, {"leak": 0}),
    ("PRE-Z4", {"leak": 2}, {"leak": 1}),
    ("PRE-Z5", {"scar": "sore"}, {"scar": "ok"}),
    ("PRE-Z6", {"lastResponse": "worse_settled"}, {"lastResponse": "same_or_better"}),
    ("PRE-Z7", {"energy": 1, "sleep": "lt4"}, {"energy": 1, "sleep": "4to6"}),
    ("PRE-Z7", {"energy": 1, "sleep": "lt4"}, {"energy": 0, "sleep": "lt4"}),
    ("PRE-Z9", {"bowelLeak": True}, {"bowelLeak": False}),
    ("PRE-Z8", {"daysSinceLast": 14}, {"daysSinceLast": 13}),
    ("PRE-Z8", {"daysSinceLast": 90}, {"daysSinceLast": None}),
    ("PRE-A1", {"mood": "low"}, {"mood": "ok"}),
    ("PRE-A2", {"moodLowIn4": 3}, {"moodLowIn4": 2}),
    ("PRE-A5", {"restDaysInRow": 3}, {"restDaysInRow": 2}),
    ("PRE-A6", {"mood": "thoughts_supported"}, {"mood": "low"}),
    ("PRE-A3", {"energy": 1}, {"energy": 2}),
    ("PRE-A3", {"sleep": "lt4"}, {"sleep": "4to6"}),
    ("PRE-A4", {"leak": 1}, {"leak": 0}),
]
AFTER_THRESHOLDS = [
    *[("POST-E1", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in EMERGENCY_SIGNS],
    ("POST-E2", {"bleeding": "heavy"}, {"bleeding": "more"}),
    *[("POST-U1", {"redFlags": [sign]}, {"redFlags": ["chest_pain"]}) for sign in SAME_DAY_SIGNS],
    *[("POST-U5", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in RIGHT_AWAY_SIGNS],
    ("POST-U2", {"scar": "worse"}, {"scar": "sore"}),
    ("POST-U3", {"bleeding": "more", "bleedingMoreStreak": 2}, {"bleeding": "more", "bleedingMoreStreak": 1}),
    ("POST-U4", {"bleeding": "more", "weeksPostpartum": 8}, {"bleeding": "more", "weeksPostpartum": 7}),
    ("POST-C5", {"bleeding": "same", "weeksPostpartum": 8}, {"bleeding": "same", "weeksPostpartum": 7}),
    ("POST-C5", {"bleeding": "same"}, {"bleeding": "same", "clearedSymptoms": ["bleeding"]}),
    *[("POST-C6", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in CHECK_SIGNS],
    *[("POST-B5", {"redFlags": [sign]}, {"redFlags": ["fever"]}) for sign in REST_SIGNS],
    ("POST-C1", {"heaviness": 3}, {"heaviness": 2}),
    ("POST-C1", {"heaviness": 3}, {"heaviness": 3, "clearedSymptoms": ["bulge"]}),
    ("POST-C2", {"bowelLeak": True}, {"bowelLeak": False}),
    ("POST-C2", {"bowelLeak": True}, {"bowelLeak": True, "clearedSymptoms": ["bowel_leak"]}),
    ("POST-C3", {"painMax": 7}, {"painMax": 6}),
    ("POST-C3", {"painMax": 7}, {"painMax": 7, "clearedSymptoms": ["pain7"]}),
    ("POST-C4", {"leak": 3}, {"leak": 2}),
    ("POST-C4", {"leak": 3}, {"leak": 3, "clearedSymptoms": ["leak3"]}),
    ("POST-B1", {"bleeding": "more"}, {"bleeding": "same"}),
    ("POST-B2", {"heaviness": 2}, {"heaviness": 1}),
    (
        "POST-B2",
        {"heaviness": 2, "clearedSymptoms": ["bulge"], "baselineHeaviness": 1},
        {"heaviness": 2, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
    ),
    (
        "POST-Z11",
        {"heaviness": 3, "clearedSymptoms": ["bulge"], "baselineHeaviness": 3},
        {"heaviness": 3, "clearedSymptoms": ["bulge"], "baselineHeaviness": 2},
    ),
    ("POST-B3", {"painMax": 6}, {"painMax": 5}),
    ("POST-B4", {"painMax": 5, "painBefore": 1}, {"painMax": 5, "painBefore": 2}),
    ("POST-Z1", {"painMax": 4}, {"painMax": 3}),
    ("POST-Z1", {"painMax": 5}, {"painMax": 6}),
    ("POST-Z2", {"painMax": 3, "painBefore": 1}, {"painMax": 3, "painBefore": 2}),
    ("POST-Z2", {"painMax": 3, "painBefore": 0}, {"painMax": 2, "painBefore": 0}),
    ("POST-Z3", {"heaviness": 1}, {"heaviness": 0}),
    ("POST-Z3", {"heaviness": 1}, {"heaviness": 2}),
    ("POST-Z4", {"leak": 1, "baselineLeak": 0}, {"leak": 1, "baselineLeak": 1}),
    ("POST-Z4", {"leak": 2, "baselineLeak": 1}, {"leak": 3, "baselineLeak": 1}),
    ("POST-Z4", {"leak": 1}, {"leak": 0}),
    ("POST-Z5", {"leak": 2}, {"leak": 1}),
    ("POST-Z10", {"bowelLeak": True}, {"bowelLeak": False}),
    ("POST-Z6", {"doming": "kept"}, {"doming": "fixed"}),
    ("POST-Z7", {"effort": 8}, {"effort": 7}),
    ("POST-Z8", {"pfRelease": "no"}, {"pfRelease": "unsure"}),
    ("POST-Z9", {"scar": "sore"}, {"scar": "ok"}),
    ("POST-R1", {"pfNoStreak": 2}, {"pfNoStreak": 1}),
    ("POST-R2", {"domingKeptStreak": 3}, {"domingKeptStreak": 2}),
    ("POST-A1", {"doming": "fixed"}, {"doming": "none"}),
    ("POST-A2", {"pfRelease": "unsure"}, {"pfRelease": "na"}),
    ("POST-A3", {"easyStreak": 2}, {"easyStreak": 1}),
    ("POST-A4", {"leak": 1}, {"leak": 0}),
]


@pytest.mark.parametrize(("rule", "holds", "holds_not"), BEFORE_THRESHOLDS)
def test_before_each_row_holds_from_its_threshold_on(rule, holds, holds_not):
    assert rule in evaluate_before(*before_facts(**holds)).rules
    assert rule not in evaluate_before(*before_facts(**holds_not)).rules


@pytest.mark.parametrize(("rule", "holds", "holds_not"), AFTER_THRESHOLDS)
def test_after_each_row_holds_from_its_threshold_on(rule, holds, holds_not):
    assert rule in evaluate_after(*after_facts(**holds)).rules
    assert rule not in evaluate_after(*after_facts(**holds_not)).rules


def test_every_row_has_a_threshold_above():
    tested = {row[0] for row in BEFORE_THRESHOLDS + AFTER_THRESHOLDS}
    assert tested == {rule.id for rule in (*BEFORE_RULES, *AFTER_RULES)}


# The reviewed conditions, read by a second and independent reader, over many made-up check-ins.

OPERATORS = {
    "eq": lambda facts, value, wanted: (
        value == wanted and isinstance(value, bool) == isinstance(wanted, bool)
    ),
    "gte": lambda facts, value, wanted: value is not None and value >= wanted,
    "between": lambda facts, value, wanted: value is not None and wanted[0] <= value <= wanted[1],
    "gtField": lambda facts, value, wanted: value > facts[wanted],
    "intersects": lambda facts, value, wanted: bool(set(value) & set(wanted)),
    "contains": lambda facts, value, wanted: wanted in value,
    "notContains": lambda facts, value, wanted: wanted not in value,
    "lteField": lambda facts, value, wanted: value <= facts[wanted],
}


def reviewed(when, facts):
    if "all" in when:
        return all(reviewed(part, facts) for part in when["all"])
    if "any" in when:
        return any(reviewed(part, facts) for part in when["any"])
    return OPERATORS[when["op"]](facts, facts[when["field"]], when["value"])


def any_answer(data):
    kinds = {
        "multi": lambda domain: st.lists(st.sampled_from(domain), max_size=2, unique=True),
        "single": st.sampled_from,
        "bool": lambda domain: st.booleans(),
        "int": lambda domain: st.integers(*domain),
    }
    return kinds[data["type"]](data["domain"])


ANY_CONTEXT = {
    "baselineLeak": st.integers(0, 3),
    "baselineHeaviness": st.integers(0, 3),
    "daysSinceLast": st.none() | st.integers(0, 30),
    "weeksPostpartum": st.integers(0, 20),
    "bleedingMoreStreak": st.integers(0, 4),
    "heavyStreak": st.integers(0, 4),
    "worseStillStreak": st.integers(0, 4),
    "moodLowIn4": st.integers(0, 4),
    "restDaysInRow": st.integers(0, 4),
    "painBefore": st.integers(0, 10),
    "pfNoStreak": st.integers(0, 3),
    "domingKeptStreak": st.integers(0, 4),
    "easyStreak": st.integers(0, 3),
    "clearedSymptoms": st.lists(
        st.sampled_from(["bulge", "bowel_leak", "leak3", "pain7", "bleeding"]), max_size=5, unique=True
    ),
}


def any_answers(name):
    return st.fixed_dictionaries({field["name"]: any_answer(field) for field in CHECK_INS[name]["fields"]})


def any_context(context_class):
    return st.fixed_dictionaries({field.name: ANY_CONTEXT[field.name] for field in context_class.FIELDS})


@quick
@given(answers=any_answers("before"), context=any_context(BeforeContext))
def test_before_the_rows_that_hold_are_those_of_the_reviewed_data(answers, context):
    rows = [row["id"] for row in CHECK_INS["before"]["rules"] if reviewed(row["when"], answers | context)]
    assert list(evaluate_before(answers, BeforeContext.from_codes(context)).rules) == rows


@quick
@given(answers=any_answers("after"), context=any_context(AfterContext))
def test_after_the_rows_that_hold_are_those_of_the_reviewed_data(answers, context):
    facts = answers | context | {"painDelta": answers["painMax"] - context["painBefore"]}
    rows = [row["id"] for row in CHECK_INS["after"]["rules"] if reviewed(row["when"], facts)]
    assert list(evaluate_after(answers, AfterContext.from_codes(context)).rules) == rows
