"""What watchers and the desk learn: database, queue, worker and disk, and nothing about anyone."""

import json
import logging
import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from postpartum import error_reports, request_ids
from postpartum.background import periodic_duties, work_once
from postpartum.logs import MAILS_AN_HOUR, JsonFormatter, OperatorMailHandler
from postpartum.models import Mail
from postpartum.wellness import note_worker

Disk = namedtuple("Disk", "total used free")
SECRET = "leaking-since-tuesday"


def failed(message=SECRET):
    """A log record of an exception."""
    try:
        raise KeyError(message)
    except KeyError as error:
        where = type(error), error, error.__traceback__
        return logging.LogRecord("x", logging.ERROR, "x.py", 1, "Failed", None, where)


@pytest.mark.django_db
def test_health_tells_of_worker_queue_and_disk(client, mail_queue):
    note_worker(timezone.now())
    assert client.get("/healthz").json()["late"] is False

    send_mail("Hello", "Maya", None, ["maya@example.org"])
    Mail.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    said = client.get("/healthz").json()

    assert (said["status"], said["late"], said["queue_length"]) == ("ok", True, 1)
    assert said["queue_seconds"] >= 3600
    assert 0 <= said["disk_free_percent"] <= 100


@pytest.mark.django_db
def test_a_silent_worker_is_late_and_the_desk_says_so(client, as_therapist):
    words = "No email is going out right now"
    assert client.get("/healthz").json()["late"] is True
    assert words in as_therapist.get(reverse("admin:index")).content.decode()

    work_once(periodic_duties()[:1], queues=[])

    assert client.get("/healthz").json()["late"] is False
    assert words not in as_therapist.get(reverse("admin:index")).content.decode()
    note_worker(timezone.now() - timedelta(minutes=10))
    assert words in as_therapist.get(reverse("admin:index")).content.decode()


@pytest.mark.django_db
def test_a_full_disk_is_no_good_health(client, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1000, 999, 1))

    response = client.get("/healthz")

    assert (response.status_code, response.json()["status"]) == (503, "disk full")


def test_whether_the_process_lives_asks_no_database(client):
    assert client.get("/healthz?live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_numbers_are_for_whoever_has_the_key(client, settings):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_KEY = "a-long-key"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404

    response = client.get("/metrics", headers={"Authorization": "Bearer a-long-key"})

    assert response["Content-Type"].startswith("text/plain")
    assert "\ntend_database_up 1.0\n" in response.content.decode()
    assert "\ntend_worker_seconds -1.0\n" in response.content.decode()


@pytest.mark.django_db
def test_each_request_has_an_id_of_its_own(client):
    one, other = (client.get("/robots.txt").headers["X-Request-ID"] for _ in range(2))

    assert len(one) == 12
    assert one != other
    assert request_ids.present() == request_ids.NONE


def test_a_structured_line_says_where_and_no_message_of_an_exception():
    number = request_ids.begin()

    said = json.loads(JsonFormatter().format(failed()))

    request_ids.end()
    assert said["request"] == number
    assert said["level"] == "ERROR"
    assert "in failed" in said["where"]
    assert SECRET not in json.dumps(said)


def test_the_operator_gets_one_mail_for_a_fault_that_everybody_meets(settings):
    settings.ADMINS = [("Operator", "ops@example.org")]
    handler = OperatorMailHandler()
    for _ in range(50):
        handler.emit(failed())
    assert len(mail.outbox) == 1

    for number in range(30):
        handler.emit(logging.LogRecord("x", logging.ERROR, "x.py", 1, f"Failed {number}", None, None))

    assert len(mail.outbox) == MAILS_AN_HOUR
    assert "49 more since the last mail are in the log only" in mail.outbox[1].body


def test_a_report_that_leaves_the_site_holds_no_word_of_a_person():
    frame = {"function": "f", "vars": {"a": SECRET}, "context_line": SECRET}
    exception = {"type": "KeyError", "value": SECRET, "stacktrace": {"frames": [frame]}}
    event = {
        "event_id": "1",
        "request": {"url": f"https://x/{SECRET}", "cookies": SECRET},
        "user": {"id": 5},
        "breadcrumbs": [SECRET],
        "extra": {"a": SECRET},
        "message": SECRET,
        "exception": {"values": [exception]},
    }

    told = error_reports.scrubbed(event, {})

    assert SECRET not in json.dumps(told)
    assert told["exception"]["values"][0]["stacktrace"]["frames"] == [{"function": "f"}]
    assert error_reports.scrubbed({"message": SECRET}, {}) is None
