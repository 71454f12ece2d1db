"""What the check-ins of a day say together, and which days are tolerated."""

from datetime import timedelta, timezone

import pytest

from programs.rules.check_in_rules import Baseline
from programs.rules.days import (
    Practice,
    days_of,
    judged_days,
    rest_days_in_row,
    symptoms_began,
    symptoms_cleared,
)
from programs.rules.history import PastCheckIn
from programs.rules.vocabulary import CheckInKind, Outcome

from .support import START, after, before, cut_short, next_morning

GO, EASIER, BREATHE, PAUSE = list(Outcome)[:4]
MILD = {"pain": 4}


def at(hours):
    return START + timedelta(hours=hours)


def outcomes(history, practices=(), baseline=None):
    return [(day.outcome, day.tolerated) for day in judged_days(history, practices, baseline or Baseline())]


def days(history):
    return [[past.kind for past in day.check_ins] for day in days_of(history)]


def test_a_days_worst_symptoms_count():
    assert outcomes([before(0, pain=4), after(1), before(24, pain=6), after(25)]) == [
        (EASIER, False),
        (BREATHE, False),
    ]
    assert outcomes([before(0), after(1, painMax=8)]) == [(PAUSE, False)]


def test_tiredness_is_no_symptom():
    assert outcomes([before(0, energy=2, sleep="lt4")]) == [(GO, False)]


def test_a_bad_morning_belongs_to_its_own_day():
    assert outcomes([after(0), next_morning(22, "worse_still")]) == [(GO, False), (BREATHE, False)]


@pytest.mark.parametrize(
    "nothing_told", [next_morning(24, "same_or_better"), after(24, session_mode=BREATHE)]
)
def test_a_day_that_tells_nothing_pushes_no_other_out(nothing_told):
    assert days([before(0), nothing_told]) == [[CheckInKind.BEFORE]]
    assert days([before(0), nothing_told, before(25)]) == [
        [CheckInKind.BEFORE],
        [nothing_told.kind, CheckInKind.BEFORE],
    ]


def moved(past, zone):
    """The same check-in, its time as another zone tells it."""
    fields = {name: getattr(past, name) for name in PastCheckIn.__dataclass_fields__}
    return PastCheckIn(**fields | {"at": past.at.astimezone(zone)})


def test_a_change_of_time_zone_makes_no_new_day():
    east = timezone(timedelta(hours=14))
    history = [before(0), moved(after(2, painMax=5), east)]
    assert history[0].at.date() != history[1].at.date()
    assert len(days_of(history)) == 1
    assert len(days_of([before(0), moved(before(13), east)])) == 2


def practice(hours, mode=EASIER):
    return Practice(at(hours), mode)


def test_a_mild_day_that_settled_by_the_next_morning_is_tolerated():
    history = [before(0, pain=4), after(1), next_morning(24, "same_or_better")]
    assert outcomes(history, [practice(0.9)]) == [(EASIER, True)]
    assert outcomes(history[:2], [practice(0.9)]) == [(EASIER, False)]
    assert outcomes(history, []) == [(EASIER, False)]


def test_of_two_answers_about_the_day_after_the_worse_counts():
    history = [before(0, pain=4), next_morning(24, "worse_settled"), before(26)]
    assert outcomes(history, [practice(1)])[0] == (EASIER, False)


@pytest.mark.parametrize(
    ("changes", "baseline", "tolerated"),
    [
        ({"leak": 2}, Baseline(leak=2), True),
        ({"leak": 2}, Baseline(leak=1), False),
        ({"heaviness": 1}, Baseline(), True),
        ({"scar": "sore"}, Baseline(), True),
        ({"pain": 6}, Baseline(), False),
    ],
)
def test_tolerance_asks_for_the_level_at_the_start(changes, baseline, tolerated):
    history = [before(0, **changes), next_morning(24, "same_or_better")]
    assert outcomes(history, [practice(1)], baseline)[0][1] is tolerated


@pytest.mark.parametrize(("mode", "tolerated"), [(EASIER, True), (GO, False)])
def test_effort_and_doming_are_tolerated_in_the_easier_version(mode, tolerated):
    history = [before(0), after(1, effort=8, doming="kept"), next_morning(24, "same_or_better")]
    assert outcomes(history, [practice(0.9, mode)])[0] == (EASIER, tolerated)


@pytest.mark.parametrize(
    ("history", "last_session", "count"),
    [
        ([], None, 0),
        ([before(0, energy=2)], None, 1),
        ([before(0, energy=2), before(24, pain=6), before(48, energy=2)], None, 3),
        ([before(0, energy=2), before(72, energy=2)], None, 2),
        ([before(0, energy=2), before(24), before(48, energy=2)], None, 1),
        ([before(0, energy=2), before(3, energy=2)], None, 1),
        ([before(0, energy=2), before(3), before(24, energy=2)], None, 2),
        ([before(0, energy=2), before(24, energy=2)], 12, 1),
    ],
)
def test_rest_days_in_a_row(history, last_session, count):
    ended = None if last_session is None else at(last_session)
    assert rest_days_in_row(history, ended) == count


def test_when_symptoms_began():
    assert symptoms_began([before(0), before(24)]) is None
    assert symptoms_began([before(0), before(24, **MILD), before(48), before(72, **MILD)]) == at(24)
    well = [before(24 * day) for day in (1, 2, 3)]
    assert symptoms_began([before(0, **MILD), *well]) is None
    assert symptoms_began([before(0, **MILD), *well, before(96, **MILD)]) == at(96)


def test_somebody_has_looked_since_they_began_and_nothing_got_worse():
    history = [before(0, **MILD), before(24, **MILD), before(48, **MILD)]
    assert not symptoms_cleared(history, None, Baseline())
    assert symptoms_cleared(history, at(24), Baseline())
    assert not symptoms_cleared(history, at(-24), Baseline())
    assert not symptoms_cleared([*history, before(72, pain=6)], at(24), Baseline())
    assert symptoms_cleared([*history, before(72, pain=6)], at(73), Baseline())
    assert not symptoms_cleared([before(0)], at(1), Baseline())


def test_a_symptom_that_a_clinician_agreed_to_is_cleared_at_its_usual_level():
    history = [before(0, leak=2), before(24, leak=2)]
    assert symptoms_cleared(history, None, Baseline(leak=2, cleared_symptoms=("leak3",)))
    assert not symptoms_cleared(history, None, Baseline(leak=1, cleared_symptoms=("leak3",)))
    assert not symptoms_cleared(history, None, Baseline(leak=2))
    mixed = [*history, before(48, leak=2, pain=4)]
    assert not symptoms_cleared(mixed, None, Baseline(leak=2, cleared_symptoms=("leak3",)))


def test_an_emergency_is_a_day_of_its_own_weight():
    assert outcomes([before(0), cut_short("before", 24)])[-1][0] == Outcome.EMERGENCY
