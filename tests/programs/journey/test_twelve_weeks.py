"""One mother through twelve weeks with setbacks, in a real browser without a script, while the tests turn the clock.

What she taps on pages is tapped; the routine, sessions and weeks that went well, is done by the verbs the pages call.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Decision, Enrollment, Participant, ScreeningScope
from programs.rules.placing import placed_again
from programs.rules.screening import SHORT_RESCREEN
from programs.rules.vocabulary import DecisionOutcome
from programs.services.decision import decide_week
from programs.services.screening import complete_screening, screen_again, store_answers
from tests.cast import CLEAR_ANSWERS, make_enrollment
from tests.programs.journey.conftest import do_session, drawing_in

DAY = timedelta(days=1)
pytestmark = pytest.mark.browser
TITLE_AND_REASON = "card => [card.querySelector('h2').innerText, card.querySelectorAll('p')[1].innerText]"
TICK_ALL = "boxes => boxes.forEach((box) => box.click())"
# "None" where a question has that answer, else its first. How many questions there are.
ANSWER_EACH = """questions => questions
  .map((question) => question.querySelector("[value=none]") ?? question.querySelector("input"))
  .map((option) => option.checked || option.click()).length"""


class Clock:
    """The time of the whole site; `pass_` lets days go by."""

    def __init__(self, now):
        self.now = now

    def pass_(self, days):
        """Let so many days go by."""
        self.now += timedelta(days=days)


@pytest.fixture
def clock(monkeypatch):
    """A clock that starts now and stands still until a test turns it."""
    clock = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


class Her:
    """Maya with her phone, her place in the program and the clock."""

    def __init__(self, page, site, sign_in, user, clock):
        self.page, self.site, self.user, self.clock = page, site, user, clock
        self.sign_in = lambda: sign_in(page.context, user)
        self.began = None

    @property
    def place(self):
        """Her enrollment as it is now."""
        return Enrollment.objects.of(self.user).get()

    def open(self, name, *args):
        """Open one of her pages; signing in anew where the session is too old."""
        self.sign_in()
        self.page.goto(self.site + reverse(name, args=args))
        return self

    def week(self, week, *answers, days=7):
        """Sessions A, B, C of a week, one with each of `answers` (what differs after it); then the week is over.

        Two open the next week; a phase asks for seven different ones.
        """
        for number, told in enumerate(answers):
            at = self.clock.now + 2 * number * DAY
            do_session(self.place, f"w{week:02}-{'abc'[number]}", at, **told)
        self.clock.pass_(days)

    def look_at_week(self):
        """What the page says when she asks for the decision: the title and the reason."""
        self.open("decisions")
        self.page.get_by_role("button", name="Look at my week now").click()
        return self.latest()

    def on_to(self, week, outcome=DecisionOutcome.ADVANCE_WEEK):
        """The decision of a week that went well, by the verb the page's button calls."""
        place = self.place
        decision = decide_week(place, place.week_started_at, self.clock.now)
        assert (decision.outcome, decision.to_week) == (outcome, week)

    def latest(self):
        """The newest decision on the page of decisions."""
        return tuple(self.page.locator("section.now").evaluate(TITLE_AND_REASON))

    def drawing(self):
        """The drawing at the end of a week, once it is really seen; "" for none."""
        return drawing_in(self.page.locator("section.now"))

    def tick_all(self):
        """Tick all self-checks of the phase."""
        self.open("milestones")
        self.page.locator("main input[type=checkbox]:not(:checked)").evaluate_all(TICK_ALL)
        self.page.get_by_role("button", name="Save").click()

    def answer_short(self):
        """The short questions, by the verbs of the screening."""
        screening = screen_again(self.user, self.clock.now, ScreeningScope.SHORT)
        answers = {name: CLEAR_ANSWERS[name] for name in SHORT_RESCREEN}
        complete_screening(store_answers(screening, answers), self.clock.now.date(), self.clock.now)

    def answer_short_by_tapping(self):
        """The short questions, step by step on their pages."""
        self.page.get_by_role("button", name="Answer a few questions").click()
        self.page.wait_for_load_state()
        while self.page.locator("main form fieldset").evaluate_all(ANSWER_EACH):
            self.page.locator("button[name=go][value=on]").click()
            self.page.wait_for_load_state()


@pytest.fixture
def her(new_context, sign_in, live_server, mother, program, clock, watch):
    """Maya, two weeks after a vaginal birth, her check still to come."""
    watch.expect("403")  # closed doors answer so
    make_enrollment(
        mother, clock.now, days_since_birth=14, clearance="not_yet_early", time_since_birth="d14_41"
    )
    context = new_context(java_script_enabled=False, reduced_motion="reduce")  # no waiting while it scrolls
    return Her(context.new_page(), live_server.url, sign_in, mother, clock)


FINE, HEAVY, SORE = {}, {"heaviness": 1}, {"painMax": 4}
EXHAUSTING, STRONG = {"painMax": 6}, {"heaviness": 2}


