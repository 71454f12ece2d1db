"""Words that speak of an emergency: the comment waits, its writer sees help at once, and who listens is told."""

import pytest
from django.urls import reverse

from blog import hooks
from blog.models import Comment, CommentPolicy
from blog.moderation import Mode, Status
from blog.services import edit_own_comment

from .conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = {"name": "Nora", "email": "nora@example.net", "website": "", "body": "Some days I want to die."}


@pytest.fixture
def heard(monkeypatch):
    """What a listener at the front door was told."""
    heard = []
    monkeypatch.setattr(hooks, "_red_flag_listeners", [])
    hooks.when_red_flag(lambda comment, now: heard.append((comment.pk, tuple(comment.red_flags))))
    return heard


def fail(comment, now):
    """A listener that goes wrong, quoting what it was told."""
    raise RuntimeError(comment.body)


def break_the_transaction(comment, now):
    """A listener whose query the database refuses."""
    Comment.objects.create(pk=comment.pk, article=comment.article, body=comment.body)


def test_it_waits_and_she_sees_where_to_get_help_at_once(client, article, heard):
    CommentPolicy.objects.create(pk=1, mode=Mode.APPROVE_ALL)

    response = client.post(reverse("article_comment", args=[article.slug]), WORDS)

    comment = Comment.objects.get()
    assert comment.status == Status.PENDING
    assert response["Location"].startswith(reverse("safety"))
    assert heard == [(comment.pk, ("self_harm",))]


def test_words_of_need_are_not_sent_by_mail(client, article, therapist, heard, mailoutbox):
    client.post(reverse("article_comment", args=[article.slug]), WORDS)

    [mail] = mailoutbox
    assert mail.to == [therapist.email]
    assert "match signs of an emergency" in mail.body
    assert reverse("comment_desk", args=["x"])[:-2] in mail.body
    assert "want to die" not in mail.subject + mail.body


def test_harmless_words_tell_nobody(article, say, heard):
    say(article, "Thank you, my back is better.")

    assert heard == []


def test_sent_twice_it_is_told_once(client, article, heard):
    for _ in range(2):
        client.post(reverse("article_comment", args=[article.slug]), WORDS)

    assert len(heard) == 1


def test_words_changed_into_an_emergency_are_told_too(article, say, heard):
    comment = say(article, "All fine")

    edit_own_comment(comment, "I have chest pain", NOW)

    assert heard == [(comment.pk, ("chest_pain",))]


@pytest.mark.parametrize("breaks", [fail, break_the_transaction])
def test_if_a_listener_fails_she_sees_help_all_the_same(client, article, heard, caplog, breaks):
    hooks._red_flag_listeners.insert(0, breaks)

    response = client.post(reverse("article_comment", args=[article.slug]), WORDS)

    comment = Comment.objects.get()
    assert comment.status == Status.PENDING
    assert response["Location"].startswith(reverse("safety"))
    assert heard == [(comment.pk, ("self_harm",))]
    assert f"comment {comment.pk}" in caplog.text
    assert "want to die" not in caplog.text


def test_registering_twice_tells_once(monkeypatch):
    monkeypatch.setattr(hooks, "_red_flag_listeners", [])
    told = []

    for _ in range(2):
        hooks.when_red_flag(told.append)

    assert len(hooks._red_flag_listeners) == 1
