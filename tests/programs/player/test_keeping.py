"""What is done of a session, when the phone ends the page while it is being kept."""

import pytest

from .conftest import KEY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The real store and outbox; only the moment at which the page ends is chosen: when the sitting itself is put away.
ENDED_WHILE_KEEPING = """async () => {
  const { openStore } = await import("/static/js/player/store.js");
  const { openOutbox } = await import("/static/js/player/outbox.js");
  const { keepSitting } = await import("/static/js/player/keep.js");
  const store = openStore();
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, name) {
    if (window.isEnding && name.startsWith("sitting:")) throw new Error("ended");
    return put.call(this, value, name);
  };
  const plan = { kind: "session", addresses: { log: "/sessions/x/log/" }, form: "whole", chosen: [] };
  const sitting = { id: "7f0c", key: "x", startedAt: 0, seenAt: 1, finishedAt: 1, done: { a: 20 } };
  const keeper = { store, outbox: openOutbox(store, "a", {}), account: "a" };
  await store.put("kept", { sessions: [{ openUntil: "2026-01-01T12:00:00Z" }] });
  const kept = async () => {
    await keepSitting(keeper, plan, sitting);
    const later = openStore(); // as the next page finds it
    const names = (await later.names()).filter((name) => name.endsWith("7f0c")).sort();
    return [names, (await later.get("kept")).sessions[0].openUntil];
  };
  window.isEnding = true;
  const cutOff = await kept();
  window.isEnding = false;
  return [cutOff, await kept()];
}"""


def test_a_sitting_its_message_and_its_used_check_are_kept_together_or_not_at_all(phone):
    cut_off, whole = phone.open(KEY).page.evaluate(ENDED_WHILE_KEEPING)
    assert cut_off == [[], "2026-01-01T12:00:00Z"]
    assert whole == [["letter:7f0c", "sitting:7f0c"], None]
