"""What reads a history from the newest back finds the same as a walk through all of it, and reads little of it."""

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.history import (
    bleeding_more_streak,
    doming_kept_streak,
    easy_streak,
    heavy_streak,
    is_easy,
    is_rest,
    last_responses,
    mood_low_in4,
    pf_no_streak,
    worse_still_in_last3,
    worse_still_streak,
)
from programs.rules.safety_flags import FLAG_RULES, FlagMark, active_flags
from programs.rules.vocabulary import CheckInKind, Outcome

from .support import ALL_WELL_BEFORE, START, PastCheckIn, quick

MOSTLY_WELL = {
    "mood": ["ok", "ok", "low", "not_safe"],
    "bleeding": ["none", "none", "more", "heavy"],
    "heaviness": [0, 0, 1, 2],
    "leak": [0, 0, 1],
    "pain": [0, 0, 4],
    "painMax": [0, 0, 5],
    "lastResponse": ["first", "same_or_better", "worse_still"],
    "pfRelease": ["yes", "na", "no"],
    "doming": ["none", "none", "fixed", "kept"],
    "effort": [2, 3, 5],
}
ASKED = {
    CheckInKind.BEFORE: ("mood", "bleeding", "heaviness", "leak", "pain", "lastResponse"),
    CheckInKind.AFTER: ("bleeding", "heaviness", "leak", "painMax", "pfRelease", "doming", "effort"),
    CheckInKind.NEXT_MORNING: ("lastResponse",),
}
HOURS = st.integers(0, 300)


@st.composite
def histories(draw):
    found = []
    for hours in sorted(draw(st.lists(HOURS, max_size=14))):
        kind = draw(st.sampled_from(CheckInKind))
        # An emergency cuts a check-in short. How hard a session was is asked of each that ends well.
        left_out = draw(st.sets(st.sampled_from(ASKED[kind]), max_size=1)) - {"effort"}
        answers = {
            name: draw(st.sampled_from(MOSTLY_WELL[name])) for name in ASKED[kind] if name not in left_out
        }
        outcomes = st.sampled_from([Outcome.GO, Outcome.GO, Outcome.EASIER, Outcome.BREATHING_ONLY])
        found.append(
            PastCheckIn(
                kind=kind,
                at=START + timedelta(hours=hours),
                answers=answers,
                outcome=draw(outcomes),
                session_mode=draw(outcomes),
            )
        )
    return found


MARKS = st.lists(
    st.builds(
        FlagMark,
        flag=st.sampled_from([rule.flag for rule in FLAG_RULES]),
        at=HOURS.map(lambda hours: START + timedelta(hours=hours)),
        on=st.booleans(),
    ),
    max_size=4,
)


def is_active_walking_on(rule, marks, history):
    """The rule as the program words it: from the first event to the last."""
    events = [mark for mark in marks if mark.flag == rule.flag] + list(history)
    held = begun = False
    beginning = ending = 0
    for event in sorted(events, key=lambda one: one.at):
        if isinstance(event, FlagMark):
            if rule.mark_stays:
                held = event.on
            elif event.on:
                begun, ending = True, 0
            continue
        if event.kind == CheckInKind.AFTER and rule.begins.first_name in event.answers:
            beginning = beginning + 1 if rule.begins(event.answers) else 0
            if beginning >= rule.begins_in_row:
                begun, ending = True, 0
                continue
        ends = rule.ends.get(event.kind)
        counts = not is_rest(event) or CheckInKind.BEFORE in rule.ends
        if ends and counts and ends.first_name in event.answers:
            ending = ending + 1 if ends(event.answers) else 0
            begun = begun and ending < rule.ends_in_row
    return held or begun


def streak(values, holds):
    count = 0
    for value in values:
        count = count + 1 if holds(value) else 0
    return count


def longer_streak(history, name, codes):
    before = [past for past in history if past.kind == CheckInKind.BEFORE]
    return max(
        streak([past.answers[name] for past in row if name in past.answers], lambda answer: answer in codes)
        for row in (history, before)
    )


def responses_walking_on(history):
    answers, previous = [], None
    for past in history:
        if past.answers.get("lastResponse", "first") == "first":
            continue
        if (
            previous
            and previous.at.date() == past.at.date()
            and CheckInKind.NEXT_MORNING in (previous.kind, past.kind)
        ):
            answers.pop()
        answers.append(past.answers["lastResponse"])
        previous = past
    return answers


@quick
@given(histories(), MARKS)
def test_safety_flags_are_those_of_a_walk_through_all(history, marks):
    walked = {rule.flag for rule in FLAG_RULES if is_active_walking_on(rule, marks, history)}
    assert active_flags(marks, history) == walked


@quick
@given(histories())
def test_streaks_are_those_of_a_walk_through_all(history):
    after = [past for past in history if past.kind == CheckInKind.AFTER]
    assert bleeding_more_streak(history) == longer_streak(history, "bleeding", ("more", "heavy"))
    assert heavy_streak(history) == longer_streak(history, "heaviness", (2, 3))
    moods = [past.answers["mood"] for past in history if "mood" in past.answers]
    assert mood_low_in4(history) == sum(mood != "ok" for mood in moods[-4:])
    releases = [past.answers["pfRelease"] for past in after if past.answers.get("pfRelease", "na") != "na"]
    assert pf_no_streak(history) == streak(releases, lambda answer: answer == "no")
    told = [past for past in after if not is_rest(past) or past.answers.get("doming") != "none"]
    doming = [past.answers["doming"] for past in told if "doming" in past.answers]
    assert doming_kept_streak(history) == streak(doming, lambda answer: answer == "kept")
    assert easy_streak(history) == streak(after, is_easy)


@quick
@given(histories())
def test_mornings_are_those_of_a_walk_through_all(history):
    responses = responses_walking_on(history)
    assert last_responses(history) == responses
    assert worse_still_streak(history) == streak(responses, lambda response: response == "worse_still")
    assert worse_still_in_last3(history) == responses[-3:].count("worse_still")


class Unread(Mapping):
    """Answers that nobody may look at."""

    def __getitem__(self, name):
        raise AssertionError(f"{name} was read")

    __iter__ = __len__ = None


def test_answers_of_long_ago_are_not_read():
    def past(hours, answers):
        at = START + timedelta(hours=hours)
        return PastCheckIn(kind=CheckInKind.BEFORE, at=at, answers=answers, outcome=Outcome.GO)

    history = [
        *(past(hours, Unread()) for hours in range(50)),
        *(past(50 + n, ALL_WELL_BEFORE) for n in range(4)),
    ]
    assert active_flags([], history) == set()
    assert (bleeding_more_streak(history), heavy_streak(history), worse_still_streak(history)) == (0, 0, 0)
    assert mood_low_in4(history) == 0
