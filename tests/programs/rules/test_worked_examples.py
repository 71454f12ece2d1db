"""The clinicians' worked examples, and how a document of examples is read."""

import pytest

from programs.rules.worked_examples import BASELINES, ExampleError, run_examples

from .support import CHECK_INS, PROGRAM, SCREENING


@pytest.mark.parametrize(
    ("document", "number"),
    [(CHECK_INS, 72 + 14 + 4 + 8 + 8 + 38 + 15), (SCREENING, 32), (PROGRAM, 10)],
    ids=["check-ins", "screening", "program"],
)
def test_all_reviewed_examples_pass(document, number):
    verdicts = run_examples(document)
    assert [verdict for verdict in verdicts if verdict.problems] == []
    assert len(verdicts) == number


def test_our_baselines_are_the_reviewed_ones():
    ours = dict(BASELINES)
    assert ours.pop("progression") == CHECK_INS["progression"]["baseline"]
    assert ours.pop("baselineAnswers") == SCREENING["baselineAnswers"]
    assert ours == {name: CHECK_INS[name] for name in ours}


def test_one_object_with_any_of_the_lists():
    document = {
        "checkin": CHECK_INS["cases"],
        "carryOver": CHECK_INS["carryOver"]["cases"],
        "doors": CHECK_INS["doors"]["cases"],
        "progression": CHECK_INS["progression"]["cases"],
        "screening": SCREENING["cases"],
    }
    verdicts = run_examples(document)
    assert [verdict.kind for verdict in verdicts] == (
        ["checkin"] * 72 + ["carryOver"] * 14 + ["doors"] * 8 + ["progression"] * 38 + ["screening"] * 32
    )
    assert not any(verdict.problems for verdict in verdicts)


def test_the_day_of_birth_is_day_0():
    case = {"daysSinceBirth": 0, "expected": {"allowedMaxPhaseIfStarted": 0}}
    assert problems("screening", case) == ()


def problems(kind, case, **document):
    [verdict] = run_examples({kind: [case], **document})
    return verdict.problems


