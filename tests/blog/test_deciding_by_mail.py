"""The therapist decides from her mail: opening shows, the button decides, once."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.test.utils import freeze_time
from django.urls import reverse

from blog.models import Comment
from blog.moderation import Status
from blog.services import moderate_comments, report_comment
from blog.tokens import DESK_DAYS, desk_token
from common.practice import practice_details

from .conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(article, say):
    """A comment that waits."""
    return say(article, "May I run?")


@pytest.fixture
def desk(waiting, therapist):
    """The address in the mail about it."""
    return reverse("comment_desk", args=[desk_token(waiting, therapist.pk)])


def status_of(comment):
    """Its status as kept."""
    return Comment.objects.values_list("status", flat=True).get(pk=comment.pk)


def test_the_mail_brings_the_words_and_a_link_for_each_decision(
    article, say, therapist, django_capture_on_commit_callbacks, settings
):
    with django_capture_on_commit_callbacks(execute=True):
        comment = say(article, "May I run?")

    [message] = mail.outbox
    base = settings.SITE_URL + reverse("comment_desk", args=[desk_token(comment, therapist.pk)])
    path_before_signature = base.rsplit(":", 2)[0]
    assert message.to == [therapist.email]
    assert "May I run?" in message.body
    assert path_before_signature in message.body
    assert [f"?do={what}" in message.body for what in ("approve", "reply", "spam", "trash")] == [True] * 4
    assert "run" not in message.subject.lower()


def test_opening_changes_nothing(client, desk, waiting):
    for query in ("", "?do=approve", "?do=spam", "?do=trash", "?do=reply"):
        assert client.get(desk + query).status_code == 200
        assert client.head(desk + query).status_code == 200

    assert status_of(waiting) == Status.PENDING


@pytest.mark.parametrize(
    ("what", "status"),
    [("approve", Status.APPROVED), ("spam", Status.SPAM), ("trash", Status.TRASH)],
)
def test_the_button_decides_once(client, desk, waiting, what, status):
    response = client.post(desk, {"do": what})

    assert response.status_code == 200
    assert status_of(waiting) == status
    again = client.post(desk, {"do": "trash" if what == "approve" else "approve"})
    assert again.status_code == 410
    assert "already been decided" in again.text
    assert status_of(waiting) == status


def test_the_button_needs_the_pages_own_token(desk, waiting):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(desk, {"do": "approve"}).status_code == 403
    assert status_of(waiting) == Status.PENDING


def test_an_answer_approves_and_stands_below(client, desk, waiting, article, therapist):
    client.post(desk, {"do": "reply", "body": "Not before week 12."})

    answer = Comment.objects.get(parent=waiting)
    page = client.get(article.get_absolute_url()).text
    assert (answer.author, answer.name, answer.status) == (therapist, "Dr. Elena Marsh", Status.APPROVED)
    assert page.index("May I run?") < page.index("Not before week 12.")
    assert client.post(desk, {"do": "reply", "body": "Again"}).status_code == 410


def test_who_has_no_name_answers_as_the_practice_and_not_as_its_therapist(client, desk, waiting, therapist):
    get_user_model().objects.filter(pk=therapist.pk).update(name="", pen_name="")
    client.post(desk, {"do": "reply", "body": "Not before week 12."})

    assert Comment.objects.get(parent=waiting).name == practice_details()["name"]


def test_an_empty_answer_decides_nothing(client, desk, waiting):
    response = client.post(desk, {"do": "reply", "body": " "})

    assert response.status_code == 422
    assert status_of(waiting) == Status.PENDING


def test_an_answer_to_what_is_already_there_uses_the_link_up_too(client, article, said, therapist):
    comment = said(article, "Reported words")
    desk = reverse("comment_desk", args=[desk_token(comment, therapist.pk)])

    client.post(desk, {"do": "reply", "body": "An answer."})

    assert client.get(desk).status_code == 410


def test_a_decision_elsewhere_uses_the_link_up(client, desk, waiting):
    moderate_comments(Comment.objects.all(), Status.APPROVED, NOW)

    assert client.get(desk).status_code == 410
    assert client.post(desk, {"do": "trash"}).status_code == 410
    assert status_of(waiting) == Status.APPROVED


@pytest.mark.parametrize("what", ["", "delete", "approved"])
def test_an_unknown_decision_decides_nothing(client, desk, waiting, what):
    assert client.post(desk, {"do": what}).status_code == 404
    assert status_of(waiting) == Status.PENDING


def test_forged_and_old_links_decide_nothing(client, desk, waiting, therapist):
    assert client.post(desk[:-2] + "/", {"do": "approve"}).status_code == 410
    assert client.post(reverse("comment_desk", args=["x"]), {"do": "approve"}).status_code == 410
    with freeze_time(time.time() - timedelta(days=DESK_DAYS + 1).total_seconds()):
        old = reverse("comment_desk", args=[desk_token(waiting, therapist.pk)])
    assert client.post(old, {"do": "approve"}).status_code == 410
    assert status_of(waiting) == Status.PENDING


@pytest.mark.parametrize("change", [{"is_superuser": False}, {"is_active": False}])
def test_who_may_not_decide_any_more_cannot(client, desk, waiting, therapist, change):
    type(therapist).objects.update(**change)

    assert client.post(desk, {"do": "approve"}).status_code == 404
    assert status_of(waiting) == Status.PENDING


def test_keeping_a_reported_comment_answers_the_report(client, article, said, therapist):
    comment = said(article, "Strong words")
    report = report_comment(comment, reason="unkind", note="", now=NOW)

    client.post(reverse("comment_desk", args=[desk_token(comment, therapist.pk)]), {"do": "approve"})

    report.refresh_from_db()
    assert report.resolved_at is not None
    assert status_of(comment) == Status.APPROVED
