"""What the mail provider reports later ends up on the desk."""

import base64
import importlib
import json

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, tracking
from django.core.mail import send_mail
from django.urls import clear_url_caches, set_urlconf
from django.utils import timezone

import postpartum.urls
from postpartum.mail.sending import send_next
from postpartum.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(mail_queue):
    """A mail that went out."""
    send_mail("Hello", "there", None, ["maya@example.org"])
    send_next(timezone.now())
    return Mail.objects.get()


def report(kind, recipient="Maya@Example.org", **more):
    """The provider tells of an event."""
    event = AnymailTrackingEvent(event_type=kind, recipient=recipient, **more)
    tracking.send(sender=None, event=event, esp_name="Postmark")


def test_a_bounce_is_shown_with_its_reason(sent):
    report(EventType.BOUNCED, reject_reason="bounced")

    [mail] = Mail.objects.not_delivered()
    assert (mail.pk, mail.state, mail.problem) == (sent.pk, Mail.State.BOUNCED, "Postmark: bounced bounced")


@pytest.mark.parametrize(
    ("kind", "recipient"),
    [(EventType.DELIVERED, "maya@example.org"), (EventType.BOUNCED, "nora@example.org")],
)
def test_good_news_and_strangers_change_nothing(sent, kind, recipient):
    report(kind, recipient)

    assert not Mail.objects.not_delivered()


def test_without_a_secret_nobody_can_report(client):
    assert (
        client.post("/mail-events/postmark/tracking/", "{}", content_type="application/json").status_code
        == 404
    )


@pytest.fixture
def reporting(settings):
    """The address at which a provider reports is there once both know a secret."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": "postmark:a-secret"}
    set_urlconf(None)
    clear_url_caches()
    importlib.reload(postpartum.urls)
    yield
    settings.ANYMAIL = {}
    clear_url_caches()
    importlib.reload(postpartum.urls)


@pytest.mark.usefixtures("reporting")
def test_what_the_provider_reports_is_read_at_the_desk(sent, client, as_therapist):
    told = {"RecordType": "Bounce", "Type": "HardBounce", "Email": "maya@example.org", "Inactive": True}

    def report_as(secret):
        authorization = f"Basic {base64.b64encode(secret.encode()).decode()}"
        return client.post(
            "/mail-events/postmark/tracking/",
            json.dumps(told),
            content_type="application/json",
            headers={"authorization": authorization},
        ).status_code

    assert report_as("postmark:a-guess") == 400
    assert "Emails that did not arrive" not in as_therapist.get("/admin/").content.decode()

    assert report_as("postmark:a-secret") == 200
    page = as_therapist.get("/admin/").content.decode()
    for words in ("Emails that did not arrive", "maya@example.org", "Came back", "Postmark: bounced"):
        assert words in page
