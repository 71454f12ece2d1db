"""The address that keeps a session as done: sent ten times it is one, and nothing malformed gets in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.models import SessionLog
from tests.cast import make_enrollment

from .conftest import KEY, message


def test_a_session_is_kept_as_done(enrollment, put_log):
    response = put_log(message())
    assert response.status_code == 200
    log = SessionLog.objects.get()
    assert (log.enrollment, log.session_key, log.kind, log.week) == (enrollment, KEY, "session", 1)
    assert (log.exercises_done, log.exercises_planned, log.seconds_done, log.counts_as_done) == (
        2,
        7,
        170,
        False,
    )
    assert response.json() == {
        "id": str(log.client_id),
        "counts": False,
        "minutes": 3,
        "steps": message()["steps"],
        "redated": False,
    }


def test_sent_ten_times_it_is_one(enrollment, put_log):
    body = message()
    answers = {put_log(body).content for _ in range(10)}
    assert len(answers) == 1
    assert SessionLog.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_ten_times_at_once_it_is_one(enrollment, mother):
    body = message()

    def send(_):
        client = Client()
        client.force_login(mother)
        try:
            return client.put(
                reverse("session_log", args=[KEY]), body, content_type="application/json"
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(send, range(10))) == {200}
    assert SessionLog.objects.count() == 1


def test_later_messages_add_steps_and_lose_none(enrollment, put_log):
    body = message()
    put_log(body)
    later = {"1.1.1": 40, "3.1.1": 30, "4.1.1": 30}
    put_log(body | {"steps": later})
    log = SessionLog.objects.get()
    assert log.steps_done == body["steps"] | {"3.1.1": 30, "4.1.1": 30}
    assert (log.exercises_done, log.seconds_done, log.counts_as_done) == (4, 230, True)


def test_another_device_at_the_same_time_joins_the_log(enrollment, put_log):
    first = message(steps={"1.1.1": 75, "2.1.1": 50})
    put_log(first)
    answer = put_log(message(steps={"2.1.1": 50, "3.1.1": 30})).json()
    assert answer["id"] == first["id"]
    assert answer["steps"] == {"1.1.1": 75, "2.1.1": 50, "3.1.1": 30}
    assert SessionLog.objects.get().seconds_done == 155


def test_a_second_round_later_is_a_second_log(enrollment, put_log):
    now = timezone.now()
    times = {
        "started_at": (now - timedelta(minutes=60)).isoformat(),
        "finished_at": (now - timedelta(minutes=50)).isoformat(),
    }
    put_log(message(**times))
    put_log(message())
    assert SessionLog.objects.count() == 2


def test_what_counted_keeps_counting(enrollment, put_log):
    body = message(exercises_planned=2)
    put_log(body)
    put_log(body | {"exercises_planned": 7, "steps": {"3.1.1": 30}})
    log = SessionLog.objects.get()
    assert (log.counts_as_done, log.exercises_planned) == (True, 7)


def test_an_id_of_another_session_is_refused(enrollment, put_log):
    body = message()
    put_log(body)
    response = put_log(body | {"steps": {"5.1.1": 9}}, key="w01-a")
    assert response.status_code == 400
    assert response.json()["errors"] == {"id": ["This id belongs to another session."]}
    assert SessionLog.objects.get().steps_done == body["steps"]


def test_times_of_a_phone_without_network_are_kept(enrollment, put_log):
    began = timezone.now() - timedelta(days=3, minutes=12)
    put_log(message(started_at=began.isoformat(), finished_at=(began + timedelta(minutes=12)).isoformat()))
    log = SessionLog.objects.get()
    assert (log.started_at, log.finished_at) == (began, began + timedelta(minutes=12))


@pytest.mark.parametrize(
    "error", [timedelta(days=-400), timedelta(hours=-5.5), timedelta(), timedelta(days=400)]
)
def test_a_wrong_clock_is_corrected_by_the_difference(enrollment, put_log, error):
    """A session of ten minutes, sent two hours later by a phone whose clock is `error` off."""
    ended = timezone.now() - timedelta(hours=2)
    body = message(
        started_at=(ended - timedelta(minutes=10) + error).isoformat(),
        finished_at=(ended + error).isoformat(),
    )
    sent_at = (timezone.now() + error).isoformat()
    assert put_log(body, headers={"X-Sent-At": sent_at}).json()["redated"] is False
    log = SessionLog.objects.get()
    assert abs(log.finished_at - ended) < timedelta(seconds=30)
    assert log.finished_at - log.started_at == timedelta(minutes=10)


NEVER = {  # times that cannot be, from a phone whose clock was mended before it sent them
    "before all": {"started_at": "0001-01-01T00:00:00+14:00"},
    "after all": {"finished_at": "9999-12-31T23:59:59-14:00"},
    "ends before it begins": {"started_at": (timezone.now() + timedelta(minutes=20)).isoformat()},
    "years ago": {"started_at": "2001-01-01T10:00:00Z", "finished_at": "2001-01-01T10:10:00Z"},
    "years ahead": {"started_at": "2101-01-01T10:00:00Z", "finished_at": "2101-01-01T10:10:00Z"},
    "days long": {"started_at": (timezone.now() - timedelta(days=30)).isoformat()},
}


@pytest.mark.parametrize("name", NEVER)
@pytest.mark.parametrize("headers", [{}, {"X-Sent-At": "9999-12-31T23:59:59-14:00"}, {"X-Sent-At": "soon"}])
def test_what_was_done_at_a_time_that_cannot_be_is_dated_as_received_and_says_so(
    enrollment, put_log, name, headers
):
    response = put_log(message(**NEVER[name]), headers=headers)
    assert (response.status_code, response.json()["redated"]) == (200, True)
    log = SessionLog.objects.get()
    assert timedelta() <= timezone.now() - log.finished_at < timedelta(minutes=1)
    assert log.finished_at - log.started_at == timedelta(seconds=log.seconds_done)


def test_what_was_done_before_the_birth_by_a_clock_far_off_is_kept_and_counts_for_nothing(
    enrollment, put_log
):
    then = timezone.now() - timedelta(days=200)
    done = message(started_at=(then - timedelta(minutes=10)).isoformat(), finished_at=then.isoformat())
    response = put_log(done)
    assert (response.status_code, response.json()["counts"]) == (200, False)
    assert SessionLog.objects.get().finished_at == then


def test_a_clock_that_is_a_little_ahead_is_set_to_now_without_a_word(enrollment, put_log):
    ahead = timezone.now() + timedelta(minutes=3)
    assert put_log(message(finished_at=ahead.isoformat())).json()["redated"] is False
    assert SessionLog.objects.get().finished_at <= timezone.now()


MALFORMED = {
    "nothing": "",
    "no json": "{",
    "a list": "[]",
    "a number": "7",
    "nested deeply": "[" * 100_000,
    "not a number": '{"id": NaN}',
    "no fields": {},
    "no id": message(id=""),
    "id no uuid": message(id="7"),
    "id an object": message(id={"a": 1}),
    "no beginning": message(started_at=None),
    "time a number": message(started_at=7),
    "time an object": message(finished_at={}),
    "time no time": message(finished_at="soon"),
    "steps a text nested deeply": message(steps="[" * 100_000),
    "no exercises": message(exercises_planned=0),
    "exercises a list": message(exercises_planned=[7]),
    "no steps": message(steps={}),
    "steps a list": message(steps=["1.1.1"]),
    "steps null": message(steps=None),
    "steps true": message(steps=True),
    "step unknown": message(steps={"first": 5}),
    "step with a script": message(steps={"<script>": 5}),
    "step id with more": message(steps={"1.1.1\n": 5}),
    "step negative": message(steps={"1.1.1": -5}),
    "step too long": message(steps={"1.1.1": 10_000}),
    "step a text": message(steps={"1.1.1": "5"}),
    "step a fraction": message(steps={"1.1.1": 1.5}),
    "step true": message(steps={"1.1.1": True}),
    "too many steps": message(steps={f"{a}.{b}.1": 5 for a in range(1, 99) for b in range(1, 9)}),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_told_in_words_and_not_stored(enrollment, put_log, name):
    response = put_log(MALFORMED[name])
    assert response.status_code == 400
    errors = response.json()["errors"]
    assert errors
    assert all(text.strip() for texts in errors.values() for text in texts)
    assert not SessionLog.objects.exists()


def test_only_a_put_is_taken(enrollment, as_mother):
    assert as_mother.get(reverse("session_log", args=[KEY])).status_code == 405
    assert as_mother.post(reverse("session_log", args=[KEY])).status_code == 405


def test_an_unknown_session_is_not_found(enrollment, put_log):
    assert put_log(message(), key="w99-z").status_code == 404


def test_without_an_enrollment_there_is_nothing_to_log_to(mother, program, put_log):
    assert put_log(message()).status_code == 404


def test_a_stranger_is_sent_to_sign_in(enrollment, put_log):
    response = put_log(message(), client=Client())
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_request_from_another_site_is_refused(enrollment, mother):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mother)
    response = client.put(reverse("session_log", args=[KEY]), message(), content_type="application/json")
    assert response.status_code == 403
    assert not SessionLog.objects.exists()


def test_another_mothers_log_is_out_of_reach(enrollment, other_mother, put_log):
    others = make_enrollment(other_mother)
    mine = message()
    put_log(mine)
    client = Client()
    client.force_login(other_mother)
    answer = put_log(mine | {"steps": {"6.1.1": 60}}, client=client)
    assert answer.json()["steps"] == {"6.1.1": 60}
    assert SessionLog.objects.get(enrollment=enrollment).steps_done == mine["steps"]
    assert SessionLog.objects.get(enrollment=others).steps_done == {"6.1.1": 60}


@pytest.mark.parametrize("logs", [0, 3, 30])
def test_logging_takes_the_same_queries_however_much_there_is(
    enrollment, put_log, logs, django_assert_num_queries
):
    put_log(message(), key="w01-a")  # the plan is read once
    for _ in range(logs):
        SessionLog.objects.create(
            enrollment=enrollment,
            session_key=KEY,
            kind="session",
            week=1,
            started_at=timezone.now() - timedelta(days=9),
            finished_at=timezone.now() - timedelta(days=9),
            exercises_done=1,
            exercises_planned=7,
            seconds_done=60,
        )
    with django_assert_num_queries(10):
        put_log(message())
