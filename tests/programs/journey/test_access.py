"""Every door to a session, tried by its address: closed kindly, and nothing of her health told on the way."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.facts.standing import plan_for
from programs.models import Enrollment, Participant
from programs.services.pause import pause
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before, do_session
from tests.programs.journey.test_holds import emergency

DAY = timedelta(days=1)


def paused(user):
    pause(make_enrollment(user), timezone.now())


def held(user):
    before(make_enrollment(user), timezone.now(), redFlags=["fever"])


def in_emergency(user):
    emergency(make_enrollment(user), timezone.now(), redFlags=["chest_pain"])


def in_crisis(user):
    emergency(make_enrollment(user), timezone.now(), mood="not_safe")


def waiting_for_a_check(user):
    make_enrollment(user, heaviness="bulge")


def in_the_first_days(user):
    make_enrollment(user, days_since_birth=5, clearance="not_yet_early")


def before_the_questions(user):
    make_enrollment(user)
    Enrollment.objects.update(screening_due="short")


def back_after_a_break(user):
    at = timezone.now() - 20 * DAY
    do_session(make_enrollment(user, at), "w01-a", at + DAY)


def resting(user):
    before(make_enrollment(user), timezone.now(), energy=2)


OPEN, CLOSED = 200, 403
DOORS = [
    # who, this week's session, a later week's, the daily practice, rest
    (paused, CLOSED, CLOSED, CLOSED, OPEN),
    (held, CLOSED, CLOSED, CLOSED, OPEN),
    (in_emergency, CLOSED, CLOSED, CLOSED, CLOSED),
    (in_crisis, CLOSED, CLOSED, CLOSED, OPEN),
    (waiting_for_a_check, CLOSED, CLOSED, CLOSED, OPEN),
    (in_the_first_days, CLOSED, CLOSED, CLOSED, OPEN),
    (before_the_questions, CLOSED, CLOSED, CLOSED, OPEN),
    (back_after_a_break, CLOSED, CLOSED, CLOSED, OPEN),
    (resting, CLOSED, CLOSED, OPEN, OPEN),
]


@pytest.mark.parametrize(
    ("put", "session", "later", "daily", "rest"), DOORS, ids=lambda one: getattr(one, "__name__", "")
)
def test_by_its_address(as_mother, mother, program, put, session, later, daily, rest):
    put(mother)
    keys = {"w01-a": session, "w04-a": later, "w01-daily": daily, "rest": rest}
    assert {key: as_mother.get(reverse("session", args=[key])).status_code for key in keys} == keys


@pytest.mark.parametrize(("put", "session"), [(put, session) for put, session, *_ in DOORS])
def test_the_page_of_a_closed_door_is_kind_and_leads_on(as_mother, mother, program, put, session):
    put(mother)
    page = as_mother.get(reverse("session", args=["w01-a"])).content.decode()
    main = page[page.index("<main") :]
    assert "<h1>" in main
    assert "href=" in main
    assert as_mother.get(reverse("today")).status_code == 200


@pytest.mark.parametrize(
    ("put", "first", "then"), [(in_emergency, "tel:911", None), (in_crisis, "tel:988", "tel:911")]
)
def test_behind_the_door_in_an_emergency_the_right_number_comes_first(
    as_mother, mother, canada, put, first, then
):
    put(mother)
    Participant.objects.update(country=canada)
    page = as_mother.get(reverse("session", args=["w01-a"])).content.decode()
    numbers = re.findall(r"tel:\d+", page[page.index("<main") :])
    wanted = [number for number in (first, then) if number]
    assert numbers[: len(wanted)] == wanted


def test_no_session_can_be_ticked_behind_a_closed_door(as_mother, mother, program):
    held(mother)
    response = as_mother.post(reverse("session", args=["w01-a"]), {"done": ["1", "2"]})
    assert response.status_code == CLOSED
    assert Enrollment.objects.get().logs.count() == 0


def test_what_is_kept_on_her_phone_is_only_what_is_open(as_mother, mother, program):
    held(mother)
    kept = as_mother.get(reverse("kept_sessions")).json()["sessions"]
    assert [one["key"] for one in kept] == [plan_for(Enrollment.objects.get()).rest.key]


def test_a_closed_door_tells_no_log(as_mother, mother, program, caplog):
    caplog.set_level("INFO")
    in_emergency(mother)
    as_mother.get(reverse("session", args=["w01-a"]))
    told = " ".join(record.getMessage() for record in caplog.records)
    for word in ("emergency", "chest", "hold", "maya"):
        assert word not in told.lower()
