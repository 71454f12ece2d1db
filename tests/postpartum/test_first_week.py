"""The whole way in a real Chromium at 360 px: a mother's first week, and a reader's comment."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.models import Comment
from blog.services import publish_article
from programs.models import Enrollment, SessionLog
from tests.cast import CLEAR_ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)


def press(page, name):
    """Press the button or link with this name."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def sign_up(page, live_server):
    """From the home page through sign-up and the code in the mail."""
    page.goto(live_server.url)
    page.get_by_role("link", name="Start the program").first.click()
    page.get_by_label("Email").fill("ines@example.org")
    press(page, "Email me a code")
    page.wait_for_url("**/confirm-email/**")
    page.locator("input[name=code]").fill(CODE.search(mail.outbox[-1].body)[1])


def check_in(page):
    """The check-in before a session, by taps, with nothing to report."""
    for tap in (
        "redFlags][value=none",
        "mood][value=ok",
        "energy][value='0'",
        "sleep][value=gt6",
    ):
        page.locator(f"label:has(input[name={tap}])").click()
    press(page, "All of this is true")


TAP_EACH = """(questions, answers) => questions.map((question) => {
  const answer = [answers[question.querySelector("input").name]].flat()[0];
  question.querySelector(`label:has(input[value="${answer}"])`).click();
}).length"""


def answer_the_screening(page, answers=CLEAR_ANSWERS):
    """All four parts, with clear answers or others; those of one part in one go."""
    birth_date = timezone.localdate() - timedelta(days=112)
    for step in range(1, 5):
        page.wait_for_url(f"**/start/{step}/")
        page.locator("main fieldset").evaluate_all(TAP_EACH, answers)
        if page.locator("input[name=birth_date]").count():
            page.locator("input[name=birth_date]").fill(birth_date.isoformat())
        page.locator("button[name=go][value=on]").click()


@pytest.mark.browser_context_args(service_workers="allow")
def test_a_mothers_first_week(page, live_server, program):
    sign_up(page, live_server)
    answer_the_screening(page)
    page.get_by_role("heading", name="You can start").wait_for()
    press(page, "I agree. Begin week 1")
    page.get_by_role("heading", name="Breathe and Find").wait_for()
    press(page, "Start")
    check_in(page)
    page.get_by_text("Good to go").wait_for()
    page.wait_for_url("**/sessions/w01-a/**")
    assert Enrollment.objects.get().participant.user.email == "ines@example.org"


def test_without_a_script_she_ticks_the_session_and_sees_it(new_context, live_server, enrollment, sign_in):
    context = new_context(java_script_enabled=False)
    sign_in(context, enrollment.participant.user)
    page = context.new_page()
    page.goto(f"{live_server.url}/today/")
    press(page, "Start")
    check_in(page)
    for place in range(4):
        page.locator("input[name=done]").nth(place).check()
    press(page, "Save what I ticked")
    log = SessionLog.objects.get()
    assert (log.session_key, log.exercises_done, log.counts_as_done) == ("w01-a", 4, True)
    page.goto(f"{live_server.url}/progress/")
    page.get_by_text("1 of 3 sessions").wait_for()


def test_a_readers_comment_waits_for_the_therapist(
    page, live_server, therapist, new_context, sign_in, monkeypatch
):
    publish_article(
        slug="breathing",
        title="Breathing after birth",
        summary="How a wide breath helps.",
        body="<p>Breathe in, and feel your ribs widen.</p>",
        topic=("breathing", "Breathing"),
        author=therapist,
        now=timezone.now() - timedelta(days=1),
    )
    page.goto(f"{live_server.url}/articles/breathing/")
    assert page.context.cookies() == []
    page.get_by_role("link", name=re.compile("comment", re.IGNORECASE)).last.click()
    page.get_by_label("Name").fill("Rosa")
    page.get_by_label("Email", exact=False).first.fill("rosa@example.net")
    page.locator("textarea").fill("Does this help lying on my side, too?")
    later = timezone.now() + timedelta(seconds=30)  # the form asks for a human's pace
    monkeypatch.setattr(timezone, "now", lambda: later)
    press(page, "Send")
    page.get_by_text(re.compile("waiting", re.IGNORECASE)).first.wait_for()
    comment = Comment.objects.get()
    assert comment.status == "pending"

    desk = new_context()
    sign_in(desk, therapist)
    admin = desk.new_page()
    admin.set_viewport_size({"width": 1280, "height": 800})
    admin.goto(f"{live_server.url}/admin/blog/comment/")
    admin.locator("input.action-select").first.check()
    admin.locator("select[name=action]").select_option(label="Approve")
    with admin.expect_navigation():
        admin.get_by_role("button", name="Do it").click()

    page.goto(f"{live_server.url}/articles/breathing/")
    page.get_by_text("Does this help lying on my side, too?").wait_for()
    assert "rosa@example.net" not in page.content()
