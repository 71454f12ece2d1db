"""Reading and moving meet where a topic and a focus share a slug."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.services import publish_article
from programs.models import Release

pytestmark = pytest.mark.django_db
FLOOR = reverse("exercise", args=["pf-find-and-feel"])


@pytest.fixture
def write(therapist):
    """A function that publishes an article on a topic."""

    def write(number, topic="pelvic-floor", **fields):
        return publish_article(
            slug=f"about-{topic}-{number}",
            title=f"About {topic} {number}",
            summary="",
            body="<p>x</p>",
            topic=(topic, topic),
            author=therapist,
            now=timezone.now(),
            **fields,
        )

    return write


def test_an_article_shows_the_gentlest_three_exercises_on_its_topic(client, program, write):
    page = client.get(write(1).get_absolute_url()).text

    shown = page.split("Exercises on this topic")[1].split("</nav>")[0]
    assert shown.count("<li") == shown.count("-still.") == 3
    assert f'href="{FLOOR}"' in shown


def test_an_article_on_something_else_shows_none(client, program, write):
    assert "Exercises on this topic" not in client.get(write(1, "sleep").get_absolute_url()).text


def test_before_a_program_is_published_an_article_is_whole(client, write):
    Release.objects.all().delete()

    response = client.get(write(1).get_absolute_url())

    assert response.status_code == 200
    assert "Exercises on this topic" not in response.text


@pytest.mark.parametrize("articles", [1, 9])
def test_an_article_costs_three_queries_with_its_exercises(
    client, program, write, articles, django_assert_num_queries
):
    written = [write(number) for number in range(articles)]
    client.get(
        written[0].get_absolute_url()
    )  # the plan of a release is kept by its id from the first page on

    with django_assert_num_queries(3):
        client.get(written[0].get_absolute_url())


@pytest.mark.parametrize("address", [FLOOR, "/exercises/?focus=pelvic_floor"])
@pytest.mark.parametrize("articles", [1, 9])
def test_an_exercise_leads_to_three_articles_in_two_queries(
    client, program, write, articles, address, django_assert_num_queries
):
    for number in range(articles):
        write(number)
    write(10, "breathing")
    client.get(address)

    with django_assert_num_queries(2):
        response = client.get(address)

    assert response.text.count('href="/articles/about-pelvic-floor') == min(articles, 3)
    assert "about-breathing" not in response.text
    assert not response.cookies


def test_what_readers_may_not_see_is_not_offered(client, program, write):
    write(1, published_at=timezone.now() + timedelta(days=2))

    assert "Read about it" not in client.get(FLOOR).text


@pytest.mark.parametrize("focus", ["", "nonsense", "pelvic-floor"])
def test_a_filter_that_is_none_asks_nothing_more(client, program, write, focus, django_assert_num_queries):
    write(1)
    client.get("/exercises/")

    with django_assert_num_queries(1):
        response = client.get("/exercises/", {"focus": focus})

    assert "Read about it" not in response.text
