"""Fifteen minutes between two appointments: a whole round at the desk, click by click, and what the mothers see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Article, Comment, CommentPolicy
from blog.services import post_comment, render_article
from blog.services.posting import Sender
from programs.models import CareAction, Enrollment
from programs.services.decision import decide_week
from tests.cast import APP_SECRET, PASSWORD, code_of, make_enrollment
from tests.programs.journey.conftest import before, do_week

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = {
    "viewport": {"width": 1280, "height": 800},
    "is_mobile": False,
    "has_touch": False,
    "device_scale_factor": 1,
}


class Hand:
    """A hand that counts its clicks; a ticked box and a chosen option are clicks too."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def press(self, what):
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state("load")

    def button(self, words, inside=None):
        self.press((inside or self.page).get_by_role("button", name=words, exact=True).first)

    def link(self, words, inside=None):
        self.press((inside or self.page).get_by_role("link", name=words, exact=True).first)

    def choose(self, words, inside=None):
        self.press((inside or self.page).get_by_label(words, exact=True).first)


@pytest.fixture
def practice(program, therapist):
    now = timezone.now()
    article = Article.objects.create(
        title="Rest", slug="rest", body="<p>Rest.</p>", author=therapist, status="published", published_at=now
    )
    render_article(article, now)
    CommentPolicy.objects.get_or_create(pk=1)
    post_comment(
        article, sender=Sender(name="Ana", email="ana@example.org"), body="May I lift my son?", now=now
    )


@pytest.fixture
def maya(mother, practice):
    enrollment = make_enrollment(mother, timezone.now() - timedelta(days=30))
    Enrollment.objects.filter(pk=enrollment.pk).update(
        week=6, week_started_at=timezone.now() - timedelta(days=2)
    )
    enrollment.refresh_from_db()
    before(enrollment, timezone.now() - timedelta(hours=1), "w06-a", mood="low", energy=0)
    return enrollment


@pytest.fixture
def low_mood(maya):
    """Maya's low mood at three check-ins in a row, which asks for the therapist and holds nothing."""
    for hours in (3, 2):
        before(maya, timezone.now() - timedelta(minutes=hours), "w06-a", mood="low")
    return maya.participant.concerns.get(code="low_mood")


@pytest.fixture
def nora(other_mother, practice):
    began = timezone.now() - timedelta(days=9)
    return make_enrollment(other_mother, began), began


@pytest.mark.browser_context_args(**DESK)
def test_a_whole_round_under_forty_clicks(
    page, live_server, practice, therapist, low_mood, maya, nora, mother, other_mother, new_context, sign_in
):
    hand = Hand(page)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_text("Use my password").click()
    page.locator("[name=login]").fill(therapist.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    page.locator("input[name=code]").fill(code_of(APP_SECRET))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/admin/")

    # A concern: step back with a note, and settled.
    hand.link("Look and decide")
    concern = page.locator(".d-concern")
    concern.get_by_label("Your note").fill("Let us take a gentler week. Call me on Monday.")
    hand.choose("One week back", concern)
    hand.button("Save and tell her", concern)
    page.get_by_text("An email tells her").wait_for()

    # A comment, answered.
    hand.link("What needs you")
    hand.press(page.locator("summary", has_text="Answer"))
    page.locator("textarea[name=body]").fill("Yes, gently, and breathe out as you lift.")
    hand.button("Approve and answer")
    page.get_by_text("Your answer stands under the article.").wait_for()

    # An exercise, edited.
    hand.link("The program")
    hand.link("Exercises")
    page.locator("#searchbar").fill("bridge")
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    hand.link("Bridge")
    page.locator("[name=why]").fill("It wakes up the muscles that carry you and your baby.")
    hand.press(page.get_by_role("button", name="Add a line").first)
    hand.button("Save and continue editing")

    # Previewed, and published to those at their next week.
    hand.link("The program")
    hand.link("See it as a mother")
    page.locator("[name=session]").select_option("w05-a")
    hand.clicks += 2
    hand.button("Show it")
    page.locator(".d-title", has_text="Bridge").first.wait_for()
    hand.link("The program")
    hand.link("Publish")
    page.get_by_text("It wakes up the muscles").wait_for()
    page.get_by_text("2 mothers are in this program").wait_for()
    hand.choose("Move them when their next week begins")
    hand.button("Publish")
    page.get_by_text("2 mothers come to it with their next week.").wait_for()
    assert hand.clicks < 40

    # What the mothers see.
    hers = new_context()
    sign_in(hers, mother)
    seen = hers.new_page()
    seen.goto(f"{live_server.url}/progress/decisions/")
    assert seen.get_by_text("A gentler week, from your therapist").is_visible()
    assert seen.get_by_text("Let us take a gentler week. Call me on Monday.").is_visible()
    seen.goto(f"{live_server.url}/articles/rest/")
    assert seen.get_by_text("Yes, gently, and breathe out as you lift.").is_visible()
    seen.goto(f"{live_server.url}/exercises/bridge/")
    assert seen.get_by_text("It wakes up the muscles that carry you and your baby.").is_visible()
    _at_her_next_week(nora, other_mother)


def _at_her_next_week(nora, other_mother):
    enrollment, began = nora
    before_it = Enrollment.objects.get(pk=enrollment.pk)
    assert before_it.release_id == enrollment.release_id
    last = do_week(before_it, 1, began)
    decide_week(before_it, before_it.week_started_at, last + timedelta(days=2))
    before_it.refresh_from_db()
    assert before_it.release.plan["exercises"]["bridge"]["why"].startswith("It wakes up")
    assert CareAction.objects.filter(participant__user=other_mother).count() == 0
    assert Comment.objects.filter(status="approved").count() == 2
