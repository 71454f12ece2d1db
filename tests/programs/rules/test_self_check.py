"""The diastasis self-check: when, and what it means."""

import pytest

from programs.rules.concerns import ConcernCode, self_check_concerns
from programs.rules.self_check import evaluate_self_check, self_check_opens_in
from programs.rules.vocabulary import Advice, AnswerError, BirthType, Disposition, SafetyFlag, Urgency

NOTHING = {
    "fingers": 0, "soft": False, "dome": False, "worried": False, "lump": False, "vomitingOrSeverePain": False
}  # fmt: skip


@pytest.mark.parametrize(
    ("birth", "days", "since_last", "wait"),
    [
        ("vaginal", 41, None, 1),
        ("vaginal", 42, None, 0),
        ("assisted", 42, None, 0),
        ("cesarean", 42, None, 14),
        ("cesarean", 56, None, 0),
        ("vaginal", 90, 20, 1),
        ("vaginal", 90, 21, 0),
        ("vaginal", 40, 20, 2),
    ],
)
def test_it_may_be_done_from_its_day_on_and_every_three_weeks(birth, days, since_last, wait):
    assert self_check_opens_in(BirthType(birth), days, since_last) == wait


FLAGGED, REFERRED = (Advice.ADD_DOMING_FLAG,), (Advice.ADD_DOMING_FLAG, Advice.SEE_PELVIC_PT)


@pytest.mark.parametrize(
    ("answers", "days", "advice"),
    [
        ({}, 60, ()),
        ({"fingers": 1, "soft": True}, 60, ()),
        ({"fingers": 2}, 60, ()),
        ({"fingers": 2, "soft": True}, 60, FLAGGED),
        ({"fingers": 3}, 60, FLAGGED),
        ({"dome": True}, 60, FLAGGED),
        ({"fingers": 4}, 55, FLAGGED),
        ({"fingers": 4}, 56, REFERRED),
        ({"fingers": 3, "soft": True}, 56, FLAGGED),
        ({"worried": True}, 43, REFERRED),
    ],
)
def test_a_gap_or_a_dome_sets_the_flag(answers, days, advice):
    result = evaluate_self_check(NOTHING | answers, days)
    assert result.advice == advice
    assert result.flags == ({SafetyFlag.DOMING} if advice else set())
    assert result.disposition == (Disposition.START_MODIFIED if advice else Disposition.START)
    concerns = self_check_concerns(result)
    assert [mark.code for mark in concerns] == ([ConcernCode.SELF_CHECK] if advice == REFERRED else [])


@pytest.mark.parametrize(
    ("answers", "disposition", "urgency", "advice"),
    [
        ({}, Disposition.WAIT_CLINICIAN, Urgency.ROUTINE, Advice.CALL_CLINICIAN),
        ({"vomitingOrSeverePain": True}, Disposition.URGENT_NOW, Urgency.EMERGENCY, Advice.CALL_EMERGENCY),
        ({"fingers": 5, "soft": True}, Disposition.WAIT_CLINICIAN, Urgency.ROUTINE, Advice.CALL_CLINICIAN),
    ],
)
def test_a_lump_is_for_a_clinician(answers, disposition, urgency, advice):
    result = evaluate_self_check(NOTHING | {"lump": True} | answers, 100)
    assert (result.disposition, result.urgency, result.advice) == (disposition, urgency, (advice,))
    [mark] = self_check_concerns(result)
    assert mark.urgency == urgency


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_may_be_left_out(name):
    with pytest.raises(AnswerError) as raised:
        evaluate_self_check(NOTHING | {name: None}, 100)
    assert raised.value.field == name


@pytest.mark.parametrize(("fingers", "allowed"), [(-1, False), (0, True), (10, True), (11, False)])
def test_fingers_are_counted_from_0_to_10(fingers, allowed):
    if allowed:
        assert evaluate_self_check(NOTHING | {"fingers": fingers}, 100)
    else:
        with pytest.raises(AnswerError):
            evaluate_self_check(NOTHING | {"fingers": fingers}, 100)
