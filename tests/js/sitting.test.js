import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, go, isFinished, next, pause, stop } from "../../static/js/player/machine.js";
import { holdSitting } from "../../static/js/player/sitting.js";
import { openStore } from "../../static/js/player/store.js";
import { plan } from "./plan.js";

const START = 1_000_000;

/** A holder whose clock the test turns, with what it wrote into the outbox and how often it told of news. */
async function holderAt(t) {
  const store = await openStore();
  const seen = { now: START, messages: [], news: 0, sends: 0 };
  t.mock.method(Date, "now", () => seen.now);
  const outbox = {
    compose: (url, { body }) => ({ url, text: seen.messages.push([url, body.steps]) }),
    send: async () => void (seen.sends += 1),
  };
  const holder = holdSitting(plan, { store, outbox, account: "me" }, () => (seen.news += 1));
  holder.start(go(plan, begin(plan, "one", START), START));
  return { holder, seen, store, stored: async () => (await store.get("sitting:one")).sitting };
}

test("a step that is done is stored and goes to the site", async (t) => {
  const { holder, seen, stored } = await holderAt(t);
  seen.now += 11_000;
  assert.equal(holder.advance(), "changed");
  assert.deepEqual([seen.news, holder.isAllTold()], [1, false]);
  await holder.stored();
  assert.deepEqual(seen.messages, [["/s/log/", { "1.p": 10 }]]);
  assert.deepEqual([holder.isAllTold(), seen.sends, (await stored()).at], [true, 1, "1.1"]);
});

test("within a step only the place is stored, every few seconds", async (t) => {
  const { holder, seen, stored } = await holderAt(t);
  for (const [passed, seenAt] of [[4000, START], [6000, START + 6000]]) {
    seen.now = START + passed;
    assert.equal(holder.advance(), "same");
    await holder.stored();
    assert.equal((await stored()).seenAt, seenAt);
  }
  assert.deepEqual([seen.messages, seen.news], [[], 0]);
});

test("after a long absence it waits, and says so", async (t) => {
  const { holder, seen } = await holderAt(t);
  seen.now += 3_600_000;
  assert.equal(holder.advance(), "waiting");
  assert.equal(holder.advance(), "same");
});

test("a finished sitting stays as it is", async (t) => {
  const { holder, seen } = await holderAt(t);
  while (!isFinished(holder.current())) holder.change(next);
  seen.now += 60_000;
  assert.deepEqual([holder.isOpen(), holder.advance(), holder.join("one", { "1.1": 15 })], [false, "same", false]);
});

test("the end is news, even where nothing more was done", async (t) => {
  const { holder, seen, store } = await holderAt(t);
  await store.put("kept", { sessions: [{ key: "a", openUntil: "2026-01-01T12:00:00Z" }] });
  seen.now += 11_000;
  holder.advance();
  await holder.stored();
  holder.change((plan, sitting, now) => stop(plan, sitting, "enough", now));
  assert.deepEqual([seen.news, holder.isAllTold()], [2, false]);
  await holder.stored();
  assert.equal((await store.get("kept")).sessions[0].openUntil, null);
  assert.deepEqual([holder.isAllTold(), seen.sends], [true, 2]);
});

test("what another device did is joined to the same sitting only", async (t) => {
  const { holder } = await holderAt(t);
  holder.change(pause);
  assert.equal(holder.join("two", { "1.p": 10 }), false);
  assert.equal(holder.join("one", { "1.p": 10 }), true);
  assert.equal(holder.current().at, "1.1");
});

test("what could not be stored is told again with the next change, and until then nothing is said to be saved", async (t) => {
  const { holder, seen, store } = await holderAt(t);
  const reported = t.mock.fn();
  globalThis.reportError = reported;
  t.after(() => delete globalThis.reportError);
  const updateAll = store.updateAll;
  store.updateAll = async () => {
    throw new Error("no lock");
  };
  seen.now += 11_000;
  holder.advance();
  await holder.stored();
  assert.deepEqual([holder.isAllTold(), reported.mock.callCount(), seen.sends], [false, 1, 0]);
  store.updateAll = updateAll;
  holder.change(pause);
  await holder.stored();
  assert.deepEqual([holder.isAllTold(), seen.sends, seen.messages.length], [true, 1, 1]);
});
