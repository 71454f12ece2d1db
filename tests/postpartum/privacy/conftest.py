"""A mother who has left something of hers in every room."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Comment
from blog.services import approve_comment
from postpartum.models import NewsletterSubscriber, Reminder
from programs.models import (
    CareAction,
    CheckIn,
    Clearance,
    Concern,
    Decision,
    Pause,
    SafetyHold,
    SelfCheck,
    SessionLog,
)
from programs.services.record_openings import record_opening
from tests.cast import APP_SECRET, PASSWORD, code_of


@pytest.fixture
def signed_in():
    """A function: a client in which `user` came in by the form, so that it is known to be her."""

    def signed_in(user):
        client = Client()
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        if user.is_staff:
            client.post(reverse("mfa_authenticate"), {"code": code_of(APP_SECRET)})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return signed_in


@pytest.fixture
def article(therapist):
    """Something to comment on."""
    return Article.objects.create(
        title="Breathing", slug="breathing", status="published", published_at=timezone.now(), author=therapist
    )


@pytest.fixture
def full_life(mother, therapist, enrollment, article):
    """Maya, with rows of every kind that is about her."""
    now = timezone.now()
    mother.name, mother.pen_name = "Maya Quillfeather", "Featherpen"
    mother.save()
    log = SessionLog.objects.create(
        enrollment=enrollment, session_key="w01s1", kind="session", week=1, started_at=now, finished_at=now,
        exercises_done=3, exercises_planned=4, seconds_done=600,
    )  # fmt: skip
    check_in = CheckIn.objects.create(
        enrollment=enrollment, kind="before", week=1, made_at=now, answers={"leak": 1, "mood": "ok"}, log=log,
        outcome="go", mode="go", rules_version="1",
    )  # fmt: skip
    SelfCheck.objects.create(
        enrollment=enrollment, made_at=now, answers={"gap": 2}, disposition="start", urgency="routine", rules_version="1"
    )  # fmt: skip
    Clearance.objects.create(enrollment=enrollment, code="c", given_on=now.date(), recorded_at=now)
    Pause.objects.create(enrollment=enrollment, began_at=now, ended_at=now)
    SafetyHold.objects.create(
        participant=enrollment.participant,
        enrollment=enrollment,
        outcome="breathing_only",
        began_at=now,
        ended_at=now,
    )
    Decision.objects.create(
        enrollment=enrollment, made_at=now, outcome="hold_week", rule="P1", facts={}, from_week=1, to_week=1,
        rules_version="1",
    )  # fmt: skip
    Concern.objects.create(
        participant=enrollment.participant, check_in=check_in, code="c", urgency="routine", opened_at=now,
        resolved_at=now, resolved_by=therapist, note="Rang Maya Quillfeather.",
    )  # fmt: skip
    CareAction.objects.create(
        client_id=uuid.uuid4(), participant=enrollment.participant, kind="message", by=therapist, by_name="Dr. Elena Marsh",
        at=now, note="Wrote to Maya Quillfeather.",
    )  # fmt: skip
    record_opening(enrollment.participant, therapist, now)
    for body in ("I felt calmer.", "Me too."):
        comment = Comment.objects.create(
            article=article, author=mother, name="Featherpen", email=mother.email, body=body, html=f"<p>{body}</p>",
            sent_digest=uuid.uuid4().hex,
        )  # fmt: skip
        approve_comment(comment, now, notify=False)
    Reminder.objects.create(
        user=mother, days=[0], at="09:00", by_mail=True, next_at=now + timedelta(days=900)
    )
    NewsletterSubscriber.objects.create(email=mother.email.upper(), confirmed_at=now)
    return mother
