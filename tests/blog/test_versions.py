"""What an article said before, what is not saved yet, and the preview."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Article, Autosave, Version
from blog.services import autosave, restore_version, save_version, unsaved_text
from blog.tokens import preview_token

from .conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = {"title": "T", "summary": "S", "body": "<p>Typed</p>"}


@pytest.fixture
def desk(client, therapist):
    """The therapist at her desk."""
    client.force_login(therapist)
    return client


def form_of(article, **changes):
    """What the admin's form of the article sends."""
    fields = {
        "title": article.title,
        "slug": article.slug,
        "summary": article.summary,
        "body": article.body,
        "topic": article.topic_id,
        "author": article.author_id,
        "status": article.status,
        "published_at": "2026-01-01T09:00",
        "comments_open": "on",
        "sources-TOTAL_FORMS": 0,
        "sources-INITIAL_FORMS": 0,
    }
    return fields | changes


def change(article):
    """The address of its form."""
    return reverse("admin:blog_article_change", args=[article.pk])


def test_each_save_with_new_words_is_a_version(desk, article, therapist):
    for body in ("<p>One</p>", "<p>One</p>", "<p>Two</p>"):
        assert desk.post(change(article), form_of(article, body=body)).status_code == 302

    versions = list(article.versions.order_by("pk"))
    assert [version.body for version in versions] == ["<p>One</p>", "<p>Two</p>"]
    assert {version.saved_by for version in versions} == {therapist}


def test_a_name_makes_a_version_of_the_same_words(desk, article):
    for name in ("", "Before the review"):
        desk.post(change(article), form_of(article, version_name=name))

    assert [version.name for version in article.versions.all()] == ["Before the review", ""]


def test_a_sources_link_typed_without_a_scheme_is_a_safe_one(desk, article):
    source = {"sources-TOTAL_FORMS": 1, "sources-0-position": 1, "sources-0-text": "A survey"}
    desk.post(change(article), form_of(article, **source, **{"sources-0-url": "example.org/survey"}))

    assert article.sources.get().url == "https://example.org/survey"


def test_restoring_brings_the_words_back_and_loses_none(article, therapist):
    first = save_version(article, therapist, NOW)
    article.title, article.body = "New title", "<p>New words</p>"
    article.save()

    restore_version(first, therapist, NOW + timedelta(hours=1))

    article.refresh_from_db()
    assert article.title == "Back pain after birth"
    assert "Some words." in article.rendered
    assert {version.title for version in article.versions.all()} == {"Back pain after birth", "New title"}


def test_the_therapist_restores_with_a_button(desk, article, therapist):
    version = save_version(article, therapist, NOW)
    Article.objects.filter(pk=article.pk).update(title="Spoiled")
    address = reverse("admin:blog_article_versions", args=[article.pk])

    assert "Back pain after birth" in desk.get(address).text
    assert Article.objects.get().title == "Spoiled"
    desk.post(address, {"version": version.pk})

    assert Article.objects.get().title == "Back pain after birth"


def test_a_version_of_another_article_is_not_found(desk, article, make_article, therapist):
    other = save_version(make_article(), therapist, NOW)

    assert (
        desk.post(
            reverse("admin:blog_article_versions", args=[article.pk]), {"version": other.pk}
        ).status_code
        == 404
    )


def test_what_is_typed_is_kept_apart_and_offered_again(desk, article, therapist):
    response = desk.post(reverse("admin:blog_article_autosave", args=[article.pk]), WORDS)

    article.refresh_from_db()
    assert response.status_code == 204
    assert article.title == "Back pain after birth"
    assert "not saved" in desk.get(change(article)).text
    assert "Typed" in desk.get(change(article), {"unsaved": 1}).text


def test_saving_ends_the_offer(desk, article):
    desk.post(reverse("admin:blog_article_autosave", args=[article.pk]), WORDS)
    desk.post(change(article), form_of(article, **WORDS))

    assert not Autosave.objects.exists()
    assert "not saved" not in desk.get(change(article)).text


def test_what_is_typed_can_be_forgotten(desk, article):
    address = reverse("admin:blog_article_autosave", args=[article.pk])
    desk.post(address, WORDS)

    desk.post(address, {"drop": 1})

    assert not Autosave.objects.exists()


def test_a_new_article_is_kept_safe_too(desk, topic):
    desk.post(reverse("admin:blog_article_autosave_new"), WORDS)

    assert "not saved" in desk.get(reverse("admin:blog_article_add")).text
    assert "Typed" in desk.get(reverse("admin:blog_article_add"), {"unsaved": 1}).text


@pytest.mark.parametrize(
    ("words", "minutes", "offered"),
    [
        (WORDS, 1, True),
        (WORDS, -1, False),  # saved since
        ({"title": "", "summary": "", "body": ""}, 1, False),
    ],
)
def test_what_is_offered(article, therapist, words, minutes, offered):
    autosave(article, therapist, words, NOW + timedelta(minutes=minutes))

    assert bool(unsaved_text(article, therapist)) is offered


def test_each_writer_has_her_own_unsaved_words(article, therapist, member):
    autosave(article, therapist, WORDS, NOW + timedelta(minutes=1))

    assert unsaved_text(article, member) is None


def test_hostile_html_is_cleaned_before_it_is_kept(desk, article):
    desk.post(
        reverse("admin:blog_article_autosave", args=[article.pk]),
        WORDS | {"body": "<script>alert(1)</script><p>a</p>"},
    )

    assert Autosave.objects.get().body == "<p>a</p>"


def test_only_who_may_change_articles_gets_there(client, article, member, helper):
    addresses = [
        reverse("admin:blog_article_versions", args=[article.pk]),
        reverse("admin:blog_article_autosave", args=[article.pk]),
        reverse("admin:blog_article_autosave_new"),
    ]
    for user, refused in ((None, 302), (member, 302), (helper, 403)):
        client.logout()
        if user:
            client.force_login(user)
        assert [client.post(address, WORDS).status_code for address in addresses] == [refused] * 3
    assert not Version.objects.exists()
    assert not Autosave.objects.exists()


def test_a_draft_is_seen_by_its_link_until_it_expires(client, make_article):
    draft = make_article(
        status=Article.Status.DRAFT, title="Not yet", body="<p>Draft words</p>", published_at=None
    )
    good = preview_token(draft.pk, timezone.now() + timedelta(days=1))
    old = preview_token(draft.pk, timezone.now() - timedelta(seconds=1))

    response = client.get(reverse("article_preview", args=[good]))

    assert response.status_code == 200
    assert "Draft words" in response.text
    assert "noindex" in response.text
    assert "no-store" in response["Cache-Control"]
    assert client.get(reverse("article_preview", args=[old])).status_code == 410
    assert client.get(reverse("article_preview", args=[good[:-1]])).status_code == 410


def test_the_desk_shows_the_link(desk, make_article):
    draft = make_article(status=Article.Status.DRAFT)

    page = desk.get(change(draft))

    assert desk.get(page.context["preview"]).status_code == 200


@pytest.mark.parametrize(
    ("days", "status", "standing"),
    [(-1, "published", "Published"), (20_000, "published", "Scheduled"), (-1, "draft", "Draft")],
)
def test_the_list_tells_what_is_scheduled(desk, make_article, days, status, standing):
    make_article(status=status, published_at=NOW + timedelta(days=days))

    assert f'class="field-standing">{standing}<' in desk.get(reverse("admin:blog_article_changelist")).text
