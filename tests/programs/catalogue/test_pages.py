"""The public catalogue: for anyone, without a cookie, from one release."""

import pytest
from django.urls import reverse

from programs.models import Exercise, Release
from programs.templatetags.program_words import dial

# The second query of a page about one focus is for the articles on it.
PUBLIC = [
    ("/program/", 1),
    ("/exercises/", 1),
    ("/exercises/?focus=core&position=sitting", 2),
    ("/exercises/bridge/", 2),
]


@pytest.mark.parametrize(("address", "queries"), PUBLIC)
def test_a_public_page_sets_no_cookie_and_asks_few_queries(
    client, program, django_assert_num_queries, address, queries
):
    client.get(address)  # the plan of a release is kept by its id from the first page on
    with django_assert_num_queries(queries):
        response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_program_shows_all_weeks_and_when_phases_open(client, program):
    page = client.get("/program/").content.decode()
    assert all(f"Week {number}" in page for number in range(1, 13))
    assert "14 weeks after the birth" in page


def test_filters_join_and_an_unknown_filter_shows_everything(client, program):
    bands = client.get("/exercises/", {"equipment": "band"}).content.decode()
    assert "Band Row" in bands
    assert ">Bridge<" not in bands
    assert "66 exercises" in client.get("/exercises/", {"focus": "nonsense"}).content.decode()


def test_filters_that_fit_nothing_say_so(client, program):
    page = client.get("/exercises/", {"focus": "breathing", "position": "hands_knees"}).content.decode()
    assert "No exercise fits all of these" in page


def test_an_exercise_tells_steps_variants_and_cautions(client, program):
    page = client.get(reverse("exercise", args=["bridge"])).content.decode()
    assert "Lie on your back, knees bent, feet hip-width apart." in page
    assert reverse("exercise", args=["mini-bridge"]) in page
    assert "Less than 8 weeks since a cesarean" in page


def test_an_unknown_exercise_is_not_found(client, program):
    assert client.get("/exercises/handstand/").status_code == 404


def test_readers_see_what_was_published_not_what_is_being_written(client, program):
    Exercise.objects.filter(slug="bridge").update(name="Bridge, unfinished")
    assert "unfinished" not in client.get("/exercises/bridge/").content.decode()


def test_before_anything_is_published_the_program_says_so(client, db):
    Release.objects.all().delete()
    response = client.get("/program/")
    assert response.status_code == 503
    assert "being prepared" in response.content.decode()


@pytest.mark.parametrize(
    ("contact", "digits"),
    [
        ("911", "911"),
        ("call or text 988", "988"),
        ("112 or 999", "112"),
        ("call or text 1-833-852-6262 (1-833-TLC-MAMA)", "18338526262"),
        ("1800 022 222 (healthdirect)", "1800022222"),
        ("see pandasfoundation.org.uk", ""),
    ],
)
def test_the_number_to_dial_is_the_first_one(contact, digits):
    assert dial(contact) == digits
