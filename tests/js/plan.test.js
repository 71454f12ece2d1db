import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, takeOver } from "../../static/js/player/machine.js";
import { formIn, hasWorkLeft, logOf, planOf } from "../../static/js/player/plan.js";
import { data, plan } from "./plan.js";

test("a short form keeps the ids of the whole session", () => {
  const short = planOf(data, "short");
  assert.deepEqual([short.form, short.chosen, short.steps.map((step) => step.id)], ["short", [1], ["2.1", "2.s", "2.2"]]);
});

test("an unknown form is the whole session", () => {
  assert.deepEqual([planOf(data, "99").form, planOf(data, "99").chosen], ["", [0, 1]]);
});

test("the address asks for a form", () => {
  assert.deepEqual(["?short", "?minutes=7", ""].map(formIn), ["short", "7", ""]);
});

test("only work counts as left", () => {
  assert.equal(hasWorkLeft(plan, { "1.1": 15, "1.2": 15, "2.1": 30 }), true);
  assert.equal(hasWorkLeft(plan, { "1.1": 15, "1.2": 15, "2.1": 30, "2.2": 90 }), false);
});

test("a log names the check-in that opened its session, and not where another device began it", () => {
  const opened = { ...plan, checkInId: "check" };
  assert.equal(logOf(opened, begin(opened, "one", 0)).check_in, "check");
  const remote = { id: "one", startedAt: "1970-01-01T00:01:00Z", seenAt: "1970-01-01T00:02:00Z", steps: { "1.1": 15 } };
  assert.equal(logOf(opened, takeOver(opened, remote)).check_in, undefined);
});

test("a log never ends before it begins", () => {
  const sitting = { ...begin(plan, "one", 60_000), seenAt: 1000, done: { "1.1": 15 } };
  assert.deepEqual(logOf(plan, sitting), {
    id: "one",
    check_in: undefined,
    started_at: "1970-01-01T00:01:00.000Z",
    finished_at: "1970-01-01T00:01:00.000Z",
    exercises_planned: 2,
    steps: { "1.1": 15 },
  });
});
