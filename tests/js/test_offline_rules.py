"""What a phone makes of a check without a network is what the rules make of it, case by case."""

import json
import random
import subprocess

import pytest

from programs.pages.offline_check import WORST_TODAY, table_data
from programs.rules.before_rules import BEFORE_FIELDS
from programs.rules.check_in_rules import Baseline, BeforeContext
from programs.rules.contexts import before_check
from programs.rules.vocabulary import Outcome
from tests.js.test_javascript import HERE, NODE, needs_node
from tests.programs.rules.support import (
    ALL_WELL_BEFORE,
    CHECK_INS,
    NO_HISTORY,
    START,
    before,
    evaluate_before,
    next_morning,
)

pytestmark = needs_node
CONTEXT = {field.name: field for field in BeforeContext.FIELDS}


def on_the_phone(**given):
    """What the phone's module makes of `cases`, `days` and `forms`."""
    asked = {"check": table_data(), "cases": [], "days": [], "forms": []} | given
    done = subprocess.run(
        [NODE, "evaluate.js"], cwd=HERE, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def any_value(field, chance):
    """A value that the field takes; small numbers are likely, as they are in life."""
    if hasattr(field, "codes"):
        several = type(field).__name__ == "Several"
        return (
            chance.sample(field.codes, chance.choice([0, 0, 0, 1, 2]))
            if several
            else chance.choice(field.codes)
        )
    if hasattr(field, "low"):
        return min(chance.choice([0, 0, 1, 2, 3, 5, 8, 14]), 99 if field.high is None else field.high)
    return chance.random() < 0.2


def any_answers(chance, most_changed=4):
    """All well but for a few answers."""
    changed = chance.sample(BEFORE_FIELDS, chance.randint(0, most_changed))
    return ALL_WELL_BEFORE | {field.name: any_value(field, chance) for field in changed}


def test_every_case_of_the_rules_has_the_same_outcome_and_the_same_rules():
    chance = random.Random(16)
    cases = [
        {
            "answers": any_answers(chance),
            "context": {name: any_value(one, chance) for name, one in CONTEXT.items()},
        }
        for _ in range(4000)
    ]
    for case in CHECK_INS["cases"]:
        if case["kind"] == "pre":
            changes = case["changes"] | case["context"]
            cases.append(
                {
                    "answers": {name: changes.get(name, value) for name, value in ALL_WELL_BEFORE.items()},
                    "context": {name: changes.get(name, NO_HISTORY[name]) for name in CONTEXT},
                }
            )
    decisive = {rule["id"] for rule in table_data()["rules"]}
    for case, made in zip(cases, on_the_phone(cases=cases)["cases"], strict=True):
        result = evaluate_before(case["answers"], BeforeContext.from_codes(case["context"]))
        expected = [result.outcome, [rule for rule in result.rules if rule in decisive]]
        assert [made["outcome"], made["rules"]] == expected, case


def test_a_day_on_the_phone_is_never_milder_than_on_the_site():
    """The streaks sent along are those of the worst day: what the phone leaves of them is today's."""
    chance, days = random.Random(17), []
    for _ in range(300):
        history = [
            before(24 * day, **any_answers(chance, 6))
            if chance.random() < 0.7
            else next_morning(24 * day, "worse_still")
            for day in range(chance.randint(0, 5))
        ]
        about = {
            "at": START.replace(day=20),
            "baseline": Baseline(leak=chance.choice([0, 1]), heaviness=chance.choice([0, 2])),
            "last_session": chance.choice([None, START]),
            "weeks_postpartum": chance.choice([3, 7, 8, 20]),
        }
        answers = any_answers(chance, 6)
        worst = before_check(history, WORST_TODAY, **about)[1].codes()
        real = before_check(history, answers, **about)[0].outcome
        days.append({"worst": worst, "answers": answers, "real": real})
    outcomes = [Outcome(made) for made in on_the_phone(days=days)["days"]]
    assert all(made.rank >= day["real"].rank for made, day in zip(outcomes, days, strict=True))
    assert sum(made == day["real"] for made, day in zip(outcomes, days, strict=True)) > 290


@pytest.mark.parametrize("left_out", [None, "pain", "mood", "redFlags"])
def test_a_form_with_a_question_open_is_no_check(left_out):
    texts = {True: "yes", False: "no"}
    fields = [
        [
            name,
            texts.get(value, str(value))
            if isinstance(value, bool)
            else str(value)
            if value != []
            else "none",
        ]
        for name, value in ALL_WELL_BEFORE.items()
        if name != left_out
    ]
    (answers,) = on_the_phone(forms=[{"fields": fields, "suggested": {}, "known": {}}])["forms"]
    assert answers == (None if left_out else ALL_WELL_BEFORE)