@pytest.mark.parametrize(
    ("kind", "case", "problem"),
    [
        ("checkin", {"kind": "pre", "changes": {"pain": 5}, "expected": {"outcome": "go"}},
         "outcome: expected go, got easier"),
        ("checkin", {"kind": "pre", "changes": {"pain": 7}, "expected": {"contactWithin": None}},
         "contactWithin: expected none, got this_week"),
        ("checkin", {"kind": "pre", "expected": {"adviceIncludes": ["CALL_TODAY"]}},
         "adviceIncludes: expected CALL_TODAY, got nothing"),
        ("checkin", {"kind": "post", "expected": {"outcom": "go"}},
         '"outcom" is nothing that the rules give here'),
        ("checkin", {"kind": "post", "expected": {"adviceIncludes": "REST_IS_OK"}},
         '"adviceIncludes" must be a list'),
        ("checkin", {"kind": "post", "expected": {}}, '"expected" says nothing'),
        ("checkin", {"kind": "post"}, 'it has no "expected"'),
        ("checkin", {"kind": "during", "expected": {"outcome": "go"}}, '"kind" must be "pre" or "post"'),
        ("checkin", {"kind": "pre", "changes": {"pain": 11}, "expected": {"outcome": "go"}},
         'the answer "pain" is unknown (11)'),
        ("checkin", {"kind": "pre", "changes": {"pain": None}, "expected": {"outcome": "go"}},
         'the answer "pain" is missing'),
        ("checkin", {"kind": "pre", "context": {"streak": 1}, "expected": {"outcome": "go"}},
         'the answer "streak" is unknown'),
        ("checkin", {"kind": "pre", "changes": [], "expected": {"outcome": "go"}},
         '"changes" must be an object'),
        ("checkin", {"kind": "pre", "expected": {"error": True}}, "expected that it cannot be judged, got go"),
        ("checkin", "C01", "a case must be an object"),
        ("carryOver", {"lastAfterOutcome": "easier", "hoursSince": 2, "beforeOutcome": "go", "expected": "go"},
         "outcome: expected go, got easier"),
        ("carryOver", {"beforeOutcome": "go", "expected": "go"}, 'it has no "lastAfterOutcome"'),
        ("carryOver", {"lastAfterOutcome": "go", "lastAdvice": "x", "beforeOutcome": "go", "expected": "go"},
         '"advice" must be a list'),
        ("carryOver", {"inForce": [{"outcome": "breathing_only"}], "beforeOutcome": "go", "expected": "go"},
         'the answer "hoursSince" is missing'),
        ("carryOver", {"inForce": {}, "beforeOutcome": "go", "expected": "go"},
         '"inForce" must be a list of objects'),
        ("doors", {"beforeOutcome": "go", "expected": {"open": True}}, "open: expected true, got false"),
        ("unlock", {"expected": True}, 'it has no list "rules"'),
        ("unlock", {"rules": ["PRE-E1"], "safeAndSupported": True, "expected": True},
         "outcome: expected true, got false"),
        ("harderCases", {"exercise": "handstand", "expected": True}, '"exercises" has no "handstand"'),
        ("progression", {"changes": {"week": 13}, "expected": {"outcome": "advance_week"}},
         'the answer "week" is unknown (13)'),
        ("screening", {"answersChangedFromBaseline": {"mood": "most"}, "expected": {"disposition": "start"}},
         "disposition: expected start, got start_modified"),
        ("screening", {"daysSinceBirth": -1, "expected": {"disposition": "start"}},
         'the answer "daysSinceBirth" is unknown (-1)'),
        ("screening", {"daysSinceBirth": True, "expected": {"disposition": "start"}},
         'the answer "daysSinceBirth" is unknown (True)'),
        ("screening", {"expected": {"allowedMaxPhaseIfStarted": 4}},
         '"allowedMaxPhaseIfStarted" is nothing that the rules give here'),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(kind, case, problem):
    assert problems(kind, case) == (problem,)


@pytest.mark.parametrize("error", ["pain", True])
def test_a_case_may_expect_that_an_answer_cannot_be_judged(error):
    assert problems("checkin", {"kind": "pre", "changes": {"pain": None}, "expected": {"error": error}}) == ()


def test_expecting_another_error_fails():
    case = {"kind": "pre", "changes": {"pain": None}, "expected": {"error": "mood"}}
    assert problems("checkin", case) == ('the answer "pain" is missing',)


def test_a_document_may_bring_its_own_baseline():
    case = {"kind": "pre", "expected": {"outcome": "easier"}}
    assert problems("checkin", case) == ("outcome: expected easier, got go",)
    assert problems("checkin", case, baselineBefore=CHECK_INS["baselineBefore"] | {"pain": 4}) == ()


def test_a_progression_may_bring_its_own_baseline():
    progression = {"baseline": CHECK_INS["progression"]["baseline"] | {"week": 12, "sessionsDoneThisPhase": 9},
                   "cases": [{"expected": {"outcome": "program_complete"}}]}  # fmt: skip
    [verdict] = run_examples({"progression": progression})
    assert verdict.problems == ()


def test_a_case_is_named_by_its_id_and_title_or_its_place():
    cases = [{"id": "C1", "title": "Pain", "kind": "pre", "expected": {"outcome": "go"}}, 5]
    for name in ("cases", "checkin"):
        assert [verdict.case for verdict in run_examples({name: cases})] == ["C1 Pain", "case 2"]


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([], "one JSON object"),
        ({}, "no worked examples"),
        ({"cases": []}, "no worked examples"),
        ({"checkin": 5}, '"checkin" must be a list of cases'),
        ({"cases": "all"}, '"cases" must be a list of cases'),
        ({"cases": [5], "contextDefaults": []}, 'the baseline "contextDefaults" must be an object'),
    ],
)
def test_a_document_that_cannot_be_run_says_why(document, problem):
    with pytest.raises(ExampleError, match=problem):
        run_examples(document)


def test_a_clinician_may_add_a_correction_or_a_tolerated_day():
    document = {
        "carryOver": {
            "correction": {"cases": [{"minutesSince": 2, "correctionsToday": 0, "expected": False}]}
        },
        "progression": {
            "tolerance": {
                "cases": [
                    {
                        "checks": [{"kind": "pre", "changes": {"pain": 4}}],
                        "nextMorning": None,
                        "expected": {"outcome": "easier", "tolerated": True},
                    }
                ]
            }
        },
    }
    assert [(verdict.kind, verdict.problems) for verdict in run_examples(document)] == [
        ("correction", ("outcome: expected false, got true",)),
        ("tolerance", ("tolerated: expected true, got false",)),
    ]
