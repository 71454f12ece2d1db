"""What a writer may do with her own comment, from the browser she wrote it in or by its signed address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Comment, CommentPolicy
from blog.moderation import EDIT_MINUTES, Mode, Status
from blog.services import (
    TooLateToEditError,
    approve_comment,
    edit_own_comment,
    erase_comments,
    moderate_comments,
)
from blog.tokens import own_token

from .conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = {"name": "Nora", "email": "nora@example.net", "website": "", "body": "My first words."}


@pytest.fixture
def form(article):
    """Where the form is."""
    return reverse("article_comment", args=[article.slug])


def ago(**time):
    """The moment that long ago."""
    return timezone.now() - timedelta(**time)


def address(name, comment):
    """The signed address of a page about the comment."""
    return reverse(name, args=[comment.article.slug, own_token(comment.pk)])


def of(comment):
    """The one comment as a queryset."""
    return Comment.objects.filter(pk=comment.pk)


def test_a_guest_finds_her_waiting_comment_on_the_form_in_her_own_browser_only(client, form, article):
    client.post(form, WORDS)

    assert WORDS["body"] in client.get(form).text
    assert "Waiting for approval" in client.get(form).text
    assert WORDS["body"] not in Client().get(form).text
    assert WORDS["body"] not in client.get(article.get_absolute_url()).text


def test_the_cookie_goes_to_the_forms_pages_only_and_to_no_script(client, form):
    cookie = client.post(form, WORDS).cookies["said"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (form, True, "Lax")
    assert "nora" not in cookie.value.lower()


@pytest.mark.parametrize("value", ["x", "1", "1.abc", "~~~", "9" * 5000])
def test_a_forged_cookie_shows_nothing(client, form, article, say, value):
    say(article, "Somebody else's words")
    client.cookies["said"] = value

    assert "Somebody else" not in client.get(form).text


def test_a_member_finds_hers_wherever_she_signs_in(client, form, article, say, member):
    say(article, "From another device", author=member, email=member.email)
    client.force_login(member)

    assert "From another device" in client.get(form).text


def test_what_we_take_for_spam_looks_like_waiting(client, form):
    client.post(form, WORDS | {"subject": "x"})

    assert "Waiting for approval" in client.get(form).text


def test_words_can_be_changed_for_15_minutes(client, article, say):
    comment = say(article, "Teh words", now=ago(minutes=EDIT_MINUTES - 1))

    response = client.post(address("comment_change", comment), {"body": "The words"})

    comment.refresh_from_db()
    assert response["Location"] == address("comment_own", comment)
    assert (comment.body, comment.html, comment.status) == ("The words", "<p>The words</p>", Status.PENDING)


def test_after_that_it_is_too_late_and_her_new_words_are_given_back(client, article, say):
    comment = say(article, "Teh words", now=ago(minutes=EDIT_MINUTES))

    response = client.post(address("comment_change", comment), {"body": "My better words"})

    comment.refresh_from_db()
    assert response.status_code == 422
    assert "My better words" in response.text
    assert comment.body == "Teh words"


def test_a_change_is_judged_like_new_words(article, say):
    CommentPolicy.objects.create(pk=1, mode=Mode.APPROVE_ALL)
    comment = say(article, "Harmless")
    assert comment.status == Status.APPROVED

    edit_own_comment(comment, "https://a.example https://b.example https://c.example", NOW)

    comment.refresh_from_db()
    article.refresh_from_db()
    assert comment.status == Status.PENDING
    assert article.comment_count == 0


def test_changing_what_the_therapist_approved_lets_her_read_it_again(article, said):
    comment = said(article, "Approved words")

    edit_own_comment(comment, "Quite other words", NOW)

    assert comment.status == Status.PENDING


def test_spam_cannot_be_washed_by_a_change(client, article, say):
    comment = say(article, "Buy", honeypot="x")

    edit_own_comment(comment, "Innocent", NOW)

    assert comment.status == Status.SPAM


def test_what_is_in_the_trash_cannot_be_changed(article, say):
    comment = say(article, "Words")
    moderate_comments(of(comment), Status.TRASH, NOW)

    with pytest.raises(TooLateToEditError):
        edit_own_comment(comment, "Other words", NOW)


def test_deleting_asks_first_and_then_takes_everything_away(client, article, said):
    comment = said(article, "Please forget me", now=ago(days=300))

    question = client.get(address("comment_delete", comment))
    assert Comment.objects.count() == 1
    client.post(address("comment_delete", comment))

    assert "Please forget me" in question.text
    assert not Comment.objects.exists()
    assert "Please forget me" not in client.get(article.get_absolute_url()).text


def test_deleting_what_was_answered_leaves_only_its_place(client, article, said):
    comment = said(article, "Please forget me", website="https://nora.example")
    said(article, "An answer", parent=comment)

    client.post(address("comment_delete", comment))

    comment.refresh_from_db()
    assert (comment.name, comment.email, comment.website, comment.body, comment.html) == ("", "", "", "", "")
    page = client.get(article.get_absolute_url()).text
    assert "An answer" in page
    assert "This comment was removed." in page


def test_an_empty_place_can_never_be_approved(article, said):
    comment = said(article, "Please forget me")
    said(article, "An answer", parent=comment)
    erase_comments(of(comment), NOW)

    assert moderate_comments(of(comment), Status.APPROVED, NOW) == 0
    assert approve_comment(comment, NOW).status == Status.TRASH


def test_deleting_twice_tells_the_same_and_harms_nothing(client, article, say):
    comment = say(article, "Once")
    first, second = (client.post(address("comment_delete", comment)) for _ in range(2))

    assert first.content == second.content
    assert client.get(address("comment_delete", comment)).status_code == 404


@pytest.mark.parametrize("name", ["comment_own", "comment_change", "comment_delete"])
def test_nobody_gets_in_without_the_signature(client, article, said, name):
    comment = said(article, "Mine")
    good = own_token(comment.pk)
    forged = [str(comment.pk), f"{comment.pk}.", good[:-1], good.replace(str(comment.pk), "2", 1), "a.b", "é"]

    for token in forged:
        assert client.get(reverse(name, args=[article.slug, token])).status_code == 404
        assert client.post(reverse(name, args=[article.slug, token]), {"body": "x"}).status_code in (404, 405)
    assert client.get(reverse(name, args=[article.slug, good])).status_code == 200
    assert Comment.objects.get(pk=comment.pk).body == "Mine"


def test_opening_a_page_changes_nothing(client, article, say):
    comment = say(article, "Mine")
    before = Comment.objects.values().get()

    for name in ("comment_own", "comment_change", "comment_delete"):
        client.get(address(name, comment))
        client.head(address(name, comment))

    assert Comment.objects.values().get() == before


def test_the_pages_are_kept_by_nobody(client, article, say):
    comment = say(article, "Mine")

    for name in ("comment_own", "comment_change", "comment_delete"):
        response = client.get(address(name, comment))
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response.text
