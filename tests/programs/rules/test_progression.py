"""The weekly decision: the first row that holds, at every threshold; and the week that follows."""

from dataclasses import replace

import pytest

from programs.rules.past_decisions import (
    PastDecision,
    is_gentle,
    milestones_met,
    next_phase_allowed,
    step_backs_in_phase,
    symptom_holds_in_row,
)
from programs.rules.progression import PROGRESS_RULES, ProgressFacts, apply, evaluate_progress
from programs.rules.vocabulary import Advice, AnswerError, DecisionOutcome

from .support import CHECK_INS

GOOD_WEEK = ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"])
END_OF_PHASE = {"week": 3, "sessions_done_this_phase": 9}
STEADY = {"last3": ("easier", "easier", "go"), "tolerated_in_last3": 2}


def decided(**changes):
    return evaluate_progress(replace(GOOD_WEEK, **changes))


def test_the_rows_are_those_of_the_reviewed_data():
    assert [
        {"id": rule.id, "outcome": rule.outcome, "advice": list(rule.advice)} for rule in PROGRESS_RULES
    ] == [{key: row[key] for key in ("id", "outcome", "advice")} for row in CHECK_INS["progression"]["rules"]]
    assert all(rule.source == f"evidence base, section C, rule {rule.id}" for rule in PROGRESS_RULES)


def test_the_facts_are_those_of_the_reviewed_data():
    names = [field["name"] for field in CHECK_INS["progression"]["inputs"]]
    assert [field.name for field in ProgressFacts.FIELDS] == names


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        # PR-1
        ({"last3": ("emergency", "go", "go")}, "PR-1"),
        ({"last3": ("go", "go", "pause_clinician"), "days_since_last": 40}, "PR-1"),
        ({"last3": ("go", "go", "breathing_only")}, "PR-13"),
        # PR-2, PR-4
        ({"days_since_last": 28}, "PR-2"),
        ({"days_since_last": 27}, "PR-4"),
        ({"days_since_last": 14}, "PR-4"),
        ({"days_since_last": 13}, "PR-13"),
        ({"days_since_last": None}, "PR-13"),
        ({"days_since_last": 28, "step_backs_in_phase": 5}, "PR-3"),
        ({"days_since_last": 28, "week": 4}, "PR-2a"),
        ({"days_since_last": 28, "week": 1}, "PR-2a"),
        ({"days_since_last": 27, "week": 4}, "PR-4"),
        # PR-3
        ({"days_since_last": 14, "step_backs_in_phase": 2}, "PR-3"),
        ({"days_since_last": 14, "step_backs_in_phase": 1}, "PR-4"),
        ({"last3": ("breathing_only", "breathing_only", "go"), "step_backs_in_phase": 2}, "PR-3"),
        ({"worse_still_in_last3": 2, "step_backs_in_phase": 3}, "PR-3"),
        ({"step_backs_in_phase": 2}, "PR-13"),
        # PR-5, PR-6
        ({"last3": ("breathing_only", "go", "breathing_only")}, "PR-5"),
        ({"worse_still_in_last3": 2}, "PR-6"),
        ({"worse_still_in_last3": 1}, "PR-13"),
        # PR-7
        ({"last3": ("easier", "go", "easier")}, "PR-7"),
        ({"last3": ("easier", "breathing_only", "go")}, "PR-7"),
        ({"last3": ("easier", "go", "go")}, "PR-13"),
        ({"last3": ("easier", "easier"), "sessions_done_this_week": 0}, "PR-7"),
        # PR-8
        ({"sessions_done_this_week": 1}, "PR-8"),
        ({"sessions_done_this_week": 2}, "PR-13"),
        ({"sessions_done_this_week": 0, "last3": ()}, "PR-8"),
        ({**END_OF_PHASE, "sessions_done_this_week": 1, "milestones_met": False}, "PR-8"),
        # PR-9
        ({**END_OF_PHASE, "sessions_done_this_phase": 6}, "PR-9"),
        ({**END_OF_PHASE, "sessions_done_this_phase": 7}, "PR-12"),
        ({**END_OF_PHASE, "milestones_met": False}, "PR-9"),
        ({**END_OF_PHASE, "week": 12, "milestones_met": False}, "PR-9"),
        ({**END_OF_PHASE, "milestones_met": False, "next_phase_allowed": False}, "PR-9"),
        ({"week": 2, "milestones_met": False, "sessions_done_this_phase": 2}, "PR-13"),
        # PR-14, PR-16
        ({"reported_this_week": 1}, "PR-14"),
        ({"reported_this_week": 2}, "PR-13"),
        ({"reported_this_week": 0, "sessions_done_this_week": 1}, "PR-8"),
        ({"days_in_week": 5}, "PR-16"),
        ({"days_in_week": 6}, "PR-13"),
        ({**END_OF_PHASE, "days_in_week": 5}, "PR-16"),
        ({**END_OF_PHASE, "days_in_week": 5, "next_phase_allowed": False}, "PR-10"),
        ({**END_OF_PHASE, "week": 12, "days_in_week": 5}, "PR-16"),
        # Tolerance and PR-15
        ({**STEADY}, "PR-7"),
        ({**STEADY, "hold_weeks_in_row": 2}, "PR-13"),
        ({**STEADY, "symptom_cleared": True}, "PR-13"),
        ({**STEADY, "last3": ("easier",) * 3, "symptom_cleared": True, "tolerated_in_last3": 1}, "PR-7"),
        (
            {"last3": ("easier", "breathing_only", "go"), "tolerated_in_last3": 2, "symptom_cleared": True},
            "PR-13",
        ),
        ({**STEADY, **END_OF_PHASE, "hold_weeks_in_row": 2}, "PR-15"),
        ({**STEADY, **END_OF_PHASE, "week": 12, "hold_weeks_in_row": 2}, "PR-15"),
        ({**STEADY, **END_OF_PHASE, "symptom_cleared": True}, "PR-12"),
        ({**END_OF_PHASE, "hold_weeks_in_row": 2}, "PR-12"),
        # PR-10 to PR-13
        ({**END_OF_PHASE, "next_phase_allowed": False}, "PR-10"),
        ({**END_OF_PHASE, "week": 9, "next_phase_allowed": False}, "PR-10"),
        ({**END_OF_PHASE, "week": 12, "next_phase_allowed": False}, "PR-11"),
        ({"week": 2, "next_phase_allowed": False}, "PR-13"),
        ({**END_OF_PHASE, "week": 12}, "PR-11"),
        ({**END_OF_PHASE, "week": 6}, "PR-12"),
        ({**END_OF_PHASE, "week": 9}, "PR-12"),
        ({"week": 11, "sessions_done_this_phase": 6}, "PR-13"),
    ],
)
def test_the_first_row_that_holds_decides(changes, rule):
    assert decided(**changes).rule == rule


