"""In a real browser: a slip of the thumb that is mended, and a bulge cleared at the desk, up to the first session."""

import re

import pytest
from django.urls import reverse

from programs.models import CheckIn, SafetyHold
from tests.cast import CLEAR_ANSWERS
from tests.postpartum.test_first_week import answer_the_screening, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "I felt it with you today. Go on gently, lying down."


@pytest.fixture
def opened(new_context, sign_in, live_server):
    """A function that opens the site for somebody, on a phone or with other `options`."""

    def open_(user, name, *args, **options):
        context = new_context(**options)
        sign_in(context, user)
        page = context.new_page()
        page.goto(live_server.url + reverse(name, args=args))
        return page

    return open_


def tap(page, name, value):
    page.locator(f"label:has(input[name={name}][value='{value}'])").click()


def check_in(page, **answers):
    """The check-in before a session, by taps: fine but for `answers`."""
    tap(page, "redFlags", "none")
    tap(page, "mood", "ok")
    if answers.keys() - {"energy", "sleep"}:
        page.get_by_text("Something is different").click()
    for name, value in ({"energy": "0", "sleep": "gt6"} | answers).items():
        tap(page, name, value)
    page.locator("button[name=all_fine]").click()


def heading(page, words):
    page.get_by_role("heading", name=words, exact=True).wait_for()


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_a_slip_of_the_thumb_is_mended_and_the_session_begins(opened, mother, enrollment, scripted):
    page = opened(mother, "check_in_before", "w01-a", java_script_enabled=scripted)
    check_in(page, energy="2")
    heading(page, "Rest and breathe today")
    press(page, "I tapped the wrong answer")
    heading(page, "Which answer was wrong?")
    assert page.locator("input[name=energy][value='2']").is_checked()
    tap(page, "energy", "0")
    press(page, "Save the right answers")
    heading(page, "Good to go")
    page.get_by_text("Both answers are kept").wait_for()
    assert page.get_by_text("I tapped the wrong answer").count() == 0
    press(page, re.compile("^Start"))
    page.wait_for_url("**/sessions/w01-a/**")
    assert sorted(row.answers["energy"] for row in CheckIn.objects.all()) == [0, 2]


def test_a_sign_tapped_by_mistake_is_taken_back_with_its_line(opened, mother, enrollment):
    page = opened(mother, "check_in_before", "w01-a")
    page.get_by_text("Feeling ill, feverish, dizzy").click()
    page.get_by_text("A temperature of 38").click()
    check_in(page)
    heading(page, "Pause and get advice")
    press(page, "I tapped the wrong answer")
    page.get_by_text("Feeling ill, feverish, dizzy").click()
    assert not page.locator("input[value=fever]").is_checked()
    press(page, "Save the right answers")
    heading(page, "Good to go")
    assert not SafetyHold.objects.filter(ended_at=None).exists()


def test_a_bulge_from_the_first_questions_to_the_first_session(opened, mother, therapist, program):
    """The first questions stop for it, the therapist clears it with a note, the mother reads it and practises."""
    page = opened(mother, "start")
    answer_the_screening(page, CLEAR_ANSWERS | {"heaviness": "bulge"})
    heading(page, "Please get checked first")
    press(page, "I agree. Begin with breathing")
    page.get_by_text("A bulge you can see or feel").first.wait_for()

    desk = opened(therapist, "admin:index")
    desk.set_viewport_size({"width": 1280, "height": 900})
    press(desk, "Look and decide")
    form = desk.locator(".d-concern form")
    form.locator("textarea").fill(NOTE)
    form.get_by_text("exercise with a bulge or strong heaviness is fine").click()
    form.get_by_role("button", name="Save and tell her").click()
    desk.get_by_text("she may exercise with her symptom").wait_for()

    page.goto(page.url)
    press(page, "Start")
    check_in(page, heaviness="3")
    heading(page, "Gentler today")
    press(page, re.compile("^Start"))
    page.wait_for_url("**/sessions/w01-a/**")
    page.goto(page.url.split("/sessions/")[0] + reverse("decisions"))
    page.get_by_text(NOTE).wait_for()
