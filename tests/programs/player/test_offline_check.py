"""Offline the check comes first, too: a session of the week opens on the phone by the rules of the site."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import CheckIn, SessionLog
from tests.cast import make_enrollment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.browser_context_args(service_workers="allow"),
    pytest.mark.django_db(transaction=True),
]

KEY = "w01-a"
BEGIN = "[data-player=buttons]:not([hidden]) [data-player=begin]"


@pytest.fixture
def offline(make_phone, mother, program, watch, unchecked):
    """Maya's phone, with no check-in made, which has opened Today once and then lost the network."""
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    make_enrollment(mother)
    phone = make_phone(mother)
    phone.visit("today").wait_until_prepared()
    phone.context.set_offline(True)
    return phone


def answer(page, **answers):
    """Say no to every sign, and answer the questions: all well, but for `answers`."""
    page.locator("[data-signs] [data-none]").click()
    for name in ("mood", "energy", "sleep"):
        page.locator(f"label:has([name={name}])").first.click()
    for name, value in answers.items():
        box = page.locator(f"[name={name}][value='{value}']")
        if not box.is_visible():
            page.locator("[data-fold] > summary").click()
        page.locator(f"label:has([name={name}][value='{value}'])").click()
    page.locator("button[name=all_fine]").click()


# Names that a database sorts the other way round than they were made: what was written first comes last.
LATER_NAMES_FIRST = """crypto.randomUUID = () => {
  const left = (sessionStorage.getItem("left") ?? 0xffff) - 1;
  sessionStorage.setItem("left", left);
  return `${left.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
};"""

ONLY_THE_WORKER_SENDS = """(() => {
  const { fetch } = window;
  window.fetch = (address, how) => how?.keepalive ? Promise.reject(new TypeError("no network")) : fetch(address, how);
})()"""


def test_the_check_comes_first_and_the_session_counts_once_all_is_sent(offline):
    offline.context.add_init_script(LATER_NAMES_FIRST)
    check_and_do_session(offline)
    assert not CheckIn.objects.exists()
    offline.context.set_offline(False)
    offline.visit("progress").wait_for(is_counted)
    assert CheckIn.objects.get().outcome == "go"
    assert CheckIn.objects.get().recorded_at < SessionLog.objects.get().recorded_at


def test_the_session_counts_though_the_network_sets_the_clock_right_and_the_worker_sends(offline):
    """The clock of the worker, which no test turns, is behind that of the page by all of the session."""
    check_and_do_session(offline)
    offline.page.evaluate(ONLY_THE_WORKER_SENDS)
    offline.context.add_init_script(ONLY_THE_WORKER_SENDS)
    offline.context.set_offline(False)
    offline.visit("progress").wait_for(is_counted)


@pytest.mark.parametrize("hours", [1, 20])
def test_the_session_counts_though_a_clock_ahead_was_set_right_after_its_check(offline, hours):
    offline.wait(hours * 3600)
    page = offline.visit("today").page
    page.locator("[data-shell=sessions] li", has_text="a check-in first").first.get_by_role("link").click()
    check(page)
    offline.context.clock.set_system_time(timezone.now())
    do_session(offline)
    offline.context.set_offline(False)
    offline.visit("today").wait_for(is_counted)
    check_in, log = CheckIn.objects.get(), SessionLog.objects.get()
    assert check_in.made_at < log.finished_at <= timezone.now()


def check_and_do_session(phone):
    """Check in before a session of the week and do all of it, as far as the phone can tell."""
    check(phone.visit("session", KEY).page)
    do_session(phone)


def check(page):
    """Check in: all is well, and the session opens."""
    page.get_by_role("heading", name="How are you today?").wait_for()
    answer(page)
    page.locator(BEGIN).wait_for()


def do_session(phone):
    """Do all of the session that is open."""
    for step in begin_and_steps(phone):
        phone.wait(step["seconds"] + 0.1)
    phone.wait_for_text("doneNote", "Saved on this phone")


def is_counted():
    """Whether the site has the check-in and a session that counts."""
    return CheckIn.objects.exists() and SessionLog.objects.filter(counts_as_done=True).exists()


def begin_and_steps(phone):
    """Begin, and return the steps of the session as the phone stores it."""
    phone.begin()
    return phone.in_store("""async ({ openStore }) => {
      return (await openStore().get("kept")).sessions.find((one) => one.key === "w01-a").steps;
    }""")


