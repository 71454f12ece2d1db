"""The player in her hand: one thumb, keys, a screen reader, stillness, small and turned screens, easier and enough."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Participant, SessionLog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = "w01-b"  # heel slides on both sides, in turn

SAID = """() => {
  window.said = [];
  const region = document.querySelector("[data-show=said]");
  new MutationObserver(() => window.said.push([Date.now(), region.textContent])).observe(region, { childList: true });
}"""
OUTSIDE = """() => [...document.querySelectorAll("#player *")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || getComputedStyle(one).visibility === "hidden" || one.closest("ol, .visually-hidden")) return false;
  return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
}).map((one) => one.outerHTML.slice(0, 80))"""
SMALL = """() => [...document.querySelectorAll("#player :is(button, a)")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && (box.width < 47.5 || box.height < 47.5);
}).map((one) => one.outerHTML.slice(0, 80))"""
SWITCHED_ON = (
    """() => [...document.querySelectorAll("#player [aria-checked=true]")].map((one) => one.dataset.do)"""
)


def focused(phone):
    """The data-do of what has the focus."""
    return phone.page.evaluate("document.activeElement.dataset.do")


def kind(phone):
    """What kind of step is shown."""
    return phone.page.locator("#player").get_attribute("data-kind")


def at(phone, name):
    """Go to the work of the exercise with this name."""
    while phone.shows("name") != name or kind(phone) != "work":
        phone.press("next")
    return phone


def test_keys_alone_run_it_until_they_are_switched_off(phone):
    phone.open(KEY)
    phone.page.keyboard.press("Tab")
    while not phone.page.evaluate("document.activeElement.matches('[data-player=begin]')"):
        phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Enter")
    assert focused(phone) == "toggle"
    phone.page.keyboard.press("Space")
    phone.wait_for_text("hint", "Continue")
    phone.page.keyboard.press("Space")
    phone.wait_for_text("hint", "Pause")
    phone.page.keyboard.press("ArrowRight")
    phone.wait_for_text("phase", "Breathe in")
    phone.page.keyboard.press("ArrowLeft")
    phone.wait_for_text("phase", "Get ready")
    seen = set()
    for _ in range(12):
        phone.page.keyboard.press("Tab")
        seen.add(focused(phone))
    assert {"close", "settings", "toggle", "back", "next"} <= seen
    phone.page.keyboard.press("Escape")
    phone.page.locator("#player").wait_for(state="hidden")
    assert phone.page.evaluate("document.activeElement.dataset.player") == "begin"
    phone.begin().press("settings").press("set-keys")
    phone.page.keyboard.press("ArrowRight")
    assert phone.shows("phase") == "Get ready"
    assert phone.page.evaluate(SWITCHED_ON) == []


def test_a_screen_reader_hears_each_step_once(phone):
    steps = phone.open(KEY).begin().steps()[:9]
    phone.page.evaluate(SAID)
    for step in steps:
        for _ in range(4):
            phone.wait(step["seconds"] / 4)
        phone.wait(0.1)
    said = phone.page.evaluate("window.said")
    times = [time / 1000 for time, _ in said]
    assert all(sum(begun <= time < begun + 60 for time in times) <= 12 for begun in times)
    assert len(said) == len(steps)
    assert "5 times" in [words for _, words in said][2]
    assert len({words for _, words in said}) >= len(said) - 1
    assert phone.page.locator("[data-show=said]").get_attribute("role") == "status"


def test_what_is_shown_follows_the_tempo_and_the_page_behind_rests(phone):
    behind = "getComputedStyle(document.querySelector('.sit-item img')).visibility"
    at(phone.open(KEY).begin(), "Heel Slides")
    assert (phone.shows("phase"), phone.shows("number"), phone.shows("unit")) == ("Breathe out", "1", "of 5")
    assert phone.shows("cue") == "Hug the belly in and slide the heel away."
    phone.wait(3.1).wait_for_text("phase", "Breathe in")
    phone.wait(3).wait_for_text("number", "2")
    assert phone.shows("side") == "Change sides each time"
    assert phone.shows("next") == "Next: Rest"
    phone.page.locator(".play-figure svg").wait_for()
    assert phone.page.evaluate("document.querySelector('.play-figure svg').animationsPaused()")
    assert phone.page.evaluate(behind) == "hidden"
    phone.press("close")
    assert phone.page.evaluate(behind) == "visible"


def test_pausing_offers_an_easier_version_which_counts_and_is_kept_the_next_exercise_and_too_much(phone):
    at(phone.open(KEY).begin(), "Heel Slides").wait(4).press("toggle")
    assert "slide one heel away" in phone.shows("steps")
    phone.press("easier")
    phone.wait_for_text("easier", "Easier version: Slide only halfway.")
    assert phone.shows("unit") == "of 3"
    assert phone.press("easier").shows("unit") == "of 5"
    assert phone.press("easier").shows("unit") == "of 3"
    assert phone.page.locator("[data-do=easier]").inner_text() == "As planned"
    phone.press("toggle").wait(4).press("toggle").press("repeat").wait_for_text("number", "1")
    phone.wait(18.1).wait_for_text("phase", "Rest")
    phone.wait_for_text("note", "Saved.")
    assert SessionLog.objects.get().steps_done == {"3.1.1": 18}
    phone.go(KEY).begin().press("next").wait_for_text("unit", "of 3")
    phone.press("toggle").press("skip").wait_for_text("name", "Glute Squeezes")
    at(phone, "Glute Squeezes").press("toggle").wait(13).press("toggle").press("tooMuch")
    phone.page.wait_for_url("**" + reverse("check_in_after", args=[KEY]) + "?too-much")
    phone.wait_for(lambda: SessionLog.objects.get().steps_done == {"3.1.1": 18, "4.1.1": 13})


@pytest.mark.parametrize(("query", "first"), [("?minutes=3", "1 of 2"), ("?short", "1 of 4")])
def test_a_quick_start_runs_in_the_same_player(phone, query, first):
    phone.open(KEY, query).begin()
    assert phone.shows("exerciseOf") == first
    names = set()
    while phone.page.locator("[data-show=done]").is_hidden():
        names.add(phone.shows("name"))
        phone.wait(13 if kind(phone) == "work" else 4).press("next")
    phone.wait_for_text("doneNote", "Saved.")
    log = SessionLog.objects.get()
    assert (log.exercises_done, log.exercises_planned, log.counts_as_done) == (len(names), len(names), True)


def test_sound_is_offered_once_and_a_device_without_a_voice_says_so(phone):
    offer = phone.open(KEY).page.locator("[data-player=sound]")
    assert "This device cannot read aloud" in offer.inner_text()
    assert not phone.page.locator("[data-player=voice]").is_visible()
    phone.page.locator("[data-player=chimes]").click()
    phone.begin()
    assert phone.page.locator("[data-do=set-chimes]").get_attribute("aria-checked") == "true"
    assert phone.go(KEY).page.locator("[data-player=sound]").is_hidden()


def test_who_is_ready_begins_at_once_and_easier_and_skip_are_there_while_it_runs(phone):
    phone.open(KEY).begin()
    assert phone.page.locator("[data-do=ready]").is_visible()
    phone.press("ready").wait_for_text("phase", "Breathe in")
    assert phone.page.locator("[data-do=ready]").is_hidden()
    for name in ("easier", "skip"):
        assert phone.page.locator(f"[data-do={name}]").is_visible()
    assert phone.page.locator("[data-do=tooMuch]").is_hidden()
    phone.press("toggle")
    assert phone.page.locator(".play-figure").is_visible()
    assert phone.page.locator("[data-do=tooMuch]").is_visible()


def test_what_is_taken_up_again_says_how_much_is_done(phone):
    phone.open(KEY).begin().press("next").wait(30).press("next").press("close")
    assert (
        phone.page.locator("[data-player=place]").inner_text()
        == "1 of 7 exercises done, 1 min. Continue, or start again."
    )


def test_enough_for_now_is_praised_and_kept_in_daily_practice_and_rest_too(phone):
    for key, after in [("w01-daily", []), ("rest", []), (KEY, [reverse("check_in_after", args=[KEY])])]:
        phone.go(key).begin().press("next").wait(20).press("next").wait_for_text("note", "Saved.")
        assert SessionLog.objects.latest("pk").session_key == key
        phone.press("toggle").press("enough")
        phone.wait_for_text("doneTitle", "Enough for now.").wait_for_text("doneNote", "Saved.")
        assert [link.get_attribute("href") for link in phone.page.locator("[data-show=after]").all()] == after
    assert SessionLog.objects.count() == 3


def test_stillness_is_honoured(make_phone, enrollment, mother):
    phone = make_phone(mother)
    phone.page = phone.context.new_page()
    for moves, wishes in [("reduce", []), ("no-preference", []), ("no-preference", ["still"])]:
        Participant.objects.update(player_wishes=wishes)
        phone.page.emulate_media(reduced_motion=moves)
        phone.go(KEY).begin()
        if kind(phone) == "prepare":
            phone.press("next")
        phone.wait(1)
        figure = phone.page.locator("[data-show=figure] :is(img, svg)").first
        figure.wait_for()
        still = phone.page.locator("[data-show=figure] img[src*='-still.']")
        breath = phone.page.locator("[data-show=breath]")
        sizes = {breath.bounding_box()["width"]}
        phone.wait(1)
        sizes.add(breath.bounding_box()["width"])
        assert (still.count(), len(sizes)) == ((1, 1) if moves == "reduce" or wishes else (0, 2))


def test_her_wishes_hold_on_every_phone_and_what_a_phone_was_told_goes_before(make_phone, enrollment, mother):
    Participant.objects.update(player_wishes=["chimes", "vibration"])

    def switched_on(phone, hour):
        phone.context.clock.set_fixed_time(timezone.now().replace(hour=hour))
        return phone.go(KEY).begin().press("settings").page.evaluate(SWITCHED_ON)

    phone = make_phone(mother, timezone_id="UTC")
    assert switched_on(phone, 12) == ["set-chimes", "set-vibration", "set-keys"]
    phone.press("set-chimes").press("set-voice").press("set-keys")
    assert switched_on(phone, 12) == ["set-voice", "set-vibration"]
    assert switched_on(phone, 2) == ["set-vibration", "set-keys"]
    Participant.objects.update(player_wishes=[])
    assert switched_on(phone, 12) == ["set-voice"]


SCREENS = [[], ["next"], ["settings"], ["settings", "toggle"], ["enough"]]  # what leads from one to the next
SIZES = [(320, 568), (360, 740), (568, 320), (740, 360), (1280, 800)]


def test_every_screen_fits_and_the_lower_half_is_one_target(phone):
    page = phone.open(KEY).page

    def on_every_size(*questions):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for question in questions:
                assert page.evaluate(question) == [], (width, height)

    on_every_size("document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : []")
    page.locator("[data-player=begin]").tap()
    assert_lower_half_is_one_target(phone)
    for presses in SCREENS:
        for name in presses:
            phone.press(name)
        on_every_size(OUTSIDE, SMALL)


def assert_lower_half_is_one_target(phone):
    """Anywhere in the lower two fifths of an upright phone a thumb stops the session; the same button lets it go on."""
    phone.page.set_viewport_size({"width": 360, "height": 740})
    box = phone.page.locator("[data-do=toggle]").bounding_box()
    row = phone.page.locator(".play-row").bounding_box()
    assert box["width"] >= 359
    assert box["y"] < 460
    assert box["y"] + box["height"] + row["height"] >= 735
    assert phone.shows("hint") == "Pause"
    phone.page.touchscreen.tap(20, 520)
    phone.wait_for_text("hint", "Continue")
    phone.page.locator("[data-do=toggle]").tap()
    phone.wait_for_text("hint", "Pause")


def test_everybody_can_use_every_screen(make_phone, enrollment, mother, assert_everybody_can_use):
    phone = make_phone(mother, ticks=True).open(KEY, "?minutes=3").begin()  # with a short page behind
    for presses in SCREENS:
        for name in presses:
            phone.press(name)
        assert_everybody_can_use(phone.page)


def test_the_screen_stays_awake_is_asked_again_and_a_phone_that_refuses_is_told(phone):
    phone.context.add_init_script(
        """window.locks = []; if (navigator.wakeLock) navigator.wakeLock.request = async () => {
             if (window.isBatteryLow) throw new Error("low battery");
             const lock = new EventTarget(); lock.release = async () => {}; window.locks.push(lock); return lock; };"""
    )
    phone.open(KEY).begin()

    def released_and_shown_again(number):
        phone.page.evaluate(f"window.locks[{number}].dispatchEvent(new Event('release'))")
        phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        return phone.page.evaluate("window.locks.length")

    assert phone.page.evaluate("window.locks.length") == 1
    assert released_and_shown_again(0) == 2
    phone.press("toggle")
    assert released_and_shown_again(1) == 2
    phone.page.evaluate("window.isBatteryLow = true")
    phone.press("toggle").wait_for_text("note", "The screen may go dark.")


def test_only_a_voice_of_the_device_itself_speaks(make_phone, enrollment, mother):
    phone = make_phone(mother)
    phone.context.add_init_script(
        """window.spoken = [];
           const voice = (name, localService) => ({ name, localService, lang: 'en-GB' });
           window.voices = [voice('far', false)];
           speechSynthesis.getVoices = () => window.voices;
           speechSynthesis.speak = (words) => window.spoken.push(words.text);
           window.SpeechSynthesisUtterance = function (text) { this.text = text; };"""
    )
    phone.open(KEY).begin().press("settings").press("set-voice")
    phone.wait_for_text("note", "This device cannot read aloud.")
    phone.press("next")
    assert phone.page.evaluate("window.spoken") == []
    phone.page.evaluate("window.voices[0].localService = true")
    phone.press("back").press("next").wait(0.1)
    assert re.match(r"1:15 minutes", phone.page.evaluate("window.spoken")[-1])


def test_the_pictures_of_the_printed_sheet_come_when_it_is_printed(phone):
    asked = []
    phone.context.on("request", lambda request: asked.append(request.url))
    phone.open(KEY)
    stills = phone.page.locator(".sit-print").evaluate_all("all => all.map((one) => one.src)")
    assert len(stills) == 7
    assert not set(stills) & set(asked)

    phone.page.pdf()
    assert set(stills) <= set(asked)
