"""The pose editor in a browser: by drag and by keyboard on a phone, and without scripts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.figures import WOMEN
from programs.figures.files import DRAWINGS
from programs.models import Exercise
from programs.pages.figures import Shown, addresses_of
from programs.services.publishing import publish

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


def drag(page, handle, x, y):
    """Drag a handle by so many pixels, and wait until the pose is drawn there."""
    box = handle.bounding_box()
    start = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    page.mouse.move(**start)
    page.mouse.down()
    page.mouse.move(start["x"] + x, start["y"] + y, steps=4)
    page.mouse.up()


def test_a_joint_is_dragged_a_pose_added_and_mothers_see_the_new_figure(
    opened, page, context, live_server, program
):
    told = page.get_by_role("status")
    pelvis = page.get_by_role("button", name="Pelvis", exact=True)
    pelvis.wait_for()  # it comes with the first drawing
    first = page.evaluate(DRAWING)
    page.get_by_text("2", exact=True).locator("input").check()
    page.wait_for_function(f"first => {DRAWING} !== first", arg=first)
    spine = page.locator("#id_pose-1-spine")
    before = spine.input_value()
    pelvis.hover()  # waits until it has come to rest there
    drag(page, pelvis, 0, 12)
    told.filter(has_text="Leaning").wait_for()
    dragged = spine.input_value()
    assert float(dragged) < float(before)
    assert spine.evaluate("field => field.nextElementSibling.value") == dragged

    page.get_by_role("button", name="Add a pose like this one").click()
    page.locator("#id_pose-2-spine").wait_for(state="attached")
    assert page.locator("#id_pose-2-spine").input_value() == dragged
    page.get_by_role("button", name="Back", exact=True).press("ArrowUp")
    told.filter(has_text="Back rounded").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function(
        "() => document.querySelector('#id_pose-2-bend').value === document.querySelector('#id_pose-1-bend').value"
    )
    page.get_by_text("See it move").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-moving]')].every(one => one.naturalWidth)"
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Save as this exercise").click()

    opened.refresh_from_db()
    assert [pose.get("spine") for pose in opened.figure["poses"]] == [None, float(dragged), float(dragged)]
    publish(program, None, timezone.now())
    for woman in WOMEN:
        context.add_cookies([{"name": "figures", "value": woman, "url": live_server.url}])
        page.goto(live_server.url + reverse("exercise", args=["bridge"]))
        assert addresses_of(opened, Shown(woman)).moving in page.content()


def test_a_joint_dragged_before_its_pose_is_drawn_is_told(opened, page):
    pelvis = page.get_by_role("button", name="Pelvis", exact=True)
    pelvis.wait_for()
    page.route("**/figure/preview/", lambda route: None, times=1)  # the second pose is long in coming
    with page.expect_request("**/figure/preview/"):
        page.get_by_text("2", exact=True).locator("input").check()
    drag(page, pelvis, 0, 12)
    page.get_by_role("status").filter(has_text="Leaning").wait_for()


def test_undo_brings_a_removed_pose_back(opened, page):
    page.get_by_role("button", name="Add a pose like this one").click()
    page.locator("#id_pose-2-spine").wait_for(state="attached")
    page.get_by_role("button", name="Undo").click()
    page.locator("#id_pose-2-spine").wait_for(state="detached")
    page.locator("#id_pose-1-spine").wait_for(state="attached")
    assert page.get_by_role("button", name="Undo").is_disabled()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_poses_are_added_and_a_new_exercise_gets_a_figure(opened, page):
    Exercise.objects.filter(pk=opened.pk).update(figure={})
    page.reload()
    with page.expect_navigation():
        page.get_by_role("link", name="Mini Bridge").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Add a pose like this one").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save as this exercise").click()
    opened.refresh_from_db()
    mini = Exercise.objects.get(slug="mini-bridge")
    assert len(opened.figure["poses"]) == len(mini.figure["poses"]) + 1
