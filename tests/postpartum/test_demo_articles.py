"""The demo's articles and comments: a conversation as it is, and nobody is written to."""

import pytest
from django.core import mail
from django.utils import timezone

from blog.models import Comment
from postpartum.demo.articles import seed_articles
from postpartum.models import Mail
from programs.models import Concern


@pytest.fixture
def seeded(therapist):
    for _ in range(2):
        seed_articles(therapist, timezone.now())


def test_it_sends_no_mail_and_alarms_nobody(seeded):
    assert not mail.outbox
    assert not Mail.objects.exists()
    assert not Concern.objects.exists()


def test_every_status_is_there_to_look_at_and_every_answer_has_its_place(seeded):
    assert set(Comment.objects.values_list("status", flat=True)) >= {"approved", "pending"}
    assert Comment.objects.exclude(parent=None).exists()
