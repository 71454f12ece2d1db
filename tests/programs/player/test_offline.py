"""In flight mode: today's session, the check-in and the safety page open, and what is done arrives exactly once."""

import json
import re

import pytest
from django.core.signals import request_started
from django.urls import reverse
from django.utils import timezone

from programs.models import CheckIn, SessionLog
from tests.cast import PASSWORD, make_enrollment
from tests.programs.journey.conftest import before

from .phone import answer_fine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.browser_context_args(service_workers="allow"),
    pytest.mark.django_db(transaction=True),
]

KEY = "w01-a"
NOTHING_LOST = "ERR_INTERNET_DISCONNECTED|ERR_FAILED"

# Every value the browser's own storage holds, as far as a script can read it, as one text.
STORED = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store);
      for (const request of [all.getAll(), all.getAllKeys()]) {
        const values = await new Promise((done) => { request.onsuccess = () => done(request.result); });
        for (const value of values.flatMap((one) => one?.text ?? one)) {
          if (value instanceof CryptoKey) found.push(`key extractable: ${value.extractable}`);
          else found.push(value instanceof ArrayBuffer ? new TextDecoder().decode(value) : JSON.stringify(value));
        }
      }
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url);
      if (!request.url.includes("/static/")) found.push(await (await cache.match(request)).text());
    }
  }
  return found.join("\\n");
}"""


# Have the browser look for a new service worker, and wait until it is installed.
NEW_WORKER = """async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  while (worker.state === "installing") await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  if (worker.state !== "installed") throw new Error(worker.state);
}"""


@pytest.fixture
def asked():
    """The paths the site is asked for meanwhile."""
    paths = []

    def note(environ, **given):
        paths.append(environ["PATH_INFO"])

    request_started.connect(note)
    yield paths
    request_started.disconnect(note)


@pytest.fixture
def prepared(phone, watch):
    """Maya's phone, which has opened a session once and then lost the network."""
    watch.expect(NOTHING_LOST)
    phone.open(KEY).wait_until_prepared()
    phone.context.set_offline(True)
    return phone


def go(phone, path):
    """Open an address as a new page load."""
    phone.page.goto(phone.site + path)


def test_a_session_from_start_to_finish_in_flight_mode_is_one_log(prepared):
    phone = prepared.go(KEY)
    steps = json.loads(
        phone.in_store("""async ({ openStore }) => {
      const kept = await openStore().get("kept");
      return JSON.stringify(kept.sessions.find((one) => one.key === "w01-a").steps);
    }""")
    )
    phone.begin()
    for step in steps:
        phone.wait(step["seconds"] + 0.1)
    phone.wait_for_text("doneTitle", "Well done.").wait_for_text(
        "doneNote", "Saved on this phone, will be sent"
    )
    assert not SessionLog.objects.exists()
    phone.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_for_text("doneNote", "Saved.")
    log = SessionLog.objects.get()
    assert log.steps_done == {step["id"]: step["seconds"] for step in steps}
    assert (log.exercises_done, log.counts_as_done) == (7, True)
    go(phone, reverse("today"))
    assert SessionLog.objects.count() == 1
    assert not [name for name in names_kept(phone) if name.startswith("letter:")]


def names_kept(phone):
    """The names of the sealed boxes."""
    return phone.in_store("""async ({ openStore }) => {
      return openStore().names();
    }""")


def test_other_pages_say_what_is_kept_and_a_check_in_waits_and_arrives_once(prepared, enrollment):
    go(prepared, reverse("today"))
    prepared.page.get_by_role("heading", name="You’re offline").wait_for()
    titles = prepared.page.locator("[data-shell=sessions] a").all_inner_texts()
    assert titles[:2] == ["Breathe and Find", "Gentle Hips and Tummy"]
    assert len(titles) == 4
    go(prepared, reverse("safety"))
    prepared.page.get_by_role("heading", name="Signs to stop, and who to call").wait_for()
    go(prepared, reverse("home"))
    prepared.page.get_by_role("heading", name="You’re offline").wait_for()

    go(prepared, reverse("check_in_before", args=[KEY]))
    answer_fine(prepared.page)
    made = prepared.page.evaluate("Date.now()")
    prepared.page.locator("button[name=all_fine]").click()
    state = prepared.page.locator("[data-player=state]")
    state.filter(has_text="Saved on this phone, will be sent").wait_for()
    assert prepared.page.url.endswith(reverse("session", args=[KEY]))
    assert CheckIn.objects.count() == 1
    prepared.context.set_offline(False)
    prepared.page.evaluate("dispatchEvent(new Event('online'))")
    state.filter(has_text="Saved.").wait_for()
    row = CheckIn.objects.first()
    assert abs(row.made_at.timestamp() * 1000 - made) < 5_000
    assert row.outcome == "go"


