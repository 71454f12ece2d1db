"""The desk under the strict policy, for everybody: no violation, nothing from elsewhere, readable, no sideways scroll."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import CommentPolicy
from blog.services import save_policy
from postpartum.desk.guide import STEPS
from programs.models import CareAction, Exercise, Session
from tests.cast import make_enrollment
from tests.postpartum.desk.test_acting import open_concern

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(bulge, therapist):
    for mode in ("hold_first", "hold_all"):
        save_policy(CommentPolicy(mode=mode), therapist, timezone.now())
    session, bridge = Session.objects.get(key="rest"), Exercise.objects.get(slug="bridge")
    return [
        reverse("admin:index"),
        reverse("admin:desk_members"),
        reverse("admin:desk_member", args=[bulge.participant_id]),
        reverse("admin:desk_member_check_ins", args=[bulge.participant_id]),
        reverse("admin:desk_member_sessions", args=[bulge.participant_id]),
        reverse("admin:desk_program"),
        reverse("admin:desk_preview") + "?session=w05-a&birth=cesarean&weeks_since=6",
        reverse("admin:desk_publish"),
        reverse("admin:desk_copy_session", args=[session.pk]),
        reverse("admin:desk_bring_in"),
        reverse("admin:desk_numbers"),
        reverse("admin:desk_rules"),
        reverse("admin:desk_more"),
        reverse("admin:desk_words"),
        reverse("admin:desk_words_group", args=["advice"]),
        reverse("admin:desk_words_change", args=["search", "search:synonyms"]),
        reverse("admin:desk_practice"),
        *(reverse("admin:desk_practice_step", args=[step.key]) for step in STEPS),
        reverse("admin:programs_session_change", args=[session.pk]),
        reverse("admin:programs_exercise_change", args=[bridge.pk]),
        reverse("admin:programs_exercise_history", args=[bridge.pk]),
        reverse("admin:programs_exercise_figure", args=[bridge.pk]),
        reverse("admin:blog_commentpolicy_history", args=[1]),
    ]


def test_no_page_breaks_the_policy_and_everybody_can_use_it(
    new_context, live_server, sign_in, therapist, pages, watch, axe, assert_everybody_can_use
):
    context = new_context()
    axe.look_at_all(context)
    sign_in(context, therapist)
    page = context.new_page()
    for address in pages:
        page.goto(live_server.url + address)
        for summary in page.locator(".d-act > summary").all():
            summary.click()
        page.evaluate("document.readyState")  # whatever the page did so far has been heard of by now
        assert watch.unexpected() == [], address
        assert_everybody_can_use(page)
        watch.troubles.clear()  # what axe itself writes into a page breaks the policy


@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 900}, is_mobile=False, has_touch=False)
def test_exercises_are_put_in_order_by_keyboard_and_by_mouse_and_the_minutes_follow(
    page, context, live_server, sign_in, therapist, bulge
):
    session = Session.objects.get(key="w03-a")
    first, second, third = session.prescriptions.all()[:3]
    sign_in(context, therapist)
    page.goto(live_server.url + reverse("admin:programs_session_change", args=[session.pk]))

    page.locator("#prescriptions-0 [data-down]").focus()
    page.keyboard.press("Enter")
    upper_half = {"x": 40, "y": 4}
    page.locator("#prescriptions-2 .d-grip").drag_to(
        page.locator("#prescriptions-1"), target_position=upper_half
    )
    page.locator("#prescriptions-0 summary").click()
    minutes = page.locator("[data-minutes]")
    before = minutes.inner_text()
    page.locator("#prescriptions-0 [name$=-sets]").fill("9")
    page.wait_for_function("text => document.querySelector('[data-minutes]').innerText !== text", arg=before)
    page.locator("#prescriptions-0 [name$=-sets]").fill(str(first.sets))
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    order = list(session.prescriptions.values_list("pk", flat=True)[:3])
    assert order == [third.pk, second.pk, first.pk]


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844})
def test_an_exercise_brings_its_dose_and_a_thumb_changes_it(
    page, context, live_server, sign_in, therapist, bulge
):
    session = Session.objects.get(key="w03-a")
    bridge = Exercise.objects.get(slug="bridge")
    sign_in(context, therapist)
    page.goto(live_server.url + reverse("admin:programs_session_change", args=[session.pk]))

    card = page.locator("#prescriptions-0")
    card.locator("summary").click()
    card.get_by_label("Exercise").select_option(str(bridge.pk))
    dose = next(iter(bridge.doses.values()))  # it has none in the phase of this week
    assert card.locator("[name$=-reps]").input_value() == str(dose["reps"])
    assert card.locator("[data-name]").inner_text() == bridge.name
    card.get_by_role("button", name="Sets: more", exact=True).tap()
    assert card.locator("[name$=-sets]").input_value() == str(dose["sets"] + 1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740})
def test_a_row_acts_by_keyboard_alone_on_a_phone_without_scripts(
    page, context, live_server, sign_in, therapist, bulge
):
    sign_in(context, therapist)
    page.goto(live_server.url + reverse("admin:index"))

    page.locator(".d-act summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("I have called you. Walk all you like.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.split("#")[0] == live_server.url + reverse("admin:index")
    page.get_by_text("Done: her program is open again, the concern is settled.").wait_for()
    kept = {(deed.kind, deed.note) for deed in CareAction.objects.all()}
    assert kept == {(kind, "I have called you. Walk all you like.") for kind in ("unlock", "resolve")}


def test_two_open_rows_keep_what_stands_in_the_other(
    context, page, live_server, sign_in, therapist, bulge, other_mother
):
    open_concern(make_enrollment(other_mother))
    sign_in(context, therapist)
    page.goto(live_server.url + reverse("admin:index"))
    for row in page.locator(".d-act").all():
        row.locator("summary").click()
    nora, hers = (page.locator(".d-row", has_text=name) for name in ("Nora", "Maya"))
    hers.locator("textarea").fill("Half a sentence about")
    nora.locator("textarea").fill("Let us talk.")
    nora.get_by_label("Nothing changes").check()
    nora.get_by_role("button", name="Save and tell her").click()

    page.wait_for_selector("text=Done:")
    assert hers.locator("textarea").input_value() == "Half a sentence about"
    assert hers.locator("textarea").is_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_printed_record_has_no_heading_of_the_form_that_is_left_out(
    context, page, live_server, sign_in, therapist, maya
):
    sign_in(context, therapist)
    page.goto(live_server.url + reverse("admin:desk_member", args=[maya.participant_id]))
    heading = page.get_by_role("heading", name="Write to her, or change her place")
    assert heading.is_visible()
    page.emulate_media(media="print")
    assert not heading.is_visible()
    assert page.get_by_role("heading", name="Where she stands").is_visible()
