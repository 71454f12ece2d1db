"""A phone in a test's hand: opens a session, presses what she presses, and turns the clock."""

import json
import time

from django.templatetags.static import static
from django.urls import reverse

STARTED = "[data-player=buttons]:not([hidden])"

# What a thumb does to a button, which must be within its reach: shown, and covered by nothing. A third of the time that
# Playwright takes for a click, which first looks on for some frames whether the button moves.
PRESS = """(button) => {
  button.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = button.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  if (button.disabled || !button.contains(there)) throw new Error(`out of reach: ${button.outerHTML.slice(0, 80)}`);
  button.focus();
  button.click();
}"""
# Functions of the page's own module of the phone's store.
SITTINGS = """async ({ openStore }) => {
  const store = openStore();
  const names = (await store.names()).filter((name) => name.startsWith("sitting:"));
  return (await Promise.all(names.map((name) => store.get(name)))).map((box) => box.sitting);
}"""


LETTERS = """async ({ openStore }) => {
  return (await openStore().names()).filter((name) => name.startsWith("letter:")).length;
}"""
KEPT = """async ({ openStore }) => {
  await navigator.serviceWorker.ready;
  const kept = navigator.serviceWorker.controller && await openStore().get("kept");
  if (!kept) return false;
  const exercises = kept.sessions.flatMap((one) => Object.values(one.exercises));
  const pictures = exercises.map(({ figure, photo }) => caches.match(photo ?? figure));
  return (await Promise.all(pictures)).every(Boolean);
}"""


class Phone:
    """One browser context with one page at a time."""

    def __init__(self, context, site):
        self.context = context
        self.site = site
        self.page = None
        self.requests = 0
        context.on("request", lambda _: self._count(1))
        for end in ("requestfinished", "requestfailed"):
            context.on(end, lambda _: self._count(-1))

    def open(self, key, query=""):
        """The session's page, as a newly opened tab, once its player is ready."""
        self.kill()
        return self.go(key, query)

    def go(self, key, query=""):
        """The session's page in the tab she has open, if any: half the work of a new one."""
        self.page = self.page or self.context.new_page()
        self.page.goto(self.site + reverse("session", args=[key]) + query)
        self.page.wait_for_selector(STARTED)
        return self

    def visit(self, name, *args):
        """Any page of the site, by the name of its address, in the tab that is open, if any."""
        self.page = self.page or self.context.new_page()
        self.page.goto(self.site + reverse(name, args=args))
        return self

    def kill(self):
        """End the tab as the system does: without a word to the page."""
        if self.page:
            self.page.close()
        self.page = None
        self.requests = 0

    def put_away(self):
        """End the tab once the site has answered it all: the database is about to be emptied."""
        if self.page:
            self.wait_for(lambda: self.page.wait_for_timeout(20) or self.requests <= 0)
        self.kill()

    def begin(self):
        """Press what begins or goes on."""
        self.page.locator("[data-player=begin]").evaluate(PRESS)
        return self

    def press(self, name):
        """Press one of the player's own buttons, by its data-do."""
        self.page.locator(f"[data-do={name}]").evaluate(PRESS)
        return self

    def wait(self, seconds):
        """Let time pass as a clock does, in one leap."""
        self.context.clock.fast_forward(round(seconds * 1000))
        return self

    def shows(self, name):
        """What stands in one of the player's places, by its data-show."""
        return self.page.locator(f"[data-show={name}]").inner_text()

    def offers(self):
        """What the button that begins or goes on says."""
        return self.page.locator("[data-player=begin]").inner_text()

    def steps(self):
        """The session's steps, as the page was given them."""
        return json.loads(self.page.locator("#player-data").inner_text())["steps"]

    def sittings(self):
        """The sittings this phone keeps."""
        return self.in_store(SITTINGS)

    def letters(self):
        """How many messages wait on this phone to be sent."""
        return self.in_store(LETTERS)

    def in_store(self, script):
        """Evaluate a function of the module of the phone's store: by its address in the page, which needs no network."""
        return self.page.evaluate(f"async () => ({script})(await import('{static('js/player/store.js')}'))")

    def wait_until_kept(self, is_kept):
        """Wait until the phone keeps a sitting of which `is_kept` is true, and return it."""
        return self.wait_for(lambda: next(filter(is_kept, self.sittings()), None))

    def wait_until_prepared(self):
        """Wait until everything needed without a network is on the phone."""
        self.wait_for(lambda: self.in_store(KEPT))
        return self

    def _count(self, by):
        self.requests += by

    def wait_for(self, question):
        """Ask until there is an answer: the page's own clock may stand still, so it cannot be told to wait."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if answer := question():
                return answer
            time.sleep(0.02)
        raise AssertionError(f"in vain; the phone keeps {self.sittings()}")

    def wait_for_text(self, place, words):
        """Wait until one of the player's places says this."""
        self.page.locator(f"[data-show={place}]", has_text=words).wait_for()
        return self


def answer_fine(page):
    """Fill a check-in up to the button that confirms the rest: no sign, the mildest answer to what is asked."""
    page.locator("[data-signs] [data-none]").click()
    for group in page.locator("fieldset:not([data-signs], [data-signs] *, details *)").all():
        group.locator("label").first.click()