def test_a_warning_sign_gets_help_at_once_and_signing_out_forgets_everything(prepared, watch):
    watch.expect(
        "403"
    )  # where the stored form's token has become too old, the phone asks for a new one and sends again
    go(prepared, reverse("check_in_before", args=[KEY]))
    page = prepared.page
    page.locator(".sign", has=page.locator("[data-emergency]")).first.locator(".sign-line").click()
    page.locator("label[data-emergency]").first.click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/safety/#now")
    page.get_by_role("heading", name="Call the emergency number now").wait_for()
    prepared.context.set_offline(False)
    go(prepared, reverse("today"))
    with page.expect_response("**" + reverse("kept_sessions")):
        go(prepared, reverse("session", args=["rest"]))

    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(prepared.site + "/")
    left = page.evaluate("""async () => ({
      databases: await indexedDB.databases(), caches: await caches.keys(), local: localStorage.length,
      workers: (await navigator.serviceWorker.getRegistrations()).length })""")
    assert left == {"databases": [], "caches": [], "local": 0, "workers": 0}


def test_killed_without_a_network_she_goes_on_and_nothing_of_hers_can_be_read_from_the_phone(prepared):
    phone = prepared.open(KEY).begin().press("next").wait(50)
    phone.wait_until_kept(lambda kept: kept["at"] == "1.1.1" and kept["seenAt"] > kept["startedAt"] + 40_000)
    assert phone.open(KEY).offers() == "Continue with Wide Rib Breathing, Lying Down"

    phone.begin().press("next").wait_until_kept(lambda kept: "1.1.1" in kept["done"])
    stored = re.sub(r"/static/figures/\S+", "", phone.page.evaluate(STORED))  # drawings are public
    assert "key extractable: false" in stored
    for word in [
        "Breathe and Find",
        "pf-let-go",
        "1.1.1",
        KEY,
        "Maya",
        "maya@",
        "Ribs widen",
        "check-in/before",
    ]:
        assert word not in stored, word


def test_the_next_page_fetches_nothing_again_that_the_phone_has(phone, asked):
    phone.open(KEY).wait_until_prepared()
    before = kept_at(phone)
    phone.wait(60)
    asked.clear()

    with phone.page.expect_response("**" + reverse("kept_sessions")) as answer:
        phone.visit("progress")

    assert answer.value.status == 304
    phone.wait_for(lambda: kept_at(phone) > before)
    assert not [path for path in asked if path.startswith("/static/js/player/")]
    assert not [path for path in asked if path.startswith(("/check-in/", "/exercises/figure/"))]


def test_a_new_worker_fetches_no_file_that_is_named_after_its_content(phone, asked, settings):
    phone.open(KEY).wait_until_prepared()
    phone.visit("change")  # no picture of its own, which would come late
    asked.clear()
    settings.PRACTICE = settings.PRACTICE | {"name": "Another name"}

    phone.page.evaluate(NEW_WORKER)

    assert {reverse("offline"), reverse("safety"), reverse("breathe")} <= set(asked)
    assert not [path for path in asked if path.startswith("/static/")]


def kept_at(phone):
    """When the phone last heard from the site, in milliseconds; 0 as long as nothing is kept."""
    return phone.in_store("""async ({ openStore }) => {
      return (await openStore().get("kept"))?.keptAt ?? 0;
    }""")


def sign_in_by_form(phone, user):
    """Sign in on this phone as another would, who found nobody signed in."""
    phone.put_away()
    phone.context.clear_cookies()
    phone.page = phone.context.new_page()
    go(phone, reverse("account_login"))
    phone.page.get_by_text("Use my password").click()
    phone.page.locator("input[name=login]").fill(user.email)
    phone.page.locator("input[name=password]").fill(PASSWORD)
    phone.page.locator("main form button[type=submit]").first.click()
    phone.page.wait_for_url("**" + reverse("today"))


def test_what_waits_is_never_sent_for_another_nor_shown_to_her(prepared, mother, other_mother):
    before(make_enrollment(other_mother), timezone.now())
    prepared.go(KEY).begin().press("next").wait(20).press("next")
    prepared.wait_until_kept(lambda kept: "1.1.1" in kept["done"])
    prepared.kill()
    prepared.context.set_offline(False)
    sign_in_by_form(prepared, other_mother)
    assert "kept" not in names_kept(prepared)
    assert prepared.go(KEY).offers() == "Start"
    prepared.wait_until_prepared()
    assert not SessionLog.objects.exists()
    sign_in_by_form(prepared, mother)
    prepared.wait_for(SessionLog.objects.exists)  # the first page of hers sends it
    assert SessionLog.objects.get().enrollment.participant.user == mother


WORKERS = """async () => {
  const { active, waiting } = await navigator.serviceWorker.getRegistration();
  return [active?.state, waiting?.state];
}"""


def test_a_new_version_never_disturbs_a_session_under_way_and_a_public_page_is_never_an_old_one(
    phone, settings
):
    phone.open(KEY).wait_until_prepared()
    go(phone, reverse("program"))
    phone.go(KEY).begin().press("next").wait(20)
    settings.PRACTICE = settings.PRACTICE | {"name": "Newer"}
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    phone.wait_for(lambda: phone.page.evaluate(WORKERS) == ["activated", "installed"])
    phone.wait(10).press("next").wait_for_text("note", "Saved.")
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30}
    assert phone.page.evaluate(WORKERS) == ["activated", "installed"]

    go(phone, reverse("program"))
    assert phone.page.locator(".brand").inner_text() == "Newer"
    assert reverse("program") not in phone.page.evaluate("""async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().map((request) => new URL(request.url).pathname);
    }""")
