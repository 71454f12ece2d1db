"""An emergency is never behind a door: not without a network, a sign-in, a fresh token, a store or a script."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from programs.models import CheckIn, Country, Participant, SafetyHold
from tests.cast import PASSWORD, make_enrollment

from .phone import answer_fine
from .test_store import DENIED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HELP = "Call your emergency number"
CHEST_PAIN = {"redFlags": ["chest_pain", "none"], "groups": ["chest"]}


@pytest.fixture(autouse=True)
def _trouble_is_expected(watch):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 403")


def tick_chest_pain(page):
    """Tick an emergency sign in a check-in, and nothing else."""
    sign = page.locator("input[name=redFlags][value=chest_pain]")
    page.locator(".sign", has=sign).locator(".sign-line").click()
    page.locator("label", has=sign).last.click()
    page.get_by_role("button", name="Continue").click()


def emergency():
    """Whether the site knows of it."""
    return CheckIn.objects.filter(outcome="emergency").count() == 1 and SafetyHold.objects.exists()


def sign_in(page, user):
    """Fill the sign-in page that is open."""
    page.get_by_text("Use my password").click()
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


@pytest.mark.parametrize("script", ["", DENIED])
def test_the_network_drops_between_opening_and_sending(phone, script):
    phone.context.add_init_script(script or "0")
    page = phone.visit("check_in").page
    phone.context.set_offline(True)
    tick_chest_pain(page)
    page.get_by_text(HELP).wait_for()
    assert (
        page.evaluate("document.activeElement.getBoundingClientRect().top") < 300
    )  # in view, not below the form
    assert not emergency()
    phone.context.set_offline(False)
    if script:
        page.evaluate("dispatchEvent(new Event('online'))")  # all it has is in this page
    else:
        phone.kill()
        phone.visit("profile")
    phone.wait_for(emergency)


def test_the_sign_in_has_ended(phone, mother):
    page = phone.visit("check_in").page
    phone.context.clear_cookies()
    tick_chest_pain(page)
    page.get_by_text(HELP).wait_for()
    phone.visit("account_login")
    sign_in(page, mother)
    phone.wait_for(emergency)


def test_the_forms_token_is_old(phone):
    page = phone.visit("check_in").page
    phone.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tick_chest_pain(page)
    page.get_by_role("heading", name="Get help now").wait_for()
    assert emergency()


def test_a_check_in_that_is_well_comes_after_the_sign_in_which_leads_with_help(phone, mother):
    page = phone.visit("check_in").page
    answer_fine(page)
    phone.context.clear_cookies()
    page.locator("button[name=all_fine]").click()
    page.wait_for_url("**" + reverse("account_login") + "**")
    page.get_by_text(HELP).wait_for()
    sign_in(page, mother)
    phone.wait_for(lambda: CheckIn.objects.count() == 2)  # with the one of the fixture


@pytest.fixture
def without_script(new_context, sign_in, live_server, enrollment, mother):
    """Maya's check-in in a browser without JavaScript."""
    context = new_context(java_script_enabled=False)
    sign_in(context, mother)
    page = context.new_page()
    page.goto(live_server.url + reverse("check_in"))
    return page


def test_without_a_script_the_sign_in_has_ended(without_script, mother):
    page = without_script
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    tick_chest_pain(page)
    page.get_by_role("heading", name="Get help now").wait_for()
    assert page.get_by_text(HELP).is_visible()
    page.get_by_role("link", name="Sign in and send them").click()
    page.get_by_text(HELP).wait_for()
    sign_in(page, mother)
    page.wait_for_url("**/check-in/*-*/")
    assert emergency()


def test_without_a_script_the_token_is_old(without_script):
    without_script.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tick_chest_pain(without_script)
    without_script.get_by_role("heading", name="If something you reported needs help now").wait_for()
    assert without_script.get_by_text(HELP).is_visible()


def test_answers_that_wait_are_recorded_for_nobody_else(enrollment, mother, other_mother):
    make_enrollment(other_mother)
    client = Client()
    client.force_login(mother)
    page = client.get(reverse("check_in")).content.decode()
    account = page.partition('name="account" value="')[2].partition('"')[0]
    client.logout()
    assert client.post(reverse("check_in"), CHEST_PAIN | {"account": account}).status_code == 403
    client.post(reverse("account_login"), {"login": other_mother.email, "password": PASSWORD})
    assert client.get(reverse("check_in")).status_code == 200
    assert not CheckIn.objects.exclude(outcome="go").exists()


def test_what_waits_is_encrypted(client, program):
    client.post(reverse("check_in"), CHEST_PAIN)
    assert "chest" not in client.session["waiting_check_in"]


@pytest.fixture
def at_home_in_britain(enrollment):
    """Maya's country is chosen, and its emergency number is none of those that fit without one."""
    Country.objects.filter(pk="GB").update(emergency="998")
    Participant.objects.update(country="GB")


def test_the_doors_after_a_check_in_lead_with_the_number_of_her_own_country(
    phone, mother, at_home_in_britain
):
    page = phone.visit("check_in").page
    answer_fine(page)
    phone.context.clear_cookies()
    page.locator("button[name=all_fine]").click()
    page.wait_for_url("**" + reverse("account_login") + "**")
    page.get_by_role("link", name="998").wait_for()


@pytest.mark.usefixtures("at_home_in_britain")
@pytest.mark.browser_context_args(service_workers="allow")
def test_the_page_shown_without_a_network_too(phone, watch):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    phone.visit("today").wait_until_prepared()
    phone.context.set_offline(True)
    page = phone.visit("check_in").page
    answer_fine(page)
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    page.locator("button[name=all_fine]").click()
    page.wait_for_url("**" + reverse("account_login") + "**")
    page.get_by_role("link", name="998").wait_for()


@pytest.mark.usefixtures("at_home_in_britain")
def test_without_a_script_and_a_token_too(without_script):
    page = without_script
    page.reload()
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tick_chest_pain(page)
    page.get_by_role("heading", name="If something you reported needs help now").wait_for()
    assert page.locator("main a[href='tel:998']").is_visible()


@pytest.mark.usefixtures("at_home_in_britain")
def test_without_a_script_and_a_sign_in_too(without_script):
    page = without_script
    page.reload()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    tick_chest_pain(page)
    page.get_by_role("heading", name="Get help now").wait_for()
    assert page.locator("main a[href='tel:998']").is_visible()
    page.get_by_role("link", name="Sign in and send them").click()
    page.wait_for_url("**" + reverse("account_login") + "**")
    assert page.locator("main a[href='tel:998']").first.is_visible()
