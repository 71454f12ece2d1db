"""What is done of a session, when the phone ends the page while it is being kept."""

import pytest

from .conftest import KEY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The real store and outbox; only the moment at which the page ends is chosen: when the sitting itself is put away.
ENDED_WHILE_KEEPING = """async () => {
  const { openStore } = await import("/static/js/player/store.js");
  const { openOutbox, waits } = await import("/static/js/player/outbox.js");
  const { keepSitting } = await import("/static/js/player/keep.js");
  const store = await openStore();
  const put = store.put;
  store.put = (name, value) => (name.startsWith("sitting:") ? Promise.reject(Error("ended")) : put(name, value));
  const plan = { addresses: { log: "/sessions/x/log/" }, form: "whole", chosen: [] };
  const sitting = { id: "7f0c", key: "x", startedAt: 0, seenAt: 1, done: { a: 20 } };
  const ended = await keepSitting({ store, outbox: openOutbox(store, "a", {}), account: "a" }, plan, sitting).catch((error) => error.message);
  return [ended, await waits(store, "7f0c")];
}"""


def test_a_page_ended_while_it_keeps_a_sitting_has_already_written_what_is_done(phone):
    assert phone.open(KEY).page.evaluate(ENDED_WHILE_KEEPING) == ["ended", True]
