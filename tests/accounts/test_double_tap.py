"""A double tap on a button is one action with one answer."""

import pytest
from django.urls import reverse

from postpartum.models import Reminder
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_double_tap_signs_in_once(page, live_server, mother, enrollment):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_text("Use my password").click()
    page.locator("input[name=login]").fill(mother.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).dblclick()
    page.wait_for_url("**" + reverse("today"))


def test_a_double_tap_saves_once(page, live_server, mother, enrollment, sign_in):
    sign_in(page.context, mother)
    page.goto(live_server.url + reverse("reminders"))
    posts = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    page.locator("main form button").first.dblclick()
    page.get_by_text("Saved.").wait_for()
    assert len(posts) == 1
    assert Reminder.objects.count() == 1


def test_a_password_manager_finds_where_to_change_it(as_mother):
    response = as_mother.get("/.well-known/change-password")
    assert (response.status_code, response.url) == (302, reverse("account_change_password"))
