"""Metamorphic: a worse answer, a longer break and a later report never give a milder outcome, in services and pages.

Drawn from a seed, each pair lived twice from the same past; what the rules alone do is in rules/test_properties.py.
"""

from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from programs.facts.journey import journey_of
from programs.facts.standing import standing_of
from programs.models import Enrollment
from programs.rules.red_flags import SIGNS
from programs.services.check_in import CheckInAsMade, record_check_in
from programs.services.decision import decide_week
from tests.cast import make_enrollment
from tests.programs.journey.conftest import BEFORE, after, before, do_session, do_week
from tests.programs.journey.test_holds import in_week
from tests.programs.rules.test_properties import WORSE_BEFORE

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = sorted(set(WORSE_BEFORE) & set(BEFORE) - {"lastResponse"})


@contextmanager
def lived_and_undone():
    """A past that is lived once more by the other of a pair."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def made_worse(rng):
    """Answers of a check, and the same with one of them worse."""
    answers = dict(BEFORE)
    for name in rng.sample(ANSWERS, 2):
        if name != "redFlags":
            answers[name] = rng.choice(WORSE_BEFORE[name][:3])
    name = rng.choice(ANSWERS)
    if name == "redFlags":
        return answers, answers | {name: [rng.choice(sorted(SIGNS))]}
    scale = WORSE_BEFORE[name]
    return answers, answers | {name: rng.choice(scale[scale.index(answers[name]) :])}


def severity(enrollment, now):
    """How careful everything is now: held or not, the outcome, whether a session is closed, and the week."""
    enrollment.refresh_from_db()
    standing = standing_of(journey_of(enrollment, now))
    return (standing.hold is not None, standing.outcome.rank, not standing.door.is_open, -enrollment.week)


def assert_not_milder(worse, usual):
    """Compare each part by itself: none may be milder."""
    assert all(one >= other for one, other in zip(worse, usual, strict=True)), (usual, worse)


def a_past(enrollment, rng, now):
    """Up to three days of checks and sessions before now, some of them bad."""
    for days in range(rng.randint(0, 3), 0, -1):
        at = now - days * DAY
        if rng.random() < 0.5:
            do_session(enrollment, "w05-a", at, **rng.choice(({}, {"heaviness": 1}, {"painMax": 6})))
        else:
            before(enrollment, at, **rng.choice(({}, {"pain": 5}, {"bleeding": "more"}, {"energy": 2})))


@pytest.mark.parametrize("seed", range(6))
def test_a_worse_answer_before_or_after_is_never_milder(mother, program, a_moment, seed):
    rng, enrollment = Random(seed), in_week(make_enrollment(mother, a_moment - 9 * DAY), 5)
    a_past(enrollment, rng, a_moment)
    for _ in range(3):
        found = []
        for answers in made_worse(rng):
            with lived_and_undone():
                before(enrollment, a_moment + HOUR, "w05-a", **answers)
                found.append([severity(enrollment, a_moment + hours * HOUR) for hours in (2, 20, 30)])
        for usual, worse in zip(*found, strict=True):
            assert_not_milder(worse, usual)


@pytest.mark.parametrize("seed", range(3))
def test_worse_after_a_session_is_never_milder_the_next_days(mother, program, a_moment, seed):
    rng, enrollment = Random(seed), in_week(make_enrollment(mother, a_moment - 9 * DAY), 5)
    a_past(enrollment, rng, a_moment)
    for name, scale in (("heaviness", (0, 1, 2, 3)), ("painMax", (0, 4, 6, 8)), ("leak", (0, 1, 2, 3))):
        found = []
        for level in scale:
            with lived_and_undone():
                do_session(enrollment, "w05-b", a_moment + HOUR)
                after(enrollment, a_moment + 2 * HOUR, "w05-b", **{name: level})
                before(enrollment, a_moment + DAY, "w05-c", lastResponse="same_or_better")
                found.append(severity(enrollment, a_moment + DAY + HOUR))
        for usual, worse in pairwise(found):
            assert_not_milder(worse, usual)


def test_a_longer_break_never_leads_further(mother, program, a_moment):
    enrollment = in_week(make_enrollment(mother, a_moment, days_since_birth=200), 5)
    do_week(enrollment, 5, a_moment + DAY)
    weeks = []
    for days in (9, 13, 15, 21, 29, 60):
        with lived_and_undone():
            enrollment.refresh_from_db()
            decide_week(enrollment, enrollment.week_started_at, a_moment + days * DAY)
            enrollment.refresh_from_db()
            weeks.append(enrollment.week)
    assert weeks == sorted(weeks, reverse=True)
    assert weeks[0] == 6


@pytest.mark.parametrize("answers", [{"heaviness": 2}, {"bleeding": "more"}, {"redFlags": ["fever"]}])
def test_a_later_report_is_never_milder_and_one_that_arrives_late_is_the_same(
    mother, program, a_moment, answers
):
    enrollment = in_week(make_enrollment(mother, a_moment - 9 * DAY), 5)
    then = a_moment + 26 * HOUR
    found = []
    for made, recorded in ((0, 0), (0, 10), (3, 3), (12, 12)):
        with lived_and_undone():
            made_at, now = a_moment + made * HOUR, a_moment + recorded * HOUR
            check = CheckInAsMade(uuid4(), "before", BEFORE | answers, made_at, "w05-a")
            record_check_in(enrollment, check, now)
            before(enrollment, then - HOUR, "w05-a")
            found.append(severity(enrollment, then))
    on_time, arrived_late, *later = found
    assert arrived_late == on_time
    for one in later:
        assert_not_milder(one, on_time)


@pytest.mark.parametrize("seed", range(4))
def test_on_the_pages_a_worse_answer_never_opens_a_session(as_mother, mother, program, seed):
    rng = Random(100 + seed)
    enrollment = in_week(make_enrollment(mother, timezone.now() - 9 * DAY), 5)
    a_past(enrollment, rng, timezone.now() - HOUR)
    opened = []
    for answers in made_worse(rng):
        with lived_and_undone():
            record_check_in(
                Enrollment.objects.get(),
                CheckInAsMade(uuid4(), "before", answers, timezone.now(), "w05-a"),
                timezone.now(),
            )
            pages = [as_mother.get(reverse("session", args=["w05-a"])).status_code]
            kept = as_mother.get(reverse("kept_sessions")).json()["sessions"]
            pages.append(sum(one["kind"] == "session" and bool(one.get("openUntil")) for one in kept))
            opened.append((pages[0] == 200, pages[1]))
    usual, worse = opened
    assert worse <= usual
