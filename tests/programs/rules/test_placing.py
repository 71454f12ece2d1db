"""Where she goes on when not the week's decision moves her; and that it can be computed again."""

from dataclasses import replace

import pytest

from programs.rules.placing import after_lock, after_week, by_therapist, got_worse, placed_again, within_gates
from programs.rules.progression import ProgressFacts, apply, evaluate_progress
from programs.rules.vocabulary import Advice, AnswerError, DecisionOutcome

from .support import CHECK_INS, clinical

GOOD_WEEK = ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"])


def told(placing):
    return placing.result.outcome, placing.week, placing.result.rule


@pytest.mark.parametrize("case", CHECK_INS["progression"]["cases"], ids=lambda case: case["id"])
def test_the_weekly_decision_is_carried_out(case):
    facts = ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"] | case["changes"])
    placing = after_week(facts)
    assert placing.result == evaluate_progress(facts)
    assert placing.week == apply(placing.result.outcome, facts.week)
    assert placed_again(placing.result.rule, facts.codes()) == placing


@pytest.mark.parametrize(
    ("week", "step_backs", "outcome", "to_week", "advice"),
    [
        (5, 0, "step_back_week", 4, ()),
        (5, 1, "step_back_week", 4, ()),
        (5, 2, "step_back_phase", 1, (Advice.SEE_PELVIC_PT,)),
        (1, 0, "step_back_week", 1, ()),
        (2, 3, "step_back_phase", 1, (Advice.SEE_PELVIC_PT,)),
    ],
)
def test_something_got_worse(week, step_backs, outcome, to_week, advice):
    placing = got_worse(week, step_backs)
    assert told(placing) == (outcome, to_week, "ASKED")
    assert placing.result.advice == advice
    assert placed_again("ASKED", {"week": week, "stepBacksInPhase": step_backs}) == placing


@pytest.mark.parametrize(("week", "to_week"), [(5, 4), (4, 3), (1, 1)])
def test_the_therapist_wants_a_gentler_week(week, to_week):
    placing = by_therapist(week)
    assert told(placing) == ("step_back_week", to_week, "THERAPIST")
    assert placed_again("THERAPIST", {"week": week}) == placing


@pytest.mark.parametrize(
    ("week", "locks", "advised_phase", "outcome", "to_week"),
    [
        (5, ("PRE-E1",), None, "hold_week", 5),
        (5, ("PRE-E2",), None, "step_back_week", 4),
        (4, ("PRE-E2",), None, "step_back_week", 3),
        (1, ("PRE-E2",), None, "hold_week", 1),
        (6, ("PRE-C1",), None, "restart_phase", 4),
        (5, ("PRE-C1",), None, "step_back_week", 4),
        (8, ("PRE-C1",), 2, "step_back_phase", 4),
        (8, ("PRE-C1",), 1, "step_back_phase", 1),
        # Of several ways out the most careful one.
        (6, ("PRE-E1", "PRE-C1", "PRE-C3"), None, "restart_phase", 4),
    ],
)
def test_a_lock_has_ended(week, locks, advised_phase, outcome, to_week):
    placing = after_lock(week, locks, advised_phase)
    assert told(placing) == (outcome, to_week, "UNLOCKED")
    facts = {"week": week, "locks": list(locks), "advisedPhase": advised_phase}
    assert placed_again("UNLOCKED", facts) == placing


@pytest.mark.parametrize(
    ("week", "highest_phase", "to_week"),
    [(1, 0, None), (3, 1, None), (4, 1, 1), (4, 2, None), (12, 2, 4), (12, 4, None), (5, 0, 1)],
)
def test_a_gate_has_closed(week, highest_phase, to_week):
    placing = within_gates(week, highest_phase)
    expected = to_week and (DecisionOutcome.STEP_BACK_PHASE, to_week, "GATE")
    assert (placing and told(placing)) == expected
    assert placed_again("GATE", {"week": week, "highestPhase": highest_phase}) == placing


def test_facts_that_cannot_be_place_nobody():
    with pytest.raises(AnswerError):
        placed_again("PR-13", replace(GOOD_WEEK).codes() | {"week": 0})


VERSION_1 = clinical("progression_1.json")


@pytest.mark.parametrize("case", VERSION_1["cases"], ids=lambda case: case["id"])
def test_a_decision_of_version_1_is_computed_again_with_the_rules_that_made_it(case):
    facts = VERSION_1["baseline"] | case["changes"]
    placing = placed_again("PR-13", facts, "1.0")
    expected = case["expected"]
    assert placing.result.outcome == expected["outcome"]
    assert set(expected.get("adviceIncludes", [])) <= set(placing.result.advice)
    assert placing.week == apply(placing.result.outcome, facts["week"])
    with pytest.raises(AnswerError):
        placed_again("PR-13", facts, "2.0")