def test_a_second_symptom_hold_in_a_row_refers():
    held = {"last3": ("easier", "easier", "go")}
    assert decided(**held, hold_weeks_in_row=0).advice == (Advice.SYMPTOM_HOLD,)
    assert decided(**held, hold_weeks_in_row=1).advice == (Advice.SYMPTOM_HOLD, Advice.SEE_PELVIC_PT)
    assert decided(sessions_done_this_week=0, hold_weeks_in_row=1).advice == (Advice.FEW_SESSIONS,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("week", 0), ("week", 13), ("week", None),
        ("sessionsDoneThisWeek", -1),
        ("sessionsDoneThisPhase", None), ("sessionsDoneThisPhase", -1),
        ("last3", ["go", "fine", "go"]), ("last3", ["go"] * 4), ("last3", None), ("last3", "go"),
        ("worseStillInLast3", 4), ("worseStillInLast3", -1),
        ("daysSinceLast", -1), ("daysSinceLast", "2"),
        ("stepBacksInPhase", None), ("stepBacksInPhase", -1),
        ("holdWeeksInRow", 1.5), ("holdWeeksInRow", -1),
        ("milestonesMet", None), ("milestonesMet", 1),
        ("nextPhaseAllowed", "yes"),
        ("reportedThisWeek", None), ("daysInWeek", -1), ("toleratedInLast3", 4), ("symptomCleared", None),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_is_an_error(name, value):
    with pytest.raises(AnswerError) as raised:
        ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"] | {name: value})
    assert raised.value.field == name


@pytest.mark.parametrize(
    ("name", "value"),
    [("week", 1), ("week", 12), ("last3", []), ("worseStillInLast3", 3), ("daysSinceLast", 0)],
)
def test_a_fact_at_its_bound_is_taken(name, value):
    facts = ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"] | {name: value})
    assert facts.codes()[name] == value


def test_no_fact_may_be_left_out():
    for name in CHECK_INS["progression"]["baseline"]:
        codes = {key: value for key, value in CHECK_INS["progression"]["baseline"].items() if key != name}
        with pytest.raises(AnswerError):
            ProgressFacts.from_codes(codes)


def test_the_same_stored_facts_give_the_same_decision():
    for case in CHECK_INS["progression"]["cases"]:
        facts = ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"] | case["changes"])
        assert evaluate_progress(ProgressFacts.from_codes(facts.codes())) == evaluate_progress(facts)


@pytest.mark.parametrize(
    ("outcome", "weeks"),
    [
        ("pause_refer", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("restart_phase", [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10]),
        ("step_back_phase", [1, 1, 1, 1, 1, 1, 4, 4, 4, 7, 7, 7]),
        ("step_back_week", [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("hold_week", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("hold_gate", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("program_complete", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("advance_phase", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12]),
        ("advance_week", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12]),
    ],
)
def test_the_week_that_follows(outcome, weeks):
    assert [apply(DecisionOutcome(outcome), week) for week in range(1, 13)] == weeks


def past(outcome, week, *advice, symptom_days=None):
    return PastDecision(DecisionOutcome(outcome), advice, week, symptom_days)


def test_step_backs_are_counted_in_their_phase():
    decisions = [past("step_back_week", 5), past("step_back_week", 4), past("advance_phase", 3)]
    assert step_backs_in_phase([], 2) == 0
    assert step_backs_in_phase(decisions, 2) == 2
    assert step_backs_in_phase(decisions, 1) == 0
    assert step_backs_in_phase([*decisions, past("hold_week", 4), past("step_back_week", 3)], 2) == 2


@pytest.mark.parametrize("outcome", ["step_back_phase", "restart_phase"])
def test_going_back_by_a_phase_starts_the_count_again(outcome):
    decisions = [past("step_back_week", 5), past(outcome, 5), past("step_back_week", 6)]
    assert step_backs_in_phase(decisions, 2) == 1


HOLD = past("hold_week", 2, Advice.SYMPTOM_HOLD, symptom_days=2)


@pytest.mark.parametrize(
    ("decisions", "count"),
    [
        ([], 0),
        ([HOLD, HOLD], 2),
        ([HOLD, past("hold_week", 2, Advice.FEW_SESSIONS, symptom_days=2)], 1),
        ([HOLD, past("hold_week", 2, Advice.FEW_SESSIONS, symptom_days=1)], 0),
        ([HOLD, HOLD, past("advance_week", 2, Advice.GENTLE_TRACK, symptom_days=3), HOLD], 3),
        ([HOLD, past("step_back_week", 2)], 0),
        ([HOLD, past("step_back_phase", 2), HOLD], 1),
        ([HOLD, past("restart_phase", 2)], 0),
        ([HOLD, past("pause_refer", 2)], 0),
        ([HOLD, past("hold_week", 2)], 1),
    ],
)
def test_symptom_holds_in_a_row(decisions, count):
    assert symptom_holds_in_row(decisions) == count


GENTLE = past("advance_week", 2, Advice.GENTLE_TRACK, symptom_days=3)


@pytest.mark.parametrize(
    ("decisions", "gentle"),
    [
        ([], False),
        ([GENTLE], True),
        ([GENTLE, HOLD], True),
        ([GENTLE, past("step_back_week", 3)], True),
        ([GENTLE, past("advance_week", 3, symptom_days=1)], False),
        ([GENTLE, past("advance_week", 3, symptom_days=1), GENTLE], True),
    ],
)
def test_the_gentle_track_stays_until_a_week_with_fewer_symptoms(decisions, gentle):
    assert is_gentle(decisions) is gentle


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"days_since_last": 20}, ()),
        ({"days_since_last": 20, "worse_still_in_last3": 2, "week": 1}, (Advice.SEE_PELVIC_PT,)),
        ({"last3": ("breathing_only", "breathing_only"), "step_backs_in_phase": 1}, (Advice.SEE_PELVIC_PT,)),
        ({"last3": ("breathing_only", "breathing_only")}, ()),
        ({"days_since_last": 30, "step_backs_in_phase": 2}, (Advice.SEE_PELVIC_PT, Advice.RESCREEN)),
        ({**STEADY, "symptom_cleared": True}, (Advice.GENTLE_TRACK,)),
        ({"last3": ("easier", "go", "go")}, ()),
        (
            {**STEADY, **END_OF_PHASE, "hold_weeks_in_row": 2, "next_phase_allowed": False},
            (Advice.SYMPTOM_GATE, Advice.SEE_PELVIC_PT, Advice.TIME_GATE),
        ),
    ],
)
def test_what_is_advised_beside_the_rows(changes, advice):
    assert decided(**changes).advice == advice


@pytest.mark.parametrize(
    ("ticked", "met"), [([], False), (["a"], False), (["a", "b"], True), (["a", "b", "old"], True)]
)
def test_milestones_are_met_when_all_are_ticked(ticked, met):
    assert milestones_met(["a", "b"], ticked) is met


def test_a_phase_without_milestones_is_never_met():
    assert milestones_met([], []) is False


@pytest.mark.parametrize(
    ("week", "highest", "allowed"),
    [(3, 1, False), (3, 2, True), (2, 1, False), (9, 3, False), (9, 4, True), (12, 4, True)],
)
def test_whether_the_next_phase_is_open(week, highest, allowed):
    assert next_phase_allowed(week, highest) is allowed
