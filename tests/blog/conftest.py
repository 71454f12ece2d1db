"""The cast of these tests: the therapist, a member, and readers who have no account."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import mail

from blog.models import Article, Comment, Topic
from blog.moderation import Status
from blog.sanitizing import comment_html
from blog.services import Sender, approve_comment, post_comment, refresh_thread, render_article
from postpartum.background import work_once
from tests.cast import make_user

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=365)


@pytest.fixture
def therapist(db):
    """Writes, moderates, answers."""
    return make_user(
        "therapist@example.org", name="Elena", pen_name="Dr. Elena Marsh", is_staff=True, is_superuser=True
    )


@pytest.fixture
def helper(db):
    """Of the team, but comments are not her business."""
    return make_user("helper@example.org", is_staff=True)


@pytest.fixture
def moderator(db):
    """Of the team, and decides about comments."""
    user = make_user("moderator@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_comment"))
    return user


@pytest.fixture
def member(db):
    """Signed in; her pen name is not her name."""
    return get_user_model().objects.create_user(
        "mother@example.org", "demo-only-password", name="Anna Real", pen_name="Night owl"
    )


@pytest.fixture
def topic(db):
    """What the articles are about."""
    return Topic.objects.create(slug="back-pain", name="Back pain")


@pytest.fixture
def make_article(topic, therapist):
    """A function that publishes one more article; its fields can be given."""

    def make(**fields):
        number = Article.objects.count() + 1
        words = {
            "title": f"Article {number}",
            "slug": f"article-{number}",
            "summary": "What it says.",
            "body": "<h2>First</h2><p>Some words.</p>",
            "topic": topic,
            "author": therapist,
            "status": Article.Status.PUBLISHED,
            "published_at": LONG_AGO + timedelta(days=number),
        }
        return render_article(Article.objects.create(**words | fields), NOW)

    return make


@pytest.fixture
def article(make_article):
    """A published article, open for comments."""
    return make_article(slug="back-pain-after-birth", title="Back pain after birth")


@pytest.fixture
def say():
    """A function that lets a reader say something; it waits for approval."""

    def say(article, body, name="Nora", parent=None, now=NOW, **sender):
        sender = {"email": f"{name.lower()}@example.net", "seconds": 60} | sender
        comment, _ = post_comment(
            article, sender=Sender(name=name, **sender), body=body, parent=parent, now=now
        )
        return comment

    return say


@pytest.fixture
def said(say):
    """A function that lets a reader say something that everybody may read."""

    def said(article, body, **options):
        return approve_comment(say(article, body, **options), NOW)

    return said


@pytest.fixture
def delivered(settings):
    """A function that lets the worker send what waits in the queue; the new mails, which are kept in memory."""
    settings.EMAIL_BACKEND = "postpartum.mail.queue.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def delivered():
        mail.outbox.clear()
        work_once([])
        return list(mail.outbox)

    return delivered


@pytest.fixture
def conversation():
    """A function that puts so many approved comments under an article at once; two in three answer the one before."""

    def conversation(article, count):
        comments = Comment.objects.bulk_create(
            Comment(
                article=article,
                name=f"Nora {number}",
                body=f"Comment {number}.\n\nWith a second paragraph.",
                html=comment_html(f"Comment {number}.\n\nWith a second paragraph."),
                status=Status.APPROVED,
                created_at=NOW - timedelta(minutes=count - number),
            )
            for number in range(count)
        )
        answers = [(comment, before) for before, comment in pairwise(comments)]
        for number, (comment, before) in enumerate(answers, start=1):
            comment.parent = before if number % 3 else None
        Comment.objects.bulk_update([comment for comment, _ in answers], ["parent"])
        refresh_thread(article.pk, NOW)

    return conversation
