"""What was done without a network is sent from whatever page is opened first, told of until it is, and never lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import CheckIn, SessionLog

from .conftest import KEY
from .phone import answer_fine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

with_worker = pytest.mark.browser_context_args(service_workers="allow")
SYNC_REGISTERED = (
    "navigator.serviceWorker.ready.then((one) => one.sync.getTags()).then((tags) => tags.length)"
)


@pytest.fixture(autouse=True)
def _offline_is_expected(watch):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")


def work_offline(phone):
    """Open the session, lose the network, do its first exercise, and lose the page."""
    phone.open(KEY)
    if phone.context.service_workers or phone.page.evaluate("Boolean(navigator.serviceWorker?.controller)"):
        phone.wait_until_prepared()
    phone.context.set_offline(True)
    phone.begin().press("next").wait(30).press("next")
    phone.wait_for_text("note", "Saved on this phone")
    return phone


@pytest.mark.parametrize("name", ["today", "progress", "profile", "my_data", "account_email"])
def test_a_session_done_offline_is_sent_from_whatever_page_is_opened_first(phone, name):
    work_offline(phone).kill()
    phone.context.set_offline(False)
    phone.visit(name)
    phone.wait_for(SessionLog.objects.exists)
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30}


def test_a_check_in_made_offline_is_sent_from_today_which_leads_to_what_it_means(phone):
    phone.visit("check_in")
    answer_fine(phone.page)
    phone.context.set_offline(True)
    phone.page.locator("button[name=all_fine]").click()
    phone.page.get_by_text("Not sent yet: How are you today?").wait_for()
    phone.kill()
    phone.context.set_offline(False)
    phone.visit("today").page.get_by_role("link", name="What it means for today").click()
    phone.page.get_by_role("heading", level=1).first.wait_for()
    assert CheckIn.objects.count() == 2  # with the one the fixture made
    assert phone.page.url.endswith(f"{CheckIn.objects.latest('recorded_at').client_id}/")


@with_worker
def test_a_public_page_sends_it_by_the_worker(phone):
    phone.open(KEY).wait_until_prepared()
    work_offline(phone).kill()
    phone.context.set_offline(False)
    phone.visit("articles")
    phone.wait_for(SessionLog.objects.exists)
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30}


@with_worker
def test_background_sync_sends_it_with_no_page_of_the_site_open(phone):
    work_offline(phone.open(KEY).wait_until_prepared())
    phone.page.goto("about:blank")
    browser = phone.context.new_cdp_session(phone.page)
    registrations = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated", lambda found: registrations.extend(found["registrations"])
    )
    browser.send("ServiceWorker.enable")
    phone.context.set_offline(False)
    browser.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": phone.site,
            "registrationId": registrations[-1]["registrationId"],
            "tag": "outbox",
            "lastChance": False,
        },
    )
    phone.wait_for(SessionLog.objects.exists)


def test_today_says_what_is_not_sent_yet(phone):
    phone.open(KEY)
    phone.context.route("**" + reverse("session_log", args=[KEY]), lambda route: route.abort())
    phone.begin().press("next").wait(30).press("next").wait_for_text("note", "Saved on this phone")
    phone.visit("today").page.get_by_text(
        "Not sent yet: Gentle Hips and Tummy. Saved on this phone"
    ).wait_for()
    assert (
        "within a week" in phone.page.locator("#phone-waits").inner_text()
    )  # Safari forgets after seven days
    phone.context.unroute_all()
    phone.visit("today")
    phone.wait_for(SessionLog.objects.exists)
    phone.page.locator("#phone-waits").wait_for(state="detached")


def test_signing_out_asks_about_what_is_not_sent_from_any_page(phone):
    phone.open(KEY)
    phone.context.route("**" + reverse("session_log", args=[KEY]), lambda route: route.abort())
    phone.begin().press("next").wait(30).press("next").wait_for_text("note", "Saved on this phone")
    phone.kill()
    assert "Gentle Hips and Tummy" in asked_at_sign_out(phone, "dismiss")
    assert phone.letters() == 1
    asked_at_sign_out(phone, "accept")
    phone.page.wait_for_url(phone.site + "/")
    assert phone.page.evaluate("indexedDB.databases()") == []


def asked_at_sign_out(phone, answer):
    """Sign out on the page of one's data and `answer` the question, which is returned."""
    phone.visit("my_data").page.get_by_text("Not sent yet").wait_for()
    phone.page.locator(".menu summary").click()
    with phone.page.expect_event("dialog") as asked:
        phone.page.get_by_role("button", name="Sign out").click()
    getattr(asked.value, answer)()
    return asked.value.message


@pytest.mark.parametrize("error", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_a_year_off_loses_nothing_and_is_corrected(phone, error):
    phone.open(KEY)
    phone.context.clock.set_system_time(timezone.now() + error)
    work_offline(phone).kill()
    phone.context.set_offline(False)
    phone.visit("progress")
    phone.wait_for(SessionLog.objects.exists)
    log = SessionLog.objects.get()
    assert abs(timezone.now() - log.finished_at) < timedelta(minutes=5)
    assert log.steps_done == {"1.1.1": 30}
