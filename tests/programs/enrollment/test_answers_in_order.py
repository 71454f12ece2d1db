"""What is sent at a tap never undoes what the whole form has said since, however late it arrives."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from programs.forms.screening import STEPS
from programs.models import Screening
from tests.cast import CLEAR_ANSWERS, make_user
from tests.postpartum.test_first_week import TAP_EACH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_tap_that_arrives_late_takes_no_later_tick_back(page, context, live_server, program, sign_in):
    sign_in(context, make_user("ines@example.org"))
    held = []

    def hold_the_first(route):
        if held or "x-keep-only" not in route.request.headers:
            route.continue_()
        else:
            held.append(route)

    page.route("**/start/1/", hold_the_first)
    page.goto(live_server.url + reverse("start_step", args=[1]))
    page.locator("main fieldset").evaluate_all(TAP_EACH, CLEAR_ANSWERS)
    page.locator("button[name=go][value=on]").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert page.url.endswith("/start/1/")
    assert page.locator("button[aria-busy=true]").get_attribute("value") == "on"
    [first] = held
    first.continue_()
    page.wait_for_url("**/start/2/")

    assert Screening.objects.get().answers.keys() >= set(STEPS[0])


def test_the_form_goes_out_all_the_same_without_an_answer(page, context, live_server, program, sign_in):
    sign_in(context, make_user("ines@example.org"))
    page.clock.install()
    page.route(
        "**/start/1/", lambda route: None if "x-keep-only" in route.request.headers else route.continue_()
    )
    page.goto(live_server.url + reverse("start_step", args=[1]))
    page.locator("main fieldset").evaluate_all(TAP_EACH, CLEAR_ANSWERS)
    page.locator("button[name=go][value=on]").click(no_wait_after=True)
    page.clock.run_for(6000)

    page.wait_for_url("**/start/2/")


def test_help_is_asked_for_within_a_second_whatever_is_under_way(
    page, context, live_server, program, sign_in
):
    sign_in(context, make_user("ines@example.org"))
    page.clock.install(time=datetime(2026, 12, 1, 9, tzinfo=UTC))
    sent = []

    def hold_taps(route):
        if "x-keep-only" not in route.request.headers:
            if route.request.method == "POST":
                sent.append(route.request.post_data)
            route.continue_()

    page.route("**/start/1/", hold_taps)
    page.goto(live_server.url + reverse("start_step", args=[1]))
    page.locator("main fieldset").evaluate_all(TAP_EACH, CLEAR_ANSWERS)
    page.clock.pause_at(datetime(2026, 12, 1, 10, tzinfo=UTC))
    page.locator("button[name=go][value=on]").click(no_wait_after=True)
    page.locator("button[name=go][value=help]").evaluate("button => button.click()")
    assert page.locator("button[aria-busy=true]").get_attribute("value") == "help"
    page.clock.run_for(1100)

    page.wait_for_url("**/start/2/")
    [form] = sent
    assert "go=help" in form
