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


class Hand:
    """A thumb that counts its taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, words):
        """Tap what bears these words."""
        self.page.locator("main").get_by_text(words, exact=True).first.tap()
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


def test_with_nothing_to_report_a_check_in_takes_six_taps(hand, lived):
    hand = hand("check_in_before", "w01-a")
    for words in ("None of these", "Okay", "All of this is true"):
        hand.tap(words)
    hand.page.locator("label:has(input[name=energy])").first.tap()
    hand.tap("4 to 6 hours")
    hand.taps += 1
    hand.tap("Continue")
    hand.page.wait_for_url("**/check-in/*-*/")
    assert hand.page.locator("h1").inner_text() == "Good to go"
    assert hand.taps <= 6
    assert CheckIn.objects.filter(kind="before").count() == 4


def test_after_a_session_a_leaf_is_seen(hand, lived):
    log_only(lived, "w02-a", timezone.now())
    hand = hand("check_in_after", "w02-a")
    for words in ("None of these", "All of this is true"):
        hand.tap(words)
    hand.page.locator("label:has(input[name=effort][value='5'])").tap()
    hand.tap("Save")
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
    hand.tap("Continue")
    hand.page.wait_for_url("**/check-in/*-*/")
    assert hand.page.locator("h1").inner_text() == "Get help now"
    assert SafetyHold.objects.get().outcome == "emergency"


def test_the_emergency_page_needs_no_script(hand, lived):
    hand = hand("check_in", java_script_enabled=False)
    hand.tap("I have thoughts of hurting myself or my baby")
    hand.tap("Continue")
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
