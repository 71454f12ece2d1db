import assert from "node:assert/strict";
import { test } from "node:test";
import { clearOld, messageName, openOutbox, State, waits } from "../../static/js/player/outbox.js";
import { openStore } from "../../static/js/player/store.js";

const DAY = 86_400_000;

/** An outbox in memory whose site answers with `statuses`, one after the other; null is no network. */
async function outboxWith(t, ...statuses) {
  const store = await openStore();
  const seen = { states: [], sent: [], requests: [], sentAt: [], timers: [], later: 0 };
  t.mock.method(globalThis, "fetch", async (url, options) => {
    seen.sentAt.push(options.headers["X-Sent-At"]);
    seen.requests.push([options.method, url, options.headers["X-CSRFToken"]]);
    const status = statuses.shift();
    if (!status) throw new TypeError("no network");
    return new Response("{}", { status });
  });
  t.mock.method(globalThis, "setTimeout", (_, delay) => seen.timers.push(delay));
  const outbox = openOutbox(store, "me", {
    token: () => "old",
    freshToken: async () => "new",
    onSent: (id) => seen.sent.push(id),
    onState: (state, waiting) => seen.states.push([state, waiting.length]),
    sendLater: () => (seen.later += 1),
  });
  /** @type {(id: string, url: string, content: object) => Promise<void>} */
  const write = (id, url, content) => store.put(messageName(id), outbox.compose(url, content));
  return { store, outbox, write, seen };
}

test("a message is removed once the site has it", async (t) => {
  const { store, outbox, write, seen } = await outboxWith(t, 200);
  await write("one", "/log/", { body: {} });
  await outbox.send();
  assert.deepEqual([seen.states, seen.sent, seen.requests], [[[State.SENT, 0]], ["one"], [["PUT", "/log/", "old"]]]);
  assert.equal(await waits(store, "one"), false);
});

test("without a network it waits, and later messages are not tried", async (t) => {
  const { store, outbox, write, seen } = await outboxWith(t);
  await write("one", "/log/", { body: {} });
  await write("two", "/log/", { form: [["a", "b"]] });
  await outbox.send();
  assert.deepEqual([seen.states, seen.requests.length, seen.timers], [[[State.WAITING, 2]], 1, [5000]]);
  assert.equal(seen.later, 1);
  assert.equal(await waits(store, "two"), true);
});

test("messages go out in the order they were written, each time", async (t) => {
  const { store, outbox, seen } = await outboxWith(t, 200, 200);
  for (const [name, writtenAt] of [["letter:a", 2000], ["letter:b", 1000]]) {
    await store.put(name, { account: "me", url: `/${name.at(-1)}/`, body: {}, writtenAt });
  }
  await outbox.send();
  assert.deepEqual(seen.requests.map(([, url]) => url), ["/b/", "/a/"]);
});

test("a clock set back before sending tells all by the clock that wrote it", async (t) => {
  const { outbox, write, seen } = await outboxWith(t, 200, 200);
  t.mock.timers.enable({ apis: ["Date"], now: 2 * DAY });
  await write("check", "/check-in/", { form: [["a", "b"]] });
  t.mock.timers.setTime(2 * DAY + 600_000);
  await write("log", "/log/", { body: {} });
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ["Date"], now: DAY });
  await outbox.send();
  assert.deepEqual(seen.sentAt, ["1970-01-03T00:10:00.000Z", "1970-01-03T00:10:00.000Z"]);
});

test("a check-in goes before the session it opened, though the clock was set back between them", async (t) => {
  const { outbox, write, seen } = await outboxWith(t, 200, 200, 200);
  t.mock.timers.enable({ apis: ["Date"], now: 2 * DAY });
  await write("check", "/check-in/", { form: [["a", "b"]] });
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ["Date"], now: 2 * DAY - 3_600_000 });
  await write("log", "/log/", { body: { check_in: "check" } });
  t.mock.timers.setTime(2 * DAY - 3_500_000);
  await write("after", "/after/", { form: [["a", "b"]] });
  await outbox.send();
  assert.deepEqual(seen.requests.map(([, url]) => url), ["/check-in/", "/log/", "/after/"]);
  const sentAt = new Date(2 * DAY - 3_500_000).toISOString(); // no message is dated by the clock of before
  assert.deepEqual(seen.sentAt, [sentAt, sentAt, sentAt]);
});

