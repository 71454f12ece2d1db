"""How comments were moderated before: kept with who and when, compared, brought back."""

import pytest
from django.urls import reverse

from blog.models import CommentPolicy, PolicyVersion
from blog.threads import MAX_DEPTH

pytestmark = pytest.mark.django_db
STATES = reverse("admin:blog_commentpolicy_history", args=[1])
CHANGE = reverse("admin:blog_commentpolicy_change", args=[1])
SENT = {"mode": "hold_all", "max_links": 1, "max_depth": MAX_DEPTH, "hold_words": "", "spam_words": ""}


@pytest.fixture
def policy(db):
    """A policy from before states were kept."""
    return CommentPolicy.objects.create(pk=1, mode="hold_first", close_after_days=3000)


@pytest.fixture
def desk(client, therapist):
    """The therapist at her desk."""
    client.force_login(therapist)
    return client


def test_each_state_is_kept_once_with_who_and_when(desk, policy, therapist):
    for words in ("casino", "casino", "pills"):
        assert desk.post(CHANGE, SENT | {"spam_words": words}).status_code == 302

    kept = PolicyVersion.objects.order_by("pk").values_list("said__mode", "said__spam_words", "saved_by")
    assert list(kept) == [
        ("hold_first", "", None),
        ("hold_all", "casino", therapist.pk),
        ("hold_all", "pills", therapist.pk),
    ]


def test_she_compares_and_brings_one_back(desk, policy, therapist):
    desk.post(CHANGE, SENT | {"max_links": 0})
    page = desk.get(STATES).text
    assert str(therapist) in page
    assert "3 places differ from now" in page
    assert "<del>I read the first comment of each person first</del>" in page
    assert "<ins>I read every comment first</ins>" in page
    assert "<ins>0</ins>" in page

    sent = desk.post(STATES, {"version": PolicyVersion.objects.last().pk})

    assert sent["Location"] == CHANGE
    now = CommentPolicy.objects.get()
    assert (now.mode, now.max_links, now.close_after_days) == ("hold_first", 1, 3000)
    assert PolicyVersion.objects.count() == 3
    assert PolicyVersion.objects.first().saved_by == therapist


def test_a_kept_depth_shows_at_once(desk, policy, article, said):
    said(article, "Reply", parent=said(article, "First"))
    nested = "</article></article>"
    assert nested in desk.get(article.get_absolute_url()).text
    desk.post(CHANGE, SENT | {"max_depth": 0})
    assert nested not in desk.get(article.get_absolute_url()).text

    desk.post(STATES, {"version": PolicyVersion.objects.last().pk})

    assert nested in desk.get(article.get_absolute_url()).text


def test_nobody_else_reads_or_brings_back(client, policy, moderator, helper):
    for person in (moderator, helper):
        client.force_login(person)
        assert client.get(STATES).status_code == 403
        assert client.post(STATES, {"version": 1}).status_code == 403
    assert CommentPolicy.objects.get().mode == "hold_first"


@pytest.mark.parametrize("saves", [1, 8])
def test_the_same_number_of_queries_for_few_states_and_many(desk, policy, saves, django_assert_num_queries):
    for number in range(saves):
        desk.post(CHANGE, SENT | {"max_links": number})
    with django_assert_num_queries(5):
        desk.get(STATES)
