import assert from "node:assert/strict";
import { test } from "node:test";
import { breathAt, fullness, momentOf, repLength, repStart } from "../../static/js/player/timeline.js";
import { stepOf } from "./plan.js";

test("a counted step says its repetition, its phase and what is left of both", () => {
  const { rep, reps, phase, phaseLeft, phaseShare, left } = momentOf(stepOf("1.1"), 7500);
  assert.deepEqual([rep, reps, phase, phaseLeft, phaseShare, left], [2, 3, "hold", 500, 0.5, 7500]);
});

test("a counted step ends in its last repetition", () => {
  const { rep, phase, phaseLeft, share } = momentOf(stepOf("1.1"), 99_000);
  assert.deepEqual([rep, phase, phaseLeft, share], [3, "lower", 0, 1]);
});

test("a timed step has no repetition", () => {
  const { rep, phase, left, share } = momentOf(stepOf("2.1"), 7500);
  assert.deepEqual([rep, phase, left, share], [null, null, 22_500, 0.25]);
  assert.equal(repLength(stepOf("2.1")), 0);
});

test("a repetition's start is where a counted step is taken up, a timed one where it was", () => {
  assert.equal(repStart(stepOf("1.1"), 9000), 5000);
  assert.equal(repStart(stepOf("2.1"), 9000), 9000);
});

test("a paced breath turns at its seconds", () => {
  assert.deepEqual(breathAt([3, 5], 1500), { phase: "in", share: 0.5, left: 1500 });
  assert.deepEqual(breathAt([3, 5], 8000 + 5500), { phase: "out", share: 0.5, left: 2500 });
});

test("the lungs fill on the breath in and empty on the breath out", () => {
  assert.deepEqual([fullness("in", 0), fullness("in", 1), fullness("out", 0), fullness("out", 2)], [0, 1, 1, 0]);
  assert.equal(fullness("hold", 0.5), 0);
});