test("what a right clock writes after a wrong one keeps its own time", async (t) => {
  const { outbox, write, seen } = await outboxWith(t, 200, 200);
  t.mock.timers.enable({ apis: ["Date"], now: 300 * DAY });
  await write("ahead", "/log/", { body: {} });
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ["Date"], now: DAY });
  await write("right", "/log/", { body: {} });
  await outbox.send();
  assert.deepEqual(seen.sentAt, [DAY, 300 * DAY].map((at) => new Date(at).toISOString()));
});

test("a message that always fails does not block the others", async (t) => {
  const { store, outbox, write, seen } = await outboxWith(t, 500, 400, 200);
  for (const id of ["one", "two", "three"]) await write(id, `/${id}/`, { body: {} });
  await outbox.send();
  assert.deepEqual([seen.states, seen.sent], [[[State.WAITING, 2]], ["three"]]);
  assert.deepEqual(await Promise.all(["one", "two", "three"].map((id) => waits(store, id))), [true, true, false]);
});

test("a message may be taken back", async (t) => {
  const { store, outbox, write, seen } = await outboxWith(t);
  await write("one", "/check-in/", { form: [["a", "b"]] });
  await outbox.withdraw("one");
  await outbox.send();
  assert.deepEqual([seen.requests, await waits(store, "one")], [[], false]);
});

test("what is posted at once says what became of it and is stored nowhere", async (t) => {
  const { store, outbox } = await outboxWith(t, 422);
  const { state, response } = await outbox.post({ url: "/check-in/", form: [["a", "b"]] });
  assert.deepEqual([state, response.status, await store.names()], [State.REFUSED, 422, []]);
  assert.deepEqual(await outbox.post({ url: "/check-in/", form: [] }), { state: State.WAITING, response: null });
});

test("an expired token is replaced once", async (t) => {
  const { outbox, write, seen } = await outboxWith(t, 403, 200);
  await write("one", "/check-in/", { form: [["a", "b"]] });
  await outbox.send();
  assert.deepEqual(seen.requests, [["POST", "/check-in/", "old"], ["POST", "/check-in/", "new"]]);
  assert.deepEqual(seen.sent, ["one"]);
});

for (const [statuses, state] of [[[401], State.SIGNED_OUT], [[403, 403], State.SIGNED_OUT], [[400], State.REFUSED], [[503], State.WAITING]]) {
  test(`${statuses} leaves the message, ${state}`, async (t) => {
    const { store, outbox, write, seen } = await outboxWith(t, ...statuses);
    await write("one", "/log/", { body: {} });
    await outbox.send();
    assert.deepEqual([seen.states, await waits(store, "one")], [[[state, 1]], true]);
  });
}

test("a newer message under the same id survives the older one's answer", async (t) => {
  const { store, outbox, write } = await outboxWith(t, 200);
  await write("one", "/log/", { body: { n: 1 } });
  const get = store.get;
  store.get = async (name) => {
    const older = await get(name);
    store.get = get;
    await write("one", "/log/", { body: { n: 2 } });
    return older;
  };
  await outbox.send();
  assert.deepEqual((await store.get("letter:one")).body, { n: 2 });
});

test("another account's message is left alone, and removed when it is old; one's own never is", async (t) => {
  const { store, outbox, write, seen } = await outboxWith(t);
  await store.put("letter:other", { account: "you", url: "/log/", body: {}, writtenAt: Date.now() });
  await outbox.send();
  assert.deepEqual([seen.requests, seen.states], [[], [[State.SENT, 0]]]);
  await write("mine", "/log/", { body: {} });
  await clearOld(store, "me", Date.now() + 59 * DAY);
  assert.deepEqual([await waits(store, "other"), await waits(store, "mine")], [true, true]);
  await clearOld(store, "me", Date.now() + 400 * DAY);
  assert.deepEqual([await waits(store, "other"), await waits(store, "mine")], [false, true]);
});
