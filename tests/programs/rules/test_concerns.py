"""What a clinician must see, and how soon."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programs.rules.check_in import RULES
from programs.rules.concerns import (
    CHECK_IN_CONCERNS,
    ConcernMark,
    check_in_concerns,
    comment_concern,
    decision_concerns,
    screening_concerns,
    week_concerns,
)
from programs.rules.progression import ProgressFacts, evaluate_progress
from programs.rules.screening import evaluate
from programs.rules.vocabulary import ContactWithin, Outcome, Urgency

from .support import ALL_CLEAR, CHECK_INS, after_facts, before_facts, evaluate_after, evaluate_before

URGENCY_OF_CONTACT = {
    ContactWithin.NOW: Urgency.RIGHT_AWAY,
    ContactWithin.TODAY: Urgency.SAME_DAY,
    ContactWithin.THIS_WEEK: Urgency.ROUTINE,
}


def urgency_of(rule):
    return Urgency.EMERGENCY if rule.outcome == Outcome.EMERGENCY else URGENCY_OF_CONTACT[rule.contact]


def test_every_rule_that_asks_for_contact_is_one_concern_of_its_urgency():
    asking = {rule.id: urgency_of(rule) for rule in RULES.values() if rule.contact}
    rows = [(rule, row.urgency) for row in CHECK_IN_CONCERNS for rule in row.rules]
    assert dict(rows) == asking
    assert len(rows) == len(asking)


def marks(found):
    return [(mark.code, mark.urgency, mark.because) for mark in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"pain": 6, "heaviness": 2}, []),
        ({"mood": "not_safe"}, [("self_harm", "emergency", ("PRE-E1",))]),
        ({"bleeding": "heavy"}, [("emergency_sign", "emergency", ("PRE-E3",))]),
        ({"redFlags": ["fever"], "scar": "worse"}, [("same_day_sign", "same_day", ("PRE-U1", "PRE-U2"))]),
        ({"redFlags": ["leg_clot"]}, [("right_away_sign", "right_away", ("PRE-U5",))]),
        ({"mood": "thoughts_supported"}, [("thoughts_with_help", "routine", ("PRE-A6",))]),
        ({"redFlags": ["dizzy_now"]}, [("dizzy", "routine", ("PRE-B6",))]),
        ({"energy": 2, "restDaysInRow": 3}, [("rest_days", "routine", ("PRE-A5",))]),
        ({"pain": 8}, [("symptom_pause", "routine", ("PRE-C3",))]),
        ({"moodLowIn4": 3}, [("low_mood", "routine", ("PRE-A2",))]),
        (
            {"mood": "not_safe", "redFlags": ["chest_pain", "fever"], "bowelLeak": True},
            [
                ("self_harm", "emergency", ("PRE-E1",)),
                ("emergency_sign", "emergency", ("PRE-E2",)),
                ("same_day_sign", "same_day", ("PRE-U1",)),
                ("symptom_pause", "routine", ("PRE-C2",)),
            ],
        ),
    ],
)
def test_the_concerns_of_a_before_check(changes, expected):
    assert marks(check_in_concerns(evaluate_before(*before_facts(**changes)).rules)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pfNoStreak": 2}, [("cannot_let_go", "routine", ("POST-R1",))]),
        ({"domingKeptStreak": 3}, [("doming_stays", "routine", ("POST-R2",))]),
        ({"doming": "kept", "pfRelease": "no"}, []),
        ({"leak": 3}, [("symptom_pause", "routine", ("POST-C4",))]),
    ],
)
def test_the_concerns_of_an_after_check(changes, expected):
    assert marks(check_in_concerns(evaluate_after(*after_facts(**changes)).rules)) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"birth_mode": "cesarean"}, []),
        ({"mood": "most"}, [("screening_routine", "routine", ("mood:most",))]),
        ({"heaviness": "bulge"}, [("screening_wait_clinician", "routine", ("heaviness:bulge", "RF22"))]),
        ({"today": ["fever"]}, [("screening_urgent_now", "same_day", ("today:fever", "RF10"))]),
        ({"now": ["chest_pain"]}, [("screening_urgent_now", "emergency", ("now:chest_pain", "RF01"))]),
    ],
)
def test_the_concern_of_a_screening(answers, expected):
    assert marks(screening_concerns(evaluate(ALL_CLEAR | answers))) == expected


GOOD_WEEK = ProgressFacts.from_codes(CHECK_INS["progression"]["baseline"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"last3": ("easier", "easier", "go")}, []),
        ({"last3": ("easier", "easier", "go"), "hold_weeks_in_row": 1}, [("second_symptom_hold", "PR-7")]),
        ({"days_since_last": 15}, []),
        ({"days_since_last": 15, "step_backs_in_phase": 2}, [("step_back_phase", "PR-3")]),
        ({"last3": ("pause_clinician",)}, [("pause_refer", "PR-1")]),
    ],
)
def test_the_concerns_of_a_decision(changes, expected):
    found = decision_concerns(evaluate_progress(replace(GOOD_WEEK, **changes)))
    assert [(mark.code, *mark.because) for mark in found] == expected
    assert all(mark.urgency == Urgency.ROUTINE for mark in found)


LONG_IN_WEEK = [("long_in_week", "PR-14")]


@pytest.mark.parametrize(
    ("rule", "days", "sessions", "expected"),
    [
        ("PR-14", 41, 30, []),
        ("PR-14", 42, 11, []),
        ("PR-14", 42, 12, LONG_IN_WEEK),
        ("PR-14", 200, 13, LONG_IN_WEEK),
        ("UNLOCKED", 200, 13, []),
        ("THERAPIST", 200, 13, []),
    ],
)
def test_six_weeks_of_practice_in_one_week_are_a_concern(rule, days, sessions, expected):
    found = week_concerns(rule, timedelta(days=days), sessions)
    assert [(mark.code, *mark.because) for mark in found] == expected
    assert all(mark.urgency == Urgency.ROUTINE for mark in found)


@pytest.mark.parametrize(
    ("signs", "code"),
    [(("chest_pain",), "comment_emergency"), (("chest_pain", "self_harm"), "comment_self_harm")],
)
def test_words_of_an_emergency_in_public_are_a_concern(signs, code):
    mark = comment_concern(signs)
    assert (mark.code, mark.urgency, mark.because) == (code, Urgency.EMERGENCY, signs)


def test_the_same_check_in_gives_the_same_marks():
    facts = before_facts(pain=8, moodLowIn4=3)
    first, again = (check_in_concerns(evaluate_before(*facts).rules) for _ in range(2))
    assert first == again
    assert all(isinstance(mark, ConcernMark) for mark in first)
