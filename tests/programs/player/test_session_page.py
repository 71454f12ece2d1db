"""A session without JavaScript: a list to read, tick and send; kindly closed where it is not open."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.models import Enrollment, SafetyHold, SessionLog
from tests.cast import make_enrollment
from tests.markup import squeezed
from tests.programs.journey.conftest import before

from .conftest import KEY


def page_of(client, key=KEY, query=""):
    """The session's page."""
    return client.get(reverse("session", args=[key]) + query)


def text_of(response):
    """What stands on the page, in one line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def tick(client, numbers, key=KEY, **changes):
    """Send the form as the page would."""
    data = {"id": str(uuid.uuid4()), "done": numbers} | changes
    return client.post(reverse("session", args=[key]), data)


def test_the_page_tells_every_exercise_with_its_dose(enrollment, as_mother):
    response = page_of(as_mother)
    assert response.status_code == 200
    text = text_of(response)
    for words in [
        "Gentle Hips and Tummy",
        "7 exercises, about 11 minutes",
        "Heel Slides",
        "5 times each side",
    ]:
        assert words in text
    assert "move 3 s, return 3 s" in text
    assert "Breathe out, hug your low belly in gently and slide one heel away." in text
    assert response["Cache-Control"] == "private, no-store"


def test_nothing_inline_that_the_policy_refuses(enrollment, as_mother):
    html = page_of(as_mother).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=", html)
    assert set(re.findall(r"<script(?! src)[^>]*type=\"([^\"]*)\"[^>]*>", html)) <= {
        "application/json",
        "module",
    }


def test_ticked_exercises_are_a_log(enrollment, as_mother):
    response = tick(as_mother, [1, 3])
    assert response.url == reverse("check_in_after", args=[KEY])
    log = SessionLog.objects.get()
    assert (log.exercises_done, log.exercises_planned, log.counts_as_done) == (2, 7, False)
    assert {step.split(".")[0] for step in log.steps_done} == {"1", "3"}
    assert log.seconds_done == sum(log.steps_done.values()) > 0


@pytest.mark.parametrize(
    ("query", "numbers", "words"),
    [
        ("", [1, 3], "From 4 exercises on, it also counts as a session of the week."),
        ("?minutes=3", [1], "From 2 exercises on, it also counts as a session of the week."),
    ],
)
def test_too_few_exercises_are_told_as_the_reason(enrollment, as_mother, query, numbers, words):
    data = {"id": str(uuid.uuid4()), "done": numbers}
    text = text_of(as_mother.post(reverse("session", args=[KEY]) + query, data, follow=True))
    assert words in text
    assert "a check comes before" not in text


def test_sent_twice_it_is_one_log(enrollment, as_mother):
    same = {"id": str(uuid.uuid4())}
    tick(as_mother, [1, 3], **same)
    tick(as_mother, [1, 3], **same)
    assert SessionLog.objects.count() == 1


def test_nothing_ticked_is_told_and_nothing_is_stored(enrollment, as_mother):
    response = tick(as_mother, [])
    assert response.status_code == 422
    assert "Tick at least one exercise you did" in text_of(response)
    assert not SessionLog.objects.exists()


@pytest.mark.parametrize("numbers", [[99], ["x"], [1, 99]])
def test_an_unknown_tick_is_told_and_the_others_stay(enrollment, as_mother, numbers):
    response = tick(as_mother, numbers)
    assert response.status_code == 422
    assert not SessionLog.objects.exists()
    ticked = re.findall(r'name="done" value="(\d+)" checked', squeezed(response.content.decode()))
    assert ticked == [str(number) for number in numbers if number == 1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?minutes=3", ["Wide Rib Breathing, Side-Lying", "Glute Squeezes"]),
        (
            "?short",
            [
                "Wide Rib Breathing, Side-Lying",
                "Find and Feel Your Pelvic Floor",
                "Heel Slides",
                "Glute Squeezes",
            ],
        ),
    ],
)
def test_a_shorter_form_shows_only_its_exercises(enrollment, as_mother, query, names):
    html = page_of(as_mother, query=query).content.decode()
    shown = [" ".join(name.split()) for name in re.findall(r"<h3>(.*?)</h3>", html)]
    assert shown == names


@pytest.mark.parametrize("query", ["?minutes=5", "?minutes=", "?minutes=x", "?minutes=-1"])
def test_an_unknown_form_is_the_whole_session(enrollment, as_mother, query):
    assert "7 exercises" in text_of(page_of(as_mother, query=query))


def test_a_shorter_form_keeps_the_numbers_of_the_whole(enrollment, as_mother):
    html = squeezed(page_of(as_mother, query="?minutes=3").content.decode())
    numbers = re.findall(r'name="done" value="(\d+)"', html)
    as_mother.post(reverse("session", args=[KEY]) + "?minutes=3", {"id": str(uuid.uuid4()), "done": numbers})
    log = SessionLog.objects.get()
    assert {step.split(".")[0] for step in log.steps_done} == set(numbers)
    assert (log.exercises_planned, log.counts_as_done) == (len(numbers), True)


def test_what_was_changed_for_her_is_told_with_the_reason(other_mother, program):
    theirs = make_enrollment(other_mother, days_since_birth=40, birth_mode="cesarean")
    before(theirs, timezone.now(), "w01-a")
    client = Client()
    client.force_login(other_mother)
    text = text_of(page_of(client, "w01-a"))
    assert "Adapted for you" in text
    assert "Deep Core Hug in its easier version, because of: less than 8 weeks since a cesarean." in text


@pytest.mark.parametrize("key", ["w01-daily", "rest", "relaxation"])
def test_daily_practice_and_rest_have_the_same_page(enrollment, as_mother, key):
    response = page_of(as_mother, key)
    assert response.status_code == 200
    assert tick(as_mother, [1], key=key).url == reverse("today")
    assert SessionLog.objects.get().kind in ("daily", "rest", "relaxation")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("rest", "On days when easy breathing is all your body asks for."),
        ("relaxation", "in place of the daily practice."),
        ("relaxation", "round 1 of 2 today"),
        ("w01-daily", "round 1 of 1 today"),
    ],
)
def test_a_practice_says_when_it_is_for_and_which_round_it_is(enrollment, as_mother, key, words):
    assert words in as_mother.get(reverse("session", args=[key])).content.decode()


def test_the_next_round_is_counted_on(enrollment, as_mother):
    for expected in ("round 1 of 1 today", "round 2 today"):
        assert expected in as_mother.get(reverse("session", args=["w01-daily"])).content.decode()
        tick(as_mother, [1, 2, 3], key="w01-daily")


def hold(enrollment, outcome, rule):
    """A hold in force, set by this rule."""
    SafetyHold.objects.create(
        participant=enrollment.participant,
        enrollment=enrollment,
        outcome=outcome,
        rules_matched=[rule],
        began_at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        (lambda e: hold(e, "pause_clinician", "PRE-U1"), KEY, "Paused until you have been checked"),
        (lambda e: hold(e, "emergency", "PRE-E2"), KEY, "Get help now"),
        (lambda e: Enrollment.objects.update(state="paused"), KEY, "taking a break"),
        (lambda e: Enrollment.objects.update(birth_date=timezone.localdate()), KEY, "Your body is mending"),
        (lambda e: None, "w02-a", "This one comes later"),
    ],
)
def test_a_closed_session_says_kindly_why(enrollment, as_mother, change, key, words):
    change(enrollment)
    response = page_of(as_mother, key)
    assert response.status_code == 403
    assert words in text_of(response)
    assert "player-data" not in response.content.decode()
    assert tick(as_mother, [1, 2, 3, 4, 5], key=key).status_code == 403
    assert not SessionLog.objects.get().counts_as_done


def test_an_unknown_session_is_not_found(enrollment, as_mother):
    assert page_of(as_mother, "w99-z").status_code == 404


def test_a_stranger_is_sent_to_sign_in(enrollment):
    assert page_of(Client()).status_code == 302


@pytest.mark.parametrize("logs", [0, 3, 30])
def test_the_page_takes_the_same_queries_however_much_there_is(
    enrollment, as_mother, logs, django_assert_num_queries
):
    page_of(as_mother)  # the plan is read
    make_logs(enrollment, logs)
    with django_assert_num_queries(7):
        page_of(as_mother)


def make_logs(enrollment, number):
    """Earlier logs of the same session."""
    for age in range(number):
        at = timezone.now() - timedelta(days=age, hours=1)
        SessionLog.objects.create(
            enrollment=enrollment,
            session_key=KEY,
            kind="session",
            week=1,
            started_at=at,
            finished_at=at,
            steps_done={"1.1.1": 75},
            exercises_done=1,
            exercises_planned=7,
            seconds_done=75,
        )
