"""The screening: equal to the reviewed data answer by answer, the worst answer wins, nothing missing passes."""

import pytest

from programs.rules.red_flags import RED_FLAGS, sign_free_hours
from programs.rules.screening import (
    QUESTIONS,
    SHORT_RESCREEN,
    birth_type,
    cleared_symptoms,
    evaluate,
    evaluate_so_far,
    heaviness_level,
    leak_level,
    option_of,
    safety_flags,
    start_allowed,
    time_since_birth_option,
    with_birth_facts,
)
from programs.rules.vocabulary import AnswerError, Disposition, SafetyFlag, Urgency
from programs.wording.screening import question_words

from .support import ALL_CLEAR, SCREENING


def test_the_questions_and_answers_are_those_of_the_reviewed_data():
    """But for "stopIfUrgent": here every question stops at an answer that is urgent."""
    assert [
        {
            "id": question.id,
            "order": question.number,
            "section": question.section,
            "type": "multi" if question.multi else "single",
            "options": [
                {
                    "id": option.id,
                    "label": str(question_words(question.id).options[option.id].label),
                    "disposition": option.disposition,
                    "urgency": option.urgency,
                    "flags": list(option.flags),
                    "redFlag": option.red_flag,
                }
                for option in question.options
            ],
        }
        for question in QUESTIONS
    ] == [{key: row[key] for key in row if key != "stopIfUrgent"} for row in SCREENING["questions"]]


def test_the_red_flags_are_those_of_the_reviewed_data():
    assert [
        {
            "id": flag.id,
            "name": flag.name,
            "urgency": flag.urgency,
            "lockEnds": flag.lock_ends,
            "sources": list(flag.sources),
        }
        for flag in RED_FLAGS.values()
    ] == [{key: flag[key] for key in flag if key != "label"} for flag in SCREENING["redFlags"]]


@pytest.mark.parametrize(
    ("red_flags", "hours"),
    [
        ([], 0),
        (["RF01", "RF11"], 0),
        (["RF04"], 48),
        (["RF06"], 48),
        (["RF10"], 48),
        (["RF15"], 48),
        (["RF16"], 24),
        (["RF16", "RF10", "RF01"], 48),
    ],
)
def test_some_signs_must_have_been_gone_for_a_while(red_flags, hours):
    assert sign_free_hours(red_flags) == hours


def test_every_question_names_its_source():
    assert [question.source for question in QUESTIONS] == [
        f"evidence base, section B, Q{number}" for number in range(1, 19)
    ]


EVERY_ANSWER = [(question, option) for question in QUESTIONS for option in question.options]


@pytest.mark.parametrize(("question", "option"), EVERY_ANSWER, ids=lambda part: part.id)
def test_one_answer_alone_decides_when_all_else_is_clear(question, option):
    result = evaluate(ALL_CLEAR | {question.id: [option.id] if question.multi else option.id})
    assert (result.disposition, result.urgency) == (option.disposition, option.urgency)
    assert result.flags == set(option.flags)
    assert result.red_flags == ((option.red_flag,) if option.red_flag else ())
    expected = () if option.disposition == Disposition.START else ((question.id, option.id),)
    assert result.reasons == expected


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
@pytest.mark.parametrize("given", [None, "", [], "nonsense", ["nonsense"], 0, True])
def test_no_answer_may_be_missing_or_unknown(question, given):
    with pytest.raises(AnswerError) as raised:
        evaluate(ALL_CLEAR | {question.id: given})
    assert raised.value.field == question.id
    assert raised.value.problem == ("missing" if given in (None, "", []) else "unknown")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_no_question_may_be_left_out(question):
    answers = {name: answer for name, answer in ALL_CLEAR.items() if name != question.id}
    with pytest.raises(AnswerError) as raised:
        evaluate(answers)
    assert (raised.value.field, raised.value.problem) == (question.id, "missing")


@pytest.mark.parametrize(
    ("question", "other"), [("now", "chest_pain"), ("today", "leg_clot"), ("health", "anemia")]
)
def test_none_of_these_stands_alone(question, other):
    with pytest.raises(AnswerError) as raised:
        evaluate(ALL_CLEAR | {question: ["none", other]})
    assert (raised.value.field, raised.value.problem) == (question, "combined")


def test_a_question_there_is_not_is_an_error():
    with pytest.raises(AnswerError) as raised:
        evaluate(ALL_CLEAR | {"shoe_size": "38"})
    assert raised.value.field == "shoe_size"


def test_the_worst_answer_wins_and_flags_add_up():
    result = evaluate(
        ALL_CLEAR | {"pain": "p7_10", "bladder": "leak_some", "today": ["fever", "leg_clot"], "mood": "most"}
    )
    assert (result.disposition, result.urgency) == (Disposition.URGENT_NOW, Urgency.RIGHT_AWAY)
    assert result.flags == {"pelvic_pain", "leaking", "mood_support"}
    assert result.reasons == (("today", "fever"), ("today", "leg_clot"))
    assert result.stops == (*result.reasons, ("pain", "p7_10"))
    assert set(result.red_flags) == {"RF10", "RF09"}
    assert result.needs_call_now