OPEN_UNTIL = """async ({ openStore }) => {
  return (await openStore().get("kept")).sessions.map((one) => one.openUntil ?? null);
}"""


# What each transaction with the phone's database writes: the kinds of values, in the tab's own storage.
WRITES = """const { transaction } = IDBDatabase.prototype, { put } = IDBObjectStore.prototype;
const writes = () => JSON.parse(sessionStorage.getItem("writes") ?? "[]");
IDBDatabase.prototype.transaction = function (...given) {
  const begun = transaction.apply(this, given), kinds = (begun.kinds = []);
  begun.addEventListener("complete", () => sessionStorage.setItem("writes", JSON.stringify([...writes(), kinds])));
  return begun;
};
IDBObjectStore.prototype.put = function (value, name) {
  this.transaction.kinds.push(name.split(":")[0]);
  return put.call(this, value, name);
};"""
LAST_WRITE_OF = (
    """(kind) => JSON.parse(sessionStorage.getItem("writes")).findLast((one) => one.includes(kind)).sort()"""
)


def test_a_session_done_uses_the_check_up(offline):
    offline.context.add_init_script(WRITES)
    page = offline.visit("session", KEY).page
    answer(page)
    page.locator(BEGIN).wait_for()
    offline.begin()
    for _ in range(4):  # whatever step the first press met, some of them are of work
        offline.press("next").wait(30)
    offline.press("enough")
    offline.wait_for_text("doneNote", "Saved on this phone")
    assert set(offline.in_store(OPEN_UNTIL)) == {None}
    assert page.evaluate(LAST_WRITE_OF, "sitting") == [
        "kept",
        "letter",
        "sitting",
    ]  # all or none, if it is killed now
    offline.visit("session", "w01-b").page.get_by_role("heading", name="How are you today?").wait_for()


def test_an_easier_day_is_easier_from_the_first_step(offline):
    page = offline.visit("session", KEY).page
    answer(page, pain=5)
    page.locator(BEGIN).wait_for()
    offline.begin().press("next")
    offline.wait_for(lambda: any(sitting["easier"] for sitting in offline.sittings()))


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"energy": 2}, "Your answers call for rest today."),
        ({"pain": 8}, "One of your answers is worth a check first."),
    ],
)
def test_what_calls_for_rest_or_a_pause_closes_the_sessions_and_a_milder_check_opens_none(
    offline, answers, says
):
    answer(offline.visit("session", KEY).page, **answers)
    offline.page.get_by_text(says).wait_for()
    assert offline.page.locator("[data-shell=sessions] a").all_inner_texts() == ["Rest and breathe"]
    answer(offline.visit("check_in_before", KEY).page)
    offline.page.get_by_role("heading", name="You’re offline").wait_for()
    assert offline.page.locator("[data-shell=sessions] a").all_inner_texts() == ["Rest and breathe"]


def test_a_check_is_kept_in_one_with_what_it_opens(offline):
    offline.context.add_init_script(WRITES)
    page = offline.visit("session", KEY).page
    answer(page)
    page.locator(BEGIN).wait_for()
    assert page.evaluate(LAST_WRITE_OF, "letter") == ["kept", "letter"]


def test_an_answer_missing_is_asked_for_and_never_taken_for_fine(offline):
    page = offline.visit("session", KEY).page
    page.locator("[data-signs] [data-none]").click()
    page.locator("button[name=all_fine]").click()
    page.get_by_text("Some answers are still open.").wait_for()
    assert page.locator("[data-signs] [data-none] input").is_checked()


def test_a_call_does_not_wait_for_the_answers_missing(offline):
    page = offline.visit("session", KEY).page
    page.locator(".sign-line").first.click()
    page.locator("[data-call=today]", has=page.locator("[value=fever]")).click()
    page.locator("button[name=all_fine]").click()
    page.get_by_text("local health line today.").wait_for()
    page.get_by_text("Some answers are still open.").wait_for()


def test_after_a_day_without_contact_only_rest_is_open(offline):
    offline.context.clock.fast_forward(timedelta(hours=24, minutes=1) // timedelta(milliseconds=1))
    offline.visit("session", KEY).page.get_by_role("heading", name="You’re offline").wait_for()
    assert offline.page.locator("[data-shell=sessions] a").all_inner_texts() == ["Rest and breathe"]
    assert offline.page.url.endswith(reverse("session", args=[KEY]))
