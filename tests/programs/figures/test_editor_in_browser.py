"""The pose editor in a browser: by keyboard on a phone, and without scripts."""

import pytest
from django.urls import reverse

from programs.figures.files import DRAWINGS
from programs.models import Exercise

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWING = "document.querySelector('[data-drawing]').innerHTML"


@pytest.fixture
def opened(page, context, live_server, sign_in, therapist, program):
    """The pose editor of the bridge, on a small phone."""
    sign_in(context, therapist)
    page.set_viewport_size({"width": 390, "height": 844})
    bridge = Exercise.objects.get(slug="bridge")
    page.goto(live_server.url + reverse("admin:programs_exercise_figure", args=[bridge.pk]))
    return bridge


def test_a_slider_moved_by_keyboard_draws_the_pose_and_it_is_saved(opened, page):
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_text("Pose 2", exact=True).click()
    slider = page.locator("[data-pose='1']").get_by_role("slider", name="Shoulders up")
    before = page.evaluate(DRAWING)
    slider.press("ArrowRight")
    page.wait_for_function(f"before => {DRAWING} !== before", arg=before)
    assert page.locator("[name=pose]:checked").input_value() == "1"
    assert page.locator("#id_pose-1-shrug").input_value() == "0.5"
    with page.expect_navigation():
        page.get_by_role("button", name="Save as this exercise").click()
    opened.refresh_from_db()
    assert opened.figure["poses"][1]["shrug"] == 0.5
    assert DRAWINGS in opened.figure


def test_what_cannot_be_reached_is_said_and_the_last_drawing_stays(opened, page):
    place = page.locator("#id_pose-0-near_leg-foot-0")
    before = place.input_value()
    place.fill("120")
    alert = page.get_by_role("alert").filter(has_text="cannot get there")
    alert.wait_for()
    assert page.locator("[data-drawing].d-old svg").count() == 1
    page.get_by_role("button", name="As it was").click()
    alert.wait_for(state="detached")
    assert place.input_value() == before


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_a_button_draws(opened, page):
    before = page.locator("[data-drawing]").inner_html()
    page.locator("#id_pose-0-head_on").fill("8")
    with page.expect_navigation():
        page.get_by_role("button", name="Draw it").click()
    assert page.locator("[data-drawing]").inner_html() != before
    assert page.locator("#id_pose-0-head_on").input_value() == "8"
    opened.refresh_from_db()
    assert DRAWINGS not in opened.figure
