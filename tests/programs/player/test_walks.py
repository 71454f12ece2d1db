"""Random walks of one phone: without a network, killed, its clock turned, its store full, signed out, beside another one.

After each walk every step that was said to be saved is on the site once, and every emergency was shown and is known.

A few in every run; WALKS=1000 script/test tests/programs/player/test_walks.py for many. One phone makes several walks, for
most of their cost is to prepare it. A walk is its seed and those before it on its phone, so one that fails can be walked
again: WALKS_FROM=40 WALKS=10.
"""

import os
import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from programs.models import CheckIn, Concern, SafetyHold, SessionLog

from .test_store import FULL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.browser_context_args(service_workers="allow"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),
]

KEY = "rest"  # open in every state and at every hour of the phone's clock, thoughts of harm included
STEPS = 10
WALKS, FIRST = int(os.environ.get("WALKS", "2")), int(os.environ.get("WALKS_FROM", "0"))
WALKS_OF_A_PHONE = 10
# Tap an emergency and nothing else, and send it, as fast as a hand can.
IN_NEED = """(form) => {
  form.querySelector("input[name=mood][value=not_safe]").click();
  const id = form.elements.client_id.value;
  [...form.querySelectorAll("button")].at(-1).click();
  return id;
}"""
HELP = "#help-now:not([hidden]), [role=alert] h1, #now:has-text('emergency number')"
NOT_EVERY_DOOR = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_ABORTED|status of 40[34]|status of 422"


class Walk:
    """A phone on its way, and what its member was told: steps saved, {sitting id: step ids}, and emergencies shown."""

    def __init__(self, phone, seed, doors):
        self.phone, self.chance, self.doors = phone, random.Random(seed), doors
        self.acknowledged, self.emergencies, self.path = {}, set(), []
        self.is_online, self.is_full = True, False

    def go(self, steps):
        """So many random steps."""
        often = [self.work, self.work, self.work, self.network, self.kill, self.clock, self.store, self.look]
        seldom = [self.emergency, self.sign_out, self.other_phone, self.midnight]
        for _ in range(steps):
            act = self.chance.choice(often + seldom)
            self.path.append(act.__name__)
            act()

    def work(self, phone=None):
        """Do one exercise, and remember what is said to be saved."""
        phone = phone or self.phone
        phone.go(KEY).begin().press("next").wait(self.chance.randint(12, 40)).press("next")
        note = phone.page.locator("[data-show=note]")
        phone.wait_for(lambda: note.text_content())
        if note.text_content().startswith("Saved"):
            for sitting in phone.sittings():
                self.acknowledged.setdefault(sitting["id"], set()).update(sitting["done"])

    def network(self, is_online=None):
        """Lose the network, or have it back."""
        self.is_online = self.chance.random() >= 0.6 if is_online is None else is_online
        self.phone.context.set_offline(not self.is_online)

    def kill(self):
        """End the page without a word."""
        self.phone.kill()
        self.phone.go(KEY)
        self.is_full = False

    def clock(self):
        """Turn the clock by up to a year and a half."""
        hours = self.chance.choice([-13_000, -30, -3, 3, 30, 13_000])
        self.phone.context.clock.set_system_time(timezone.now() + timedelta(hours=hours))

    def midnight(self):
        """Do an exercise over midnight."""
        now = timezone.now()
        self.phone.context.clock.set_system_time(now.replace(hour=23, minute=59, second=50))
        self.work()

    def store(self):
        """Fill the phone's store for the page that is open, or make room."""
        self.is_full = self.chance.random() < 0.5
        self.phone.page.evaluate(f"window.isFull = {str(self.is_full).lower()}")

    def look(self):
        """Open another page of the member."""
        self.phone.visit(self.chance.choice(["today", "progress", "articles"]))

    def emergency(self):
        """Report one: there is help at once, whatever the network and the store do."""
        page = self.phone.visit("check_in").page
        form = page.locator("form[data-check-in]")
        if not form.count():  # never stored on this phone: what needs no store still helps
            page = self.phone.visit("safety").page
        else:
            self.emergencies.add(form.evaluate(IN_NEED))
        page.locator(HELP).first.wait_for(timeout=60_000)
        self.phone.wait_for(lambda: not self.is_online or self.known() or self.phone.letters())

    def known(self):
        """Whether the site knows of every emergency so far."""
        ids = {str(row.client_id) for row in CheckIn.objects.filter(outcome="emergency")}
        return self.emergencies <= ids

    def sign_out(self):
        """Sign out, unless something would be lost by it, and in again."""
        self.network(is_online=True)
        asked = []
        page = self.phone.visit("progress").page
        page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.locator("form[action$='/logout/']").first.evaluate("(form) => form.requestSubmit()")
        self.phone.wait_for(lambda: page.wait_for_timeout(20) or asked or page.url == f"{self.phone.site}/")
        if not asked:
            self.doors.sign_in(self.phone.context)
            self.phone.go(KEY).wait_until_prepared()

    def other_phone(self):
        """Do an exercise on another phone."""
        self.work(self.doors.other_phone())


@pytest.fixture
def doors(make_phone, mother, sign_in):
    """How a walk signs in again, and gets at another phone of the same member."""
    found = []

    def other_phone():
        if not found:
            found.append(make_phone(mother).open(KEY))
        return found[0]

    return SimpleNamespace(sign_in=lambda context: sign_in(context, mother), other_phone=other_phone)


def came_home(walk):
    """Have the network and a working store again, look at Today, and see that everything arrived."""
    phone = walk.phone
    walk.network(is_online=True)
    phone.visit("today")
    phone.wait_for(lambda: phone.letters() == 0)
    stored = {str(log.client_id): set(log.steps_done) for log in SessionLog.objects.all()}
    everywhere = set().union(*stored.values()) if stored else set()
    for sitting, steps in walk.acknowledged.items():
        assert steps <= stored.get(sitting, everywhere), walk.path
    phone.wait_for(walk.known)
    if walk.emergencies:
        assert SafetyHold.objects.filter(outcome="emergency", ended_at=None).count() == 1, walk.path
        assert Concern.objects.filter(resolved_at=None).exists(), walk.path
    return len(stored)


@pytest.mark.parametrize("first", range(FIRST, FIRST + WALKS, WALKS_OF_A_PHONE))
def test_on_random_walks_nothing_acknowledged_is_lost_or_doubled_and_no_emergency_unknown(
    phone, doors, watch, first
):
    watch.expect(NOT_EVERY_DOOR)
    phone.context.add_init_script(FULL.replace("window.isFull = true", "window.isFull = false"))
    phone.open(KEY).wait_until_prepared()
    begun = 0
    for seed in range(first, min(first + WALKS_OF_A_PHONE, FIRST + WALKS)):
        walk = Walk(phone, seed, doors)
        try:
            walk.go(STEPS)
            stored = came_home(walk)
        except Exception as error:
            raise AssertionError(f"walk {seed}: {walk.path}") from error
        begun += sum(walk.path.count(name) for name in ("work", "midnight", "other_phone"))
        assert stored <= begun, (seed, walk.path)
        print(f"walk {seed}: {len(walk.acknowledged)} sittings, {len(walk.emergencies)} emergencies")
    ids = list(CheckIn.objects.values_list("client_id", flat=True))
    assert len(ids) == len(set(ids))
