"""The public catalogue: for anyone, without a cookie, from one release."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from programs.models import Country, Exercise, Release, SupportLine
from programs.pages.help import help_for
from programs.templatetags.program_words import dial
from tests.markup import squeezed

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
    page = squeezed(client.get("/program/").text)
    assert all(f"Week {number}" in page for number in range(1, 13))
    assert "From 2 weeks after the birth." in page
    assert (
        "From 12 weeks after a vaginal birth. From 14 weeks after a cesarean, or a tear of grade 3 or 4."
        in page
    )


def test_the_program_says_whom_it_is_for_and_who_has_checked_it(client, program):
    page = squeezed(client.get("/program/").text)
    for words in (
        "Breathing, pelvic floor, deep core and glutes",
        "Adults who gave birth 2 weeks ago or more",
        "<li>anyone under 18 without a clinician</li>",
        "such as Monday, Wednesday, Friday",
        "11 to 24 minutes",
        "A daily practice of 4 to 5 minutes",
        "Use the log roll for every get-up",
        "signed off by a registered pelvic health physiotherapist",
        "Content version 0.1.0",
    ):
        assert words in page
    assert page.count("slightly less volume on purpose") == 2


def test_filters_join_and_an_unknown_filter_shows_everything(client, program):
    bands = client.get("/exercises/", {"equipment": "band"}).content.decode()
    assert "Band Row" in bands
    assert ">Bridge<" not in bands
    assert "66 exercises" in client.get("/exercises/", {"focus": "nonsense"}).content.decode()


def test_filters_that_fit_nothing_say_so(client, program):
    page = client.get("/exercises/", {"focus": "breathing", "position": "hands_knees"}).content.decode()
    assert "No exercise fits all of these" in page
    assert page.count("Show all exercises") == 1


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


def test_a_line_that_is_not_for_a_crisis_or_not_confirmed_says_so(client, program):
    Country.objects.filter(code="US").update(checked_on=date(2026, 11, 30))
    SupportLine.objects.filter(country="US", is_crisis_line=True).update(checked_on=date(2026, 11, 29))
    page = client.get("/safety/").content.decode()
    american = page.split('id="US"')[1].split("</details>")[0]
    notes = [re.findall(r'<span class="meta">(.*?)</span>', line) for line in american.split("<a ")[1:]]
    assert notes == [
        ["Checked on November 30, 2026"],
        ["Checked on November 29, 2026"],
        ["Support, not a crisis line"],
        ["Support, not a crisis line"],
    ]
    assert "Number not confirmed yet" in page.split('id="IT"')[1].split("</details>")[0]


def test_lines_for_who_is_not_safe_at_home_are_behind_one_quiet_link_and_nowhere_else(client, program):
    parts = BeautifulSoup(client.get("/safety/").text, "html.parser").select("main details")
    quiet = parts[-1]
    assert quiet.summary.text == "Not safe at home? Other help lines"
    assert not quiet.has_attr("open")
    assert "use a phone that nobody else looks at" in quiet.text
    assert quiet.select_one("a[data-leave]")["href"] == "/"
    lines = SupportLine.objects.filter(is_safe_at_home=True)
    assert lines.count() == 13
    for line in lines.select_related("country"):
        assert line.name in quiet.text
        assert all(line.name not in part.text for part in parts[:-1])
        shown = help_for(line.country)
        assert line not in [*shown.crisis_lines, *shown.other_lines]


def test_lines_that_were_seen_in_a_public_source_come_first(program):
    country = Country.objects.get(code="GB")
    SupportLine.objects.create(country=country, name="Unseen", contact="1", is_crisis_line=True, position=0)
    assert [line.is_verified for line in help_for(country).crisis_lines] == [True, True, False]


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
