"""How many taps and screens stand between the home page and the first movement, counted in a real browser and printed."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from tests.cast import CLEAR_ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)


class Thumb:
    """Taps on a page and counts: a tap for each control, none for a field that already has the focus; typing is free."""

    def __init__(self, page):
        self.page, self.taps, self.screens = page, 0, []
        page.on("framenavigated", lambda frame: self._came_to(urlsplit(frame.url).path))

    def _came_to(self, path):
        if self.screens[-1:] != [path]:
            self.screens.append(path)

    def press(self, name):
        """Press the button or link with this name."""
        self.tap(
            self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first
        )

    def tap(self, control):
        """Tap it."""
        control.click()
        self.taps += 1

    def type(self, name, text):
        """Fill in a field."""
        field = self.page.locator(f"[name={name}]")
        if not field.evaluate("one => one === document.activeElement"):
            self.tap(field)
        field.fill(text)

    def answer(self, name, value):
        """Tap one answer."""
        self.tap(self.page.locator(f"label:has([name={name}][value='{value}'])"))

    def at(self, path):
        """Wait until this page is there."""
        self.page.wait_for_url(lambda url: urlsplit(url).path == path)


def test_from_the_home_page_to_the_first_breath(page, live_server, program, capsys):
    thumb = Thumb(page)
    page.goto(live_server.url)
    thumb.press("Take your first breath")
    page.get_by_text("Breathe in", exact=True).wait_for()

    with capsys.disabled():
        print(f"\nhome → first breath: {thumb.taps} taps")
    assert thumb.taps <= 2


def sign_up(thumb):
    """From the home page to the first question."""
    thumb.press("Start the program")
    thumb.at("/accounts/signup/")
    thumb.type("email", "ines@example.org")
    thumb.press("Email me a code")
    thumb.at("/accounts/confirm-email/")
    thumb.type("code", CODE.search(mail.outbox[-1].body)[1])  # which goes on by itself


def answer_all_questions(thumb):
    """All 18, and the agreement, to Today."""
    for part in range(1, 5):
        thumb.at(f"/start/{part}/")
        asked = thumb.page.locator("main fieldset input").evaluate_all("all => all.map(one => one.name)")
        if thumb.page.locator("[name=birth_date]").count():
            thumb.type("birth_date", (timezone.localdate() - timedelta(days=112)).isoformat())
        for name in dict.fromkeys(asked):
            answer = CLEAR_ANSWERS[name]
            thumb.answer(name, answer[0] if isinstance(answer, list) else answer)
        thumb.tap(thumb.page.locator("button[name=go][value=on]"))
    thumb.at("/start/result/")
    thumb.press("I agree. Begin week 1")
    thumb.at("/today/")


def start_moving(thumb):
    """From Today through the check before the session into the running player."""
    thumb.press("Start")
    thumb.at("/check-in/before/w01-a/")
    for name, value in (("redFlags", "none"), ("mood", "ok"), ("energy", "0"), ("sleep", "gt6")):
        thumb.answer(name, value)
    thumb.press("All of this is true")
    thumb.at("/sessions/w01-a/")
    thumb.press("Start")
    thumb.page.locator("dialog[open][data-running=true]").wait_for()


def test_a_new_mother_from_the_home_page_to_the_first_movement(page, live_server, program, capsys):
    thumb = Thumb(page)
    page.goto(live_server.url)
    sign_up(thumb)
    answer_all_questions(thumb)
    to_today = (thumb.taps, len(thumb.screens) - 1)
    start_moving(thumb)

    whole = (thumb.taps, len(thumb.screens))
    with capsys.disabled():
        print(f"\nhome → enrolled: {to_today[0]} taps on {to_today[1]} screens")
        print(f"home → first movement: {whole[0]} taps on {whole[1]} screens: {' '.join(thumb.screens)}")
    assert to_today[0] <= 25
    assert to_today[1] <= 8
    assert whole[0] <= 32
    assert whole[1] <= 11