def test_each_decision_stands_on_the_page_with_its_reason(her):
    her.week(1, FINE, FINE)
    assert her.look_at_week() == (
        "On to week 2",
        "You did your sessions and told us how your body felt. The next week is open.",
    )
    assert her.drawing() == "leaf"
    her.week(2, FINE)
    assert her.look_at_week() == (
        "This week waits for you",
        "Life comes first some weeks, and nothing is lost. Week 2 goes on: two sessions, short ones included, "
        "open the next week.",
    )
    assert her.drawing() == ""
    her.week(2, FINE, FINE)
    her.on_to(3)

    her.week(3, FINE, FINE, FINE)
    her.tick_all()
    title, why = her.look_at_week()
    assert title == "All done here, and a little early"
    assert "opens when your check after the birth is done" in why
    record_the_check(her)
    her.week(3, FINE, FINE)
    assert her.look_at_week() == (
        "The next phase is open",
        "You have done what this phase asks for, and told us how your body felt. Week 4 begins a new one.",
    )
    assert her.drawing() == "hold"
    Participant.objects.update(baby_not_with_me=True)
    her.open("decisions")
    assert her.drawing() == "path"
    her.answer_short_by_tapping()
    assert "All set to continue" in her.page.locator("h1").inner_text()

    her.week(4, FINE, FINE)
    her.on_to(5)
    her.week(5, HEAVY, FINE, SORE)
    assert her.look_at_week() == (
        "This week once more",
        "Two of your last three days called for a gentler session because of heaviness and pain. So this week "
        "stays gentle: you repeat week 5. A calmer day or two opens the next one. If it stays mild and settles "
        "overnight, the third such week leads on gently by itself; sooner when a clinician has looked and you record "
        "the day, or when your therapist agrees.",
    )
    her.week(5, FINE, FINE)
    her.on_to(6)
    her.week(6, FINE, FINE, FINE)
    title, why = her.look_at_week()
    assert title == "A little more of this phase"
    assert "the session you have not done for longest" in why
    something_got_worse(her)
    her.week(5, FINE, FINE)
    her.on_to(6)
    her.week(6, FINE, FINE, FINE)
    her.tick_all()
    her.on_to(7, DecisionOutcome.ADVANCE_PHASE)
    her.answer_short()

    a_break_of_sixteen_days(her)
    her.week(6, FINE, FINE)
    her.on_to(7, DecisionOutcome.ADVANCE_PHASE)
    her.answer_short()
    her.week(7, FINE, FINE)
    her.on_to(8)
    her.week(8, EXHAUSTING, STRONG)
    assert her.look_at_week() == (
        "A gentler week",
        "Two of your last three days called for rest because of pain and heaviness. So we continue with week 7 "
        "and build up again from there.",
    )
    her.week(7, FINE, FINE)
    her.on_to(8)
    her.week(8, FINE, FINE)
    her.on_to(9)
    her.week(9, FINE, FINE, FINE)
    her.tick_all()
    her.on_to(10, DecisionOutcome.ADVANCE_PHASE)
    her.answer_short()

    a_bulge_and_its_check(her)
    for week in (10, 11):
        her.week(week, FINE, FINE)
        her.on_to(week + 1)
    her.week(12, FINE, FINE, FINE)
    her.tick_all()
    assert her.look_at_week()[0] == "You have done all 12 weeks"
    assert her.drawing() == "path"
    her.open("today")
    assert her.page.url.endswith(reverse("keep_strong"))
    her.open("decisions")
    the_whole_history_is_there_and_true(her)


def record_the_check(her):
    """She records that her check after the birth was done today."""
    her.open("change")
    her.page.get_by_text("Record a check").click()
    her.page.get_by_label("My check after the birth is done, and exercise is agreed").check()
    her.page.get_by_label("On which day?").fill(her.clock.now.date().isoformat())
    her.page.get_by_role("button", name="Record it").click()
    her.page.locator("main").get_by_text("Saved. Thank you for telling us.").wait_for()


def a_break_of_sixteen_days(her):
    """One session of week 7, then nothing for a while: the sessions wait until she is placed."""
    her.week(7, FINE, days=16)
    her.open("today")
    assert "Good to have you back" in her.page.locator("main").inner_text()
    her.open("session", "w07-b")
    assert "Good to have you back" in her.page.locator("h1").inner_text()
    her.open("today")
    her.page.get_by_role("button", name="See where to begin").click()
    assert her.latest() == (
        "Welcome back",
        "It has been two weeks or more since your last session. So we continue gently with week 6 and build up again.",
    )


def something_got_worse(her):
    """She asks for a step back; it comes at once."""
    her.open("change")
    her.page.get_by_role("button", name="Step back now").click()
    assert her.latest() == (
        "A step back, at once",
        "You told us that something got worse. So you continue from week 5, where the work is lighter.",
    )


def a_bulge_and_its_check(her):
    """A bulge pauses the program until a check; every door is closed, and the check opens them."""
    her.week(10, FINE, {"heaviness": 3}, days=4)
    her.open("decisions")
    assert her.latest()[0] == "Time for advice first"
    for key in ("w10-c", "w10-daily"):
        her.open("session", key)
        assert "Paused until you have been checked" in her.page.locator("h1").inner_text()
    her.open("hold")
    her.page.get_by_label("When was your pelvic health or medical check?").fill(
        her.clock.now.date().isoformat()
    )
    her.page.get_by_role("button", name="Save").click()
    assert her.latest() == (
        "The program is open again",
        "Your program waits no longer. You continue gently with week 10.",
    )


def the_whole_history_is_there_and_true(her):
    """Every decision stands on the page, and made again from its facts it is the same."""
    rows = list(Decision.objects.filter(enrollment=her.place))
    assert her.page.locator("main ol.list > li").count() == len(rows) - 1
    for row in rows:
        again = placed_again(row.rule, row.facts, row.rules_version)
        assert (again.result.outcome, list(again.result.advice), again.week) == (
            row.outcome,
            row.advice,
            row.to_week,
        )
