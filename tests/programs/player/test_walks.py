"""Random walks of one phone: without a network, killed, its clock turned, its store full. Nothing acknowledged is lost.

A few in every run; WALKS=1000 script/test tests/programs/player/test_walks.py for many. A walk is its seed, so one that
fails can be walked again.
"""

import os
import random
from datetime import timedelta

import pytest
from django.utils import timezone

from programs.models import SessionLog

from .test_store import FULL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.browser_context_args(service_workers="allow"),
    pytest.mark.django_db(transaction=True),
]

KEY = "rest"  # open in every state and at every hour of the phone's clock
STEPS = 10
LETTERS = """async () => {
  const { openStore } = await import("/static/js/player/store.js");
  return (await openStore().names()).filter((name) => name.startsWith("letter:")).length;
}"""


class Walk:
    """A phone on its way, and what it has told its member to be saved: {sitting id: step ids}."""

    def __init__(self, phone, seed):
        self.phone, self.chance = phone, random.Random(seed)
        self.acknowledged, self.path = {}, []

    def go(self, steps):
        """So many random steps."""
        for _ in range(steps):
            act = self.chance.choice(
                [self.work, self.work, self.work, self.network, self.kill, self.clock, self.store, self.look]
            )
            self.path.append(act.__name__)
            act()

    def work(self):
        """Do one exercise, and remember what is said to be saved."""
        self.phone.go(KEY).begin().press("next").wait(self.chance.randint(12, 40)).press("next")
        note = self.phone.page.locator("[data-show=note]")
        self.phone.wait_for(lambda: note.text_content())
        if note.text_content().startswith("Saved"):
            for sitting in self.phone.sittings():
                self.acknowledged.setdefault(sitting["id"], set()).update(sitting["done"])

    def network(self):
        """Lose the network, or have it back."""
        self.phone.context.set_offline(self.chance.random() < 0.6)

    def kill(self):
        """End the page without a word."""
        self.phone.kill()
        self.phone.go(KEY)

    def clock(self):
        """Turn the clock by up to a year and a half."""
        hours = self.chance.choice([-13_000, -30, -3, 3, 30, 13_000])
        self.phone.context.clock.set_system_time(timezone.now() + timedelta(hours=hours))

    def store(self):
        """Fill the phone's store for the page that is open, or make room."""
        self.phone.page.evaluate(f"window.isFull = {str(self.chance.random() < 0.5).lower()}")

    def look(self):
        """Open another page of the member."""
        self.phone.visit(self.chance.choice(["today", "progress", "articles"]))


@pytest.mark.parametrize("seed", range(int(os.environ.get("WALKS", "2"))))
def test_on_a_random_walk_nothing_acknowledged_is_lost_or_doubled(phone, watch, seed):
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    phone.context.add_init_script(FULL.replace("window.isFull = true", "window.isFull = false"))
    phone.open(KEY).wait_until_prepared()
    walk = Walk(phone, seed)
    walk.go(STEPS)
    phone.context.set_offline(False)
    phone.visit("today")
    phone.wait_for(lambda: phone.page.evaluate(LETTERS) == 0)
    stored = {str(log.client_id): set(log.steps_done) for log in SessionLog.objects.all()}
    everywhere = set().union(*stored.values()) if stored else set()
    for sitting, steps in walk.acknowledged.items():
        assert steps <= stored.get(sitting, everywhere), walk.path
    assert len(stored) <= max(len(walk.acknowledged), walk.path.count("work")), walk.path
