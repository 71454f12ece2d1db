"""What every test of a journey needs: check-ins, sessions and weeks done at a given time, by the real verbs."""

from datetime import timedelta
from uuid import uuid4

import pytest

from programs.facts.adapted_session import session_for
from programs.facts.decisions import load_decisions
from programs.facts.journey import journey_of, whole_journey_of
from programs.facts.standing import plan_for, standing_of
from programs.facts.weekly import cleared_for_week, weekly_of
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade, record_check_in
from programs.services.session_log import SessionAsDone, log_session
from tests.cast import make_enrollment

BEFORE = {
    "redFlags": [],
    "mood": "ok",
    "pain": 0,
    "heaviness": 0,
    "leak": 0,
    "bowelLeak": False,
    "bleeding": "none",
    "scar": "na",
    "energy": 0,
    "sleep": "gt6",
    "lastResponse": "same_or_better",
}
AFTER = {
    "redFlags": [],
    "painMax": 0,
    "heaviness": 0,
    "leak": 0,
    "bowelLeak": False,
    "doming": "none",
    "pfRelease": "yes",
    "effort": 5,
    "bleeding": "none",
    "scar": "na",
}
FINE = {CheckInKind.BEFORE: BEFORE, CheckInKind.AFTER: AFTER, CheckInKind.NEXT_MORNING: {}}


def check_in(enrollment, kind, at, session_key="", **answers):
    """A check-in with the answers of someone well, changed by `answers`."""
    made = CheckInAsMade(
        client_id=uuid4(), kind=kind, answers=FINE[kind] | answers, made_at=at, session_key=session_key
    )
    return record_check_in(enrollment, made, at)


def before(enrollment, at, key="", **answers):
    """A check-in before a session."""
    return check_in(enrollment, CheckInKind.BEFORE, at, key, **answers)


def after(enrollment, at, key="", **answers):
    """A check-in after a session."""
    return check_in(enrollment, CheckInKind.AFTER, at, key, **answers)


def do_session(enrollment, key, at, **answers):
    """Session `key` done in full, finished at `at`, with its check-ins; `answers` change the one after it."""
    enrollment.refresh_from_db()
    before(enrollment, at - timedelta(minutes=30), key)
    log = log_only(enrollment, key, at)
    after(enrollment, at + timedelta(minutes=1), key, **answers)
    return log


def log_only(enrollment, key, at):
    """Session `key` done in full, finished at `at`; it counts as if a check-in had come before it."""
    log = log_unchecked(enrollment, key, at)
    if not log.counts_as_done:
        log.counts_as_done = True
        log.save(update_fields=["counts_as_done"])
    return log


def log_unchecked(enrollment, key, at):
    """Session `key` done in full, finished at `at`, without check-ins."""
    standing, plan = standing_of(journey_of(enrollment, at)), plan_for(enrollment)
    todo = session_for(plan, key, standing)
    done = SessionAsDone(
        client_id=uuid4(),
        started_at=at - timedelta(minutes=20),
        finished_at=at,
        exercises_planned=len(todo.items),
        steps={step.id: step.seconds for step in todo.steps},
    )
    return log_session(enrollment, plan.session(key), done, standing.outcome, at)


def do_week(enrollment, week, began, **answers):
    """The three sessions of a week, on its first, third and fifth day; returns when the last one ended."""
    for index, letter in enumerate("abc"):
        at = began + timedelta(days=2 * index)
        do_session(enrollment, f"w{week:02}-{letter}", at, **answers)
    enrollment.refresh_from_db()
    return at


def week_at(enrollment, at):
    """The facts of the weekly decision at a moment, loaded as the product does."""
    journey = whole_journey_of(enrollment, at)
    return weekly_of(journey, load_decisions(enrollment), cleared_for_week(journey))


@pytest.fixture
def began(mother, program, a_moment):
    """Maya's place in the program, begun at `a_moment`, 16 weeks after the birth."""
    return make_enrollment(mother, a_moment)


def drawing_in(part):
    """The name of the drawing within a part of a page, once the browser has really drawn it; "" for none."""
    image = part.locator(".drawing img")
    if not image.count():
        return ""
    image.scroll_into_view_if_needed()
    address = image.evaluate("image => image.decode().then(() => image.currentSrc)")
    return address.split("/")[-1].split(".")[0].removesuffix("-dark").removesuffix("-still")
