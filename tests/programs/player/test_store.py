"""A phone's store that is denied, full or taken away: nothing done is lost, and “Saved” is said only of what is saved."""

import pytest
from django.templatetags.static import static
from django.urls import reverse

from programs.models import SessionLog

from .conftest import KEY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DENIED = "indexedDB.open = () => { throw new DOMException('denied', 'SecurityError'); };"
SILENT = "indexedDB.open = () => new EventTarget();"
FULL = """window.isFull = true;
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (window.isFull && this.name === "boxes") throw new DOMException("full", "QuotaExceededError");
  return put.apply(this, given);
};"""
BROKEN = """() => {
  const fail = () => { throw new DOMException("broken", "UnknownError"); };
  IDBDatabase.prototype.transaction = fail;
  indexedDB.open = fail;
}"""
GONE = """() => new Promise((resolve) => {
  const request = indexedDB.deleteDatabase("practice");
  request.onsuccess = request.onerror = request.onblocked = resolve;
})"""
NOT_KEPT = "This browser keeps nothing for later"
KEPT = "Saved on this phone"


@pytest.fixture(autouse=True)
def _offline_is_expected(watch):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")


def without_the_site(phone):
    """No log arrives."""
    phone.context.route("**" + reverse("session_log", args=[KEY]), lambda route: route.abort())


def with_the_site(phone):
    """Logs arrive again, and the page is told of the network."""
    phone.context.unroute_all()
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def do_one(phone):
    """One exercise."""
    return phone.press("next").wait(30).press("next")


@pytest.mark.parametrize("script", [DENIED, FULL])
def test_a_store_that_takes_nothing_is_told_of_and_the_session_is_sent_from_memory(phone, script):
    phone.context.add_init_script(script)
    without_the_site(phone.open(KEY).begin())
    do_one(phone).wait_for_text("note", NOT_KEPT)
    with_the_site(phone)
    phone.wait_for_text("note", "Saved.")
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30}


def test_a_store_that_never_answers_holds_nobody_up(phone):
    phone.context.add_init_script(SILENT)
    phone.page = phone.context.new_page()
    phone.page.goto(phone.site + reverse("session", args=[KEY]))
    begin = phone.page.locator("[data-player=buttons]:not([hidden])")
    phone.wait_for(lambda: phone.wait(5) and begin.count())
    phone.begin()
    do_one(phone)
    phone.wait_for(lambda: phone.wait(5) and SessionLog.objects.exists())


def test_once_the_store_takes_it_again_it_is_kept(phone):
    phone.context.add_init_script(FULL)
    without_the_site(phone.open(KEY).begin())
    do_one(phone).wait_for_text("note", NOT_KEPT)
    assert phone.letters() == 0
    phone.page.evaluate("window.isFull = false")
    do_one(phone).wait_for_text("note", KEPT)
    assert phone.letters() == 1


def test_saved_is_not_said_of_what_a_store_that_broke_holds(phone):
    without_the_site(phone.open(KEY).begin())
    do_one(phone).wait_for_text("note", KEPT)
    phone.page.evaluate(BROKEN)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_for_text("note", NOT_KEPT)
    with_the_site(phone)
    phone.wait_for_text("note", NOT_KEPT)
    do_one(phone).wait_for_text("note", "Saved.")
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30, "2.1.1": 30}


def test_a_store_taken_away_during_a_session_is_opened_again(phone):
    without_the_site(phone.open(KEY).begin())
    do_one(phone).wait_for_text("note", KEPT)
    phone.page.evaluate(GONE)
    do_one(phone).wait_for_text("note", KEPT)
    phone.wait_for(lambda: phone.letters() == 1)
    with_the_site(phone)
    phone.wait_for_text("note", "Saved.")
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30, "2.1.1": 30}


def test_what_sends_in_the_background_stores_nothing_after_a_sign_out(page, live_server, program):
    page.goto(live_server.url + reverse("articles"))
    made = page.evaluate(
        """async ([module, address]) => {
          await (await import(module)).sendInBackground(address);
          return indexedDB.databases();
        }""",
        [static("js/player/background.js"), reverse("kept_sessions")],
    )
    assert made == []
