"""Her pages in a real browser: how many taps a check-in takes, and pages that everyone can read, at 320 px, day and night."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import CheckIn, SafetyHold
from tests.cast import make_enrollment
from tests.programs.journey.conftest import before, do_session, do_week, drawing_in, log_only
from tests.programs.journey.test_holds import emergency

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


@pytest.fixture
def lived(mother, program):
    """Maya's place in the program with a week behind her."""
    enrollment = make_enrollment(mother, timezone.now() - 9 * DAY)
    do_week(enrollment, 1, timezone.now() - 8 * DAY)
    return enrollment


@pytest.fixture
def begun(mother, program):
    """Maya's place in the program with the first session behind her."""
    enrollment = make_enrollment(mother, timezone.now() - 3 * DAY)
    do_session(enrollment, "w01-a", timezone.now() - 2 * DAY)
    return enrollment


class Hand:
    """A thumb that counts its taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, words):
        """Tap what bears these words."""
        self.page.locator("main").get_by_text(words, exact=True).first.tap()
        self.taps += 1

    def press(self, name):
        """Tap the button or link with this name."""
        main = self.page.locator("main")
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.tap()
        self.taps += 1


@pytest.fixture
def hand(new_context, sign_in, live_server, mother):
    """A function that opens an address of hers on her phone."""

    def open_(name, *args, **options):
        context = new_context(**options)
        sign_in(context, mother)
        page = context.new_page()
        page.goto(live_server.url + reverse(name, args=args))
        return Hand(page)

    return open_


SCREENS = """() => document.documentElement.scrollHeight / innerHeight"""
IN_VIEW = """(one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_from_today_to_the_first_movement(hand, begun, scripted):
    hand = hand("today", java_script_enabled=scripted)
    hand.press("Start")
    hand.page.wait_for_url("**/check-in/before/**")
    screens = hand.page.evaluate(SCREENS)
    hand.tap("None of these")
    hand.tap("Okay")
    button = hand.page.get_by_role("button", name="All as last time")
    button.scroll_into_view_if_needed()
    assert all(line.evaluate(IN_VIEW) for line in hand.page.locator(".same-list li").all())
    hand.press("All as last time")
    hand.page.get_by_text("Good to go").wait_for()
    check = hand.taps - 1
    if scripted:
        hand.press("Start")
        hand.page.locator("#player[open]").wait_for()
    print(f"signed in → movement: {hand.taps} taps, {check} of them the check, on {screens:.2f} screens")
    assert (hand.taps <= 5, check <= 3, screens <= 1.5) == (True, True, True)
    assert CheckIn.objects.filter(kind="before").count() == 2


def test_after_a_session_three_taps(hand, lived):
    log_only(lived, "w02-a", timezone.now())
    hand = hand("check_in_after", "w02-a")
    hand.tap("None of these")
    hand.page.locator("label:has(input[name=effort][value='5'])").tap()
    hand.press("All of this is true")
    hand.page.wait_for_url("**/check-in/*-*/")
    print(f"check after a session: {hand.taps + 1} taps")
    assert hand.taps + 1 <= 3


def test_back_from_a_form_with_answers_missing_asks_to_send_nothing(hand, begun, watch):
    watch.expect("status of 422")
    hand = hand("check_in_before", "w01-b", java_script_enabled=False)
    hand.tap("Okay")
    hand.press("All as last time")
    hand.page.get_by_text("First the five lines, please").wait_for()
    hand.page.reload()
    assert hand.page.get_by_text("First the five lines, please").is_visible()
    hand.tap("None of these")
    hand.press("All as last time")
    hand.page.get_by_text("Good to go").wait_for()
    hand.page.go_back()
    assert hand.page.locator("form.check-in").is_visible()
    assert CheckIn.objects.filter(kind="before").count() == 2


def test_after_a_session_a_leaf_is_seen(hand, lived):
    log_only(lived, "w02-a", timezone.now())
    hand = hand("check_in_after", "w02-a")
    hand.tap("None of these")
    hand.page.locator("label:has(input[name=effort][value='5'])").tap()
    hand.press("All of this is true")
    hand.page.wait_for_url("**/check-in/*-*/")
    assert hand.page.locator("h1").inner_text() == "All noted"
    assert drawing_in(hand.page.locator("main")) == "leaf"


CHEST = "Something with your chest, breathing or heartbeat, fainting, or one sore or swollen leg"


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_a_line_unfolds_its_signs_and_one_of_them_leads_to_help_at_once(hand, lived, scripted):
    hand = hand("check_in", java_script_enabled=scripted)
    sign = hand.page.get_by_label("Coughing up blood")
    assert not sign.is_visible()
    hand.tap(CHEST)
    assert hand.page.get_by_text("None of the others", exact=True).is_visible()
    assert not hand.page.get_by_text("None of these", exact=True).is_visible()
    sign.tap()
    hand.press("Continue")
    hand.page.wait_for_url("**/check-in/*-*/")
    assert hand.page.locator("h1").inner_text() == "Get help now"
    assert SafetyHold.objects.get().outcome == "emergency"


def test_the_emergency_page_needs_no_script(hand, lived):
    hand = hand("check_in", java_script_enabled=False)
    hand.tap("I have thoughts of hurting myself or my baby")
    hand.press("Continue")
    hand.page.wait_for_url("**/check-in/*-*/")
    assert hand.page.locator("h1").inner_text() == "You deserve support right now"
    assert hand.page.get_by_text("112").first.is_visible()


def at_rest(enrollment):
    """She reports heaviness, so today is for rest."""
    before(enrollment, timezone.now(), heaviness=2, mood="low")


def on_hold(enrollment):
    """A bulge after her last session."""
    do_session(enrollment, "w01-a", timezone.now() - timedelta(hours=1), heaviness=3)


def in_need(enrollment):
    """Thoughts of harm."""
    emergency(enrollment, timezone.now(), mood="not_safe")


def nothing(enrollment):
    """As she is."""


PAGES = [
    (nothing, ["today", "check_in", "check_in_morning", "decisions", "milestones", "progress", "summary"]),
    (nothing, ["change", "self_check", "evening_check", "check_in_after"]),
    (at_rest, ["today", "check_in_outcome", "check_in_correct", "session"]),
    (on_hold, ["today", "check_in_outcome", "hold", "decisions", "summary", "session"]),
    (in_need, ["today", "check_in_outcome", "check_in_correct", "hold", "session"]),
]


@pytest.mark.parametrize(("happens", "names"), PAGES)
def test_everyone_can_read_it_day_and_night(
    new_context, sign_in, lived, live_server, axe, watch, assert_everybody_can_use, happens, names
):
    happens(lived)
    watch.expect("status of 403")  # what is closed says so
    newest = CheckIn.objects.order_by("-pk").first()
    context = new_context()
    axe.look_at_all(context)
    sign_in(context, lived.participant.user)
    page = context.new_page()
    for name in names:
        one = [newest.client_id]
        args = {
            "check_in_outcome": one,
            "check_in_correct": one,
            "check_in_after": ["w01-a"],
            "session": ["w01-a"],
        }
        args = args.get(name, [])
        page.goto(live_server.url + reverse(name, args=args))
        assert_everybody_can_use(page)
