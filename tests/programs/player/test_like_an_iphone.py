"""What an iPhone does, played to Chromium by stubs: each of them is named STUB, for none of this is Safari itself.

What WebKit itself does is seen in test_other_engines.py.
"""

import pytest
from django.urls import reverse

from programs.models import SessionLog
from tests.cast import PASSWORD

from .conftest import KEY
from .test_store import GONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Safari before 16.4 has no wake lock; none on iOS has vibration, Background Sync, or, in a private window, a worker.
STUB_POOR = """
    delete Navigator.prototype.wakeLock;
    delete Navigator.prototype.vibrate;
    delete Navigator.prototype.locks;
    delete window.SyncManager;
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined });
"""
# A call interrupts the page's sound: the context is "interrupted" until it is resumed after the call.
STUB_AUDIO = """
    window.chimes = 0;
    window.resumed = 0;
    const node = () => ({ connect: () => node(), start: () => window.chimes++, stop() {},
      frequency: {}, gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} } });
    window.AudioContext = class {
      state = "suspended"; currentTime = 0;
      constructor() { window.audio = this; }
      async resume() { window.resumed++; if (!window.isCalling) this.state = "running"; }
      createOscillator() { return node(); }
      createGain() { return node(); }
    };
"""
# The voices come a moment after they are asked for.
STUB_VOICES = """
    window.spoken = [];
    window.voices = [];
    speechSynthesis.getVoices = () => window.voices;
    speechSynthesis.speak = (words) => window.spoken.push(words.text);
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    window.arrive = () => {
      window.voices = [{ name: "Samantha", localService: true, lang: "en-US" }];
      speechSynthesis.dispatchEvent(new Event("voiceschanged"));
    };
"""


def test_without_wake_lock_vibration_locks_and_worker_a_session_is_done_and_saved(phone):
    phone.context.add_init_script(STUB_POOR)
    phone.open(KEY).begin().wait_for_text("note", "The screen may go dark.").press("settings")
    assert phone.page.locator("[data-do=set-vibration]").is_hidden()
    phone.press("settings").press("next").wait(30).press("next").wait_for_text("note", "Saved.")
    assert SessionLog.objects.get().steps_done == {"1.1.1": 30}


def test_sound_that_a_call_interrupted_comes_back_without_a_tap_and_not_all_at_once(phone):
    phone.context.add_init_script(STUB_AUDIO)
    phone.open(KEY).begin().press("settings").press("set-chimes").press("settings")
    phone.press("next").wait(1)
    phone.wait_for(lambda: phone.page.evaluate("window.chimes") > 0)
    before = phone.page.evaluate("window.isCalling = true, audio.state = 'interrupted', window.chimes")
    phone.wait(10)
    assert phone.page.evaluate("window.chimes") == before
    phone.page.evaluate("window.isCalling = false, document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for(lambda: phone.page.evaluate("audio.state") == "running")
    phone.press("next").wait(1)
    phone.wait_for(lambda: phone.page.evaluate("window.chimes") > before)


def test_voices_that_come_late_are_used(phone):
    phone.context.add_init_script(STUB_VOICES)
    phone.open(KEY).begin().press("settings").press("set-voice")
    phone.wait_for_text("note", "This device cannot read aloud.")
    phone.page.evaluate("window.arrive()")
    phone.press("next").wait(0.1)
    phone.wait_for(lambda: phone.page.evaluate("window.spoken.length"))


def test_after_seven_days_nothing_is_kept_and_nothing_untrue_is_said(phone):
    """Safari removes what a site stored when it was not opened for seven days; what had been sent is on the site."""
    phone.open(KEY).begin().press("next").wait(30).press("next").wait_for_text("note", "Saved.")
    phone.visit("articles").page.evaluate(GONE)
    phone.visit("today")
    phone.page.wait_for_load_state("networkidle")
    assert phone.page.locator("#phone-waits").count() == 0
    assert phone.go(KEY).offers().startswith("Continue")  # from what the site knows
    phone.begin().press("next").wait(30).press("next").wait_for_text("note", "Saved.")
    assert set(SessionLog.objects.get().steps_done) >= {"1.1.1", "2.1.1"}


def test_the_app_on_the_home_screen_has_cookies_of_its_own(new_context, live_server, mother, enrollment):
    """Opened from the home screen nobody is signed in; after the sign-in it is Today, and it stays so."""
    page = new_context().new_page()
    start = page.goto(live_server.url + reverse("manifest")).json()["start_url"]
    page.goto(live_server.url + start)
    page.locator("input[name=login]").fill(mother.email)
    page.get_by_text("Use my password").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**" + reverse("today"))
    cookies = {one["name"]: one["expires"] for one in page.context.cookies()}
    assert cookies["sessionid"] > 0  # not only until the app is closed


def test_the_calendar_opens_in_the_phones_own_app(as_mother, enrollment):
    as_mother.post(reverse("reminders"), {"days": ["1"], "at": "09:00"})
    as_mother.post(reverse("share_calendar"), {"do": "new"})
    assert 'href="webcal://' in as_mother.get(reverse("reminders")).text
