"""What counts as an answer: anything else is an error, never "go"."""

import pytest

from programs.rules.answers import Choice, Number, Several, YesNo, read_answers
from programs.rules.check_in_rules import BeforeContext
from programs.rules.vocabulary import AnswerError, Outcome

from .support import NO_HISTORY

COLOUR = Choice("colour", ("red", "blue"))
SOME = Several("some", ("a", "b"), most=2)
LEVEL = Number("level", 0, 3)
COUNT = Number("count", 1)
MAYBE = Number("maybe", 0, optional=True)
SURE = YesNo("sure")


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        (COLOUR, "red", "red"),
        (Choice("outcome", tuple(Outcome)), Outcome.GO, "go"),
        (SOME, [], ()),
        (SOME, ["b", "a"], ("b", "a")),
        (SOME, frozenset({"a"}), ("a",)),
        (LEVEL, 0, 0),
        (LEVEL, 3, 3),
        (COUNT, 900, 900),
        (MAYBE, None, None),
        (MAYBE, 0, 0),
        (SURE, False, False),
    ],
)
def test_an_allowed_answer_is_read(field, value, read):
    assert field.read(value) == read


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        (COLOUR, None, "missing"),
        (COLOUR, "", "unknown"),
        (COLOUR, "Red", "unknown"),
        (COLOUR, ["red"], "unknown"),
        (COLOUR, 0, "unknown"),
        (SOME, None, "missing"),
        (SOME, "a", "unknown"),
        (SOME, {"a": 1}, "unknown"),
        (SOME, ["a", "c"], "unknown"),
        (SOME, ["a", ["b"]], "unknown"),
        (SOME, ["a", "b", "a"], "unknown"),
        (SOME, 5, "unknown"),
        (LEVEL, None, "missing"),
        (LEVEL, -1, "unknown"),
        (LEVEL, 4, "unknown"),
        (LEVEL, "1", "unknown"),
        (LEVEL, 1.0, "unknown"),
        (LEVEL, True, "unknown"),
        (COUNT, 0, "unknown"),
        (MAYBE, -1, "unknown"),
        (SURE, None, "missing"),
        (SURE, 0, "unknown"),
        (SURE, "true", "unknown"),
    ],
)
def test_anything_else_is_an_error(field, value, problem):
    with pytest.raises(AnswerError) as raised:
        field.read(value)
    assert (raised.value.field, raised.value.problem) == (field.name, problem)


@pytest.mark.parametrize(("value", "refused"), [(["a", "c"], ["c"]), (["a", "b", "a"], ["a", "b", "a"])])
def test_the_error_keeps_what_was_refused(value, refused):
    with pytest.raises(AnswerError) as raised:
        SOME.read(value)
    assert raised.value.value == refused


@pytest.mark.parametrize(
    ("answers", "field", "problem"),
    [
        ({"colour": "red"}, "level", "missing"),
        ({"colour": "red", "level": 1, "size": 2}, "size", "unknown"),
    ],
)
def test_all_answers_and_no_others_are_wanted(answers, field, problem):
    with pytest.raises(AnswerError) as raised:
        read_answers([COLOUR, LEVEL], answers)
    assert (raised.value.field, raised.value.problem) == (field, problem)


def test_the_message_does_not_repeat_what_she_said():
    with pytest.raises(AnswerError) as raised:
        COLOUR.read("something private")
    assert "private" not in str(raised.value)
    assert raised.value.value == "something private"


def test_facts_go_to_clinical_names_and_back():
    codes = {
        name: value for name, value in NO_HISTORY.items() if name in {f.name for f in BeforeContext.FIELDS}
    }
    context = BeforeContext.from_codes(codes)
    assert context.bleeding_more_streak == 0
    assert context.codes() == codes


def test_facts_cannot_be_made_of_what_is_not_allowed():
    codes = {
        name: value for name, value in NO_HISTORY.items() if name in {f.name for f in BeforeContext.FIELDS}
    }
    with pytest.raises(AnswerError) as raised:
        BeforeContext.from_codes(codes | {"moodLowIn4": 5})
    assert raised.value.field == "moodLowIn4"
    with pytest.raises(AnswerError):
        BeforeContext.from_codes({})
