import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "../../static/js/player/machine.js";
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

test("a log never ends before it begins", () => {
  const sitting = { ...begin(plan, "one", 60_000), seenAt: 1000, done: { "1.1": 15 } };
  assert.deepEqual(logOf(plan, sitting), {
    id: "one",
    started_at: "1970-01-01T00:01:00.000Z",
    finished_at: "1970-01-01T00:01:00.000Z",
    exercises_planned: 2,
    steps: { "1.1": 15 },
  });
});
