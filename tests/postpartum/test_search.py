"""One search over articles, exercises and pages; and what machines ask for."""

import pytest
from django.utils import timezone

from blog.services import publish_article
from programs.models import Exercise


@pytest.fixture
def article(therapist):
    return publish_article(
        slug="leaks",
        title="The pelvic floor and leaking",
        summary="Squeeze and let go.",
        body="<p>Leaking is common. Laughing may make you leak &lt;script&gt;.</p>",
        topic=("pelvic-floor", "Pelvic floor"),
        author=therapist,
        now=timezone.now(),
    )


def page(client, q):
    response = client.get("/search/", {"q": q})
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_an_article_is_found_by_its_stem_with_the_word_marked(client, program, article):
    html = page(client, "leaks")
    assert "/articles/leaks/" in html
    assert "<mark>" in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("q", "slug"),
    [("bridge", "bridge"), ("brigde", "bridge"), ("clamshel", "clamshell"), ("“brídge”", "bridge")],
)
def test_exercises_are_found_also_when_mistyped(client, program, q, slug):
    assert f'/exercises/{slug}/"' in page(client, q)


@pytest.mark.parametrize("q", ["hammock", "naive", "naïve", "“hammock”", "mother’s", "mothers", "rest—naïve"])
def test_exercises_are_found_by_the_same_words_as_articles(client, program, q):
    texts = {"why": "A “hammock” for a mother’s belly.", "steps": ["Rest—naïvely…", "Breathe."]}
    Exercise.objects.filter(slug="bridge").update(**texts)

    assert '/exercises/bridge/"' in page(client, q)


def test_pages_are_found(client, program):
    assert 'href="/safety/"' in page(client, "emergency").split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("q", ["", "   ", "%", "'; drop table", '"unclosed', "-", "(((", "x" * 120])
def test_odd_words_find_nothing_and_break_nothing(client, program, q):
    page(client, q)


def test_nothing_found_says_so(client, program):
    assert "Nothing speaks of" in page(client, "xylophone quartz")


@pytest.mark.parametrize("q", ["x" * 121, "null\x00byte"])
def test_a_search_that_cannot_be_is_told(client, program, q):
    assert client.get("/search/", {"q": q}).status_code == 422


@pytest.mark.parametrize("articles", [1, 3])
def test_a_search_costs_three_queries(client, program, therapist, django_assert_num_queries, articles):
    for number in range(articles):
        publish_article(
            slug=f"breath-{number}", title="Breath", summary="Wide.", body="<p>Breath.</p>",
            topic=("breathing", "Breathing"), author=therapist, now=timezone.now(),
        )  # fmt: skip
    page(client, "breath")
    with django_assert_num_queries(3):
        page(client, "breath")


def test_the_sitemap_lists_what_may_be_found(client, program, article):
    text = client.get("/sitemap.xml").content.decode()
    assert "/articles/leaks/" in text
    assert "/exercises/bridge/" in text
    assert "/today/" not in text


def test_robots_are_kept_from_her_pages(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /today/" in text
    assert "/sitemap.xml" in text
