"""The front page: public, without a cookie, in two queries however much there is to read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from common.practice import override_practice
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


def make_articles(count):
    """`count` articles, published on the past days; the newest has the lowest number."""
    now = timezone.now()
    return [
        Article.objects.create(
            title=f"Article {number}",
            slug=f"article-{number}",
            summary="Two calm sentences.",
            status=Article.Status.PUBLISHED,
            published_at=now - timedelta(days=number),
        )
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_two_queries_with_any_number_of_articles(client, program, django_assert_num_queries, count):
    make_articles(count)
    client.get("/")  # the plan of a release is kept by its id from the first page on

    with django_assert_num_queries(2):
        response = client.get("/")

    assert response.status_code == 200
    assert response.content.decode().count('href="/articles/article-') == count


def test_sets_no_cookie_and_varies_on_none(client):
    response = client.get("/")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_is_the_same_for_a_member(mother):
    member = Client()
    member.force_login(mother)

    assert Client().get("/").content == member.get("/").content


def test_shows_the_three_newest_and_nothing_unpublished(client):
    make_articles(4)
    Article.objects.create(title="A draft", slug="a-draft")
    Article.objects.create(
        title="Tomorrow's",
        slug="tomorrows",
        status=Article.Status.PUBLISHED,
        published_at=timezone.now() + timedelta(days=1),
    )

    page = client.get("/").content.decode()

    shown = [number for number in range(1, 5) if f'href="/articles/article-{number}/"' in page]
    assert shown == [1, 2, 3]
    assert "A draft" not in page
    assert "Tomorrow" not in page


@pytest.mark.parametrize(
    "name", ["start", "program", "exercises", "articles", "today", "safety", "account_login"]
)
def test_leads_everywhere(client, name):
    assert f'href="{reverse(name)}"' in client.get("/").content.decode()


def test_shows_the_phases_and_what_it_takes(client, program):
    page = squeezed(client.get("/").text)

    assert all(name in page for name in ("Reconnect", "Rebuild the Base", "Strengthen", "Strong for Life"))
    assert "3 sessions a week, 11 to 24 minutes each" in page
    assert "Who made it" in page


@pytest.mark.parametrize("name", ["price", "answers", "about"])
def test_a_promise_is_made_only_by_the_practice(client, name):
    said = "A promise of ours."
    assert said not in client.get("/").text
    assert "What it costs" not in client.get("/").text

    override_practice({name: said})
    page = client.get("/").text
    override_practice({})

    assert said in page
    assert ("What it costs" in page) == (name == "price")


def test_before_anything_is_published_the_page_stands(client):
    assert client.get("/").status_code == 200


def test_help_comes_before_the_content(client):
    page = client.get("/").content.decode()

    assert page.index(f'href="{reverse("safety")}"') < page.index("<main")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_is_accessible_and_fits(page, live_server, assert_everybody_can_use):
    make_articles(3)
    page.goto(live_server.url)

    for width in (320, 1280):
        assert_everybody_can_use(page, width)