def test_one_id_counts_as_a_list_of_one():
    assert evaluate(ALL_CLEAR | {"health": "anemia"}) == evaluate(ALL_CLEAR | {"health": ["anemia"]})


def test_an_emergency_shows_before_the_rest_is_answered():
    result = evaluate_so_far({"now": ["chest_pain"]})
    assert result.needs_call_now
    assert (result.disposition, result.urgency) == (Disposition.URGENT_NOW, Urgency.EMERGENCY)


def test_so_far_passes_over_what_is_not_answered_yet():
    result = evaluate_so_far({"now": ["none"], "today": [], "mood": None})
    assert (result.disposition, result.needs_call_now) == (Disposition.START, False)


def test_so_far_does_not_pass_over_nonsense():
    with pytest.raises(AnswerError):
        evaluate_so_far({"now": ["none"], "self_safety": "perhaps"})


def test_the_short_re_screen_asks_the_reviewed_questions():
    numbers = [question.number for question in QUESTIONS if question.id in SHORT_RESCREEN]
    assert numbers == [1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 16, 18]


@pytest.mark.parametrize(
    ("disposition", "allowed"),
    [("start", True), ("start_modified", True), ("wait_clinician", False), ("urgent_now", False)],
)
def test_who_may_start(disposition, allowed):
    assert start_allowed(Disposition(disposition)) is allowed


def test_safety_flags_follow_from_screening_flags():
    same = set(SCREENING["flagToSafetyFlag"]) - {"cesarean"}
    assert safety_flags(same) == {SafetyFlag(flag) for flag in same}
    assert safety_flags(["oasi", "mood_info", "refer_pt"], 10) == set()


@pytest.mark.parametrize(("days", "active"), [(0, True), (55, True), (56, False), (None, False)])
def test_the_cesarean_flag_ends_with_day_56(days, active):
    assert (SafetyFlag.CESAREAN_LT_8W in safety_flags(["cesarean"], days)) is active
    assert safety_flags(["oasi"], days) == set()


def test_cleared_symptoms_follow_from_screening_flags():
    for flag, symptom in SCREENING["flagToClearedSymptom"].items():
        assert cleared_symptoms([flag, "leaking"]) == {symptom}


@pytest.mark.parametrize(
    ("answer", "level"),
    [("fine", 0), ("leak_some", 1), ("leak_lots", 3), ("leak_lots_ok", 3), ("burning", 0)],
)
def test_the_first_leak_baseline_comes_from_the_bladder_question(answer, level):
    assert leak_level({"bladder": answer}) == level


def test_the_first_heaviness_baseline_comes_from_its_question():
    for answer, level in SCREENING["answerToBaselineHeaviness"].items():
        assert heaviness_level({"heaviness": answer}) == level
    assert heaviness_level({}) == 0


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("vaginal", "vaginal"),
        ("vbac", "vaginal"),
        ("assisted", "assisted"),
        ("assisted_ok", "assisted"),
        ("cesarean", "cesarean"),
        ("", None),
    ],
)
def test_how_she_gave_birth(answer, kind):
    assert birth_type({"birth_mode": answer}) == kind


@pytest.mark.parametrize(
    ("days", "option"),
    [
        (0, "lt_14d"), (13, "lt_14d"),
        (14, "d14_41"), (41, "d14_41"),
        (42, "d42_83"), (83, "d42_83"),
        (84, "ge_84d"), (3000, "ge_84d"),
    ],
)  # fmt: skip
def test_the_birth_date_answers_question_five(days, option):
    assert time_since_birth_option(days) == option


def test_a_birth_in_the_future_answers_nothing():
    with pytest.raises(AnswerError):
        time_since_birth_option(-1)


@pytest.mark.parametrize(
    ("answers", "days", "known"),
    [
        ({"time_since_birth": "lt_14d"}, 50, {"time_since_birth": "d42_83"}),
        ({"time_since_birth": "pregnant"}, 400, {"time_since_birth": "pregnant"}),
        ({"clearance": "not_yet_late"}, 83, {"clearance": "not_yet_early"}),
        ({"clearance": "not_yet_early"}, 84, {"clearance": "not_yet_late"}),
        ({"clearance": "told_wait"}, 84, {"clearance": "told_wait"}),
        ({"bleeding": "lighter"}, 55, {"bleeding": "lighter"}),
        ({"bleeding": "lighter"}, 56, {"bleeding": "after_8w"}),
        ({"bleeding": "after_8w_ok"}, 90, {"bleeding": "after_8w_ok"}),
        ({"bleeding": "heavier"}, 90, {"bleeding": "heavier"}),
    ],
)
def test_the_days_since_birth_set_answers_right(answers, days, known):
    assert with_birth_facts(ALL_CLEAR | answers, days) == (
        ALL_CLEAR | {"time_since_birth": time_since_birth_option(days)} | answers | known
    )


def test_the_row_of_an_answer():
    assert option_of("mood", "most").urgency == Urgency.ROUTINE
    for question, answer in [("mood", "never"), ("moods", "most")]:
        with pytest.raises(AnswerError):
            option_of(question, answer)
