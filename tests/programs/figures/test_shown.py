"""Which drawings someone is shown: the woman she chose, in her turn otherwise, and a baby only where it may be."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.facts.releases import plan_of
from programs.figures import WOMEN, woman_of
from programs.figures.files import has_baby
from programs.models import FigureWoman, Participant
from programs.pages.figures import addresses_of, shown_to
from tests.programs.journey.conftest import before as before_session

pytestmark = pytest.mark.django_db
KEY = "w01-b"


def women_on(html):
    """The folders of the drawings on a page."""
    return set(re.findall(r'/figures/([a-z-]+)/[^"]+\.svg"', html))


def test_the_choices_are_the_women_there_are():
    assert set(FigureWoman.values) == set(WOMEN)


def test_they_take_turns_in_the_library(client, program):
    page = client.get(reverse("exercises")).content.decode()
    assert women_on(page) == set(WOMEN)
    exercises = plan_of(program.pk).exercises
    for woman, slug in re.findall(r'src="[^"]*/figures/([a-z-]+)/([a-z-]+)\.svg"', page):
        assert woman == woman_of(slug, exercises[slug].figure).code


def test_neighbours_in_the_library_differ_mostly(client, program):
    page = client.get(reverse("exercises")).content.decode()
    row = re.findall(r'img src="[^"]*/figures/([a-z]+)/', page)
    same = sum(one == other for one, other in pairwise(row))
    assert same <= len(row) // 8


def test_the_woman_she_chose_shows_her_everything(as_mother, enrollment, django_assert_num_queries):
    before_session(enrollment, timezone.now(), KEY)
    address = reverse("session", args=[KEY])
    as_mother.get(address)
    with CaptureQueriesContext(connection) as before:
        as_mother.get(address)
    Participant.objects.update(figure_woman="noor")
    with django_assert_num_queries(len(before)):
        page = as_mother.get(address)
    assert {woman.removesuffix("-with-baby") for woman in women_on(page.content.decode())} == {"noor"}
    kept = as_mother.get(reverse("kept_sessions")).json()["sessions"]
    drawn = [one[kind] for data in kept for one in data["exercises"].values() for kind in ("figure", "still")]
    assert drawn
    assert all("/noor" in address for address in drawn)


def choose(client, woman):
    """Save the profile with this choice, as the form sends it."""
    page = client.get(reverse("profile"))
    form = page.context["form"]
    typed = {name: form.initial.get(name) or "" for name in ("name", "pen_name", "time_zone", "country")}
    assert client.post(reverse("profile"), typed | {"figure_woman": woman}).status_code == 302


@pytest.mark.parametrize("address", ["/exercises/", "/exercises/bridge/", "/exercises/?focus=core"])
def test_the_library_follows_her_choice_and_asks_no_more(
    as_mother, enrollment, django_assert_num_queries, address
):
    as_mother.get(address)
    with CaptureQueriesContext(connection) as before:
        as_mother.get(address)
    asked = len(before)
    choose(as_mother, "noor")
    with django_assert_num_queries(asked):
        page = as_mother.get(address)
    assert women_on(page.content.decode()) == {"noor"}
    assert set(page["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert "Cookie" in page["Vary"]
    choose(as_mother, "")
    assert women_on(as_mother.get("/exercises/").content.decode()) == set(WOMEN)


def test_her_choice_comes_to_a_new_phone_and_leaves_with_her(as_mother, enrollment):
    Participant.objects.update(figure_woman="amara")
    as_mother.get(reverse("today"))
    assert women_on(as_mother.get("/exercises/").content.decode()) == {"amara"}
    as_mother.post(reverse("account_logout"))
    assert women_on(as_mother.get("/exercises/").content.decode()) == set(WOMEN)


def test_a_choice_nobody_can_make_changes_nothing(client, program):
    client.cookies["figures"] = "../../evil"
    page = client.get("/exercises/")
    assert women_on(page.content.decode()) == set(WOMEN)
    assert "Cookie" not in page.get("Vary", "")


def test_an_exercise_without_a_drawing_has_no_address(program):
    exercise = next(iter(plan_of(program.pk).exercises.values()))
    assert addresses_of(replace(exercise, slug="new-at-the-desk")).moving == ""


def test_nobody_unknown_and_no_mother_without_her_baby_is_shown_one(client, program, enrollment):
    lifts = [one for one in plan_of(program.pk).exercises.values() if has_baby(one.figure)]
    assert lifts
    without = shown_to(Participant(baby_not_with_me=True))
    for exercise in lifts:
        assert "with-baby" in addresses_of(exercise, shown_to(Participant())).moving
        for shown in (addresses_of(exercise), addresses_of(exercise, without)):
            assert "with-baby" not in shown.moving + shown.still
        page = client.get(reverse("exercise", args=[exercise.slug])).content.decode()
        assert women_on(page) <= set(WOMEN)
