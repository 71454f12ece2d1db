"""Pointing at a comment that should not be there."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse

from blog.models import Comment, Report
from blog.moderation import MAX_PER_ADDRESS, PER_SECONDS, Status
from blog.services import moderate_comments

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(article, said):
    """A comment that can be read."""
    return said(article, "Strong words")


@pytest.fixture
def address(article, reported):
    """Where to report it."""
    return reverse("comment_report", args=[article.slug, reported.pk])


def test_a_report_reaches_the_therapist_and_the_comment_stays(
    client, article, reported, address, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"reason": "unsafe", "note": "Bad advice"})

    report = Report.objects.get()
    assert "Thank you" in response.text
    assert (report.comment, report.reason, report.note) == (reported, "unsafe", "Bad advice")
    assert ["Bad advice" in message.body for message in mail.outbox] == [True]
    assert "Strong words" in client.get(article.get_absolute_url()).text


def test_reported_by_many_for_the_same_reason_it_is_one_report(client, address):
    for _ in range(3):
        client.post(address, {"reason": "unkind"})
    client.post(address, {"reason": "spam"})

    assert Report.objects.count() == 2


def test_after_a_decision_it_can_be_reported_anew(client, address):
    client.post(address, {"reason": "unkind"})
    moderate_comments(Comment.objects.all(), Status.APPROVED, NOW)
    client.post(address, {"reason": "unkind"})

    assert Report.objects.filter(resolved_at=None).count() == 1
    assert Report.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"reason": "x"}, {"reason": "spam", "note": "x" * 1001}])
def test_an_unclear_report_keeps_what_was_written(client, address, sent):
    response = client.post(address, sent)

    assert response.status_code == 422
    assert response.context["form"]["note"].value() == sent.get("note")
    assert not Report.objects.exists()


def test_a_report_without_a_reason_is_asked_for_one(client, address):
    text = " ".join(BeautifulSoup(client.post(address, {"note": "?"}).text, "html.parser").text.split())
    assert "What is wrong with it? Please choose one." in text


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.TRASH])
def test_what_cannot_be_read_cannot_be_reported(client, address, status):
    moderate_comments(Comment.objects.all(), status, NOW)

    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "spam"}).status_code == 404


def test_too_many_reports_have_to_wait(client, address):
    for _ in range(MAX_PER_ADDRESS):
        client.post(address, {"reason": "spam"})

    refused = client.post(address, {"reason": "unkind"})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= PER_SECONDS
