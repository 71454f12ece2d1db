import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, cueKeyOf } from "../../static/js/player/cues.js";
import { begin } from "../../static/js/player/machine.js";
import { planOf } from "../../static/js/player/plan.js";
import { viewOf } from "../../static/js/player/view.js";
import { data, plan } from "./plan.js";

const words = new Proxy({}, { get: (_, name) => String(name) });
const seen = (id, elapsed, of = plan) => viewOf(of, { ...begin(of, "one", 0), at: id, elapsed }, 0, words);
const counted = (elapsed) => countOf(seen("1.1", elapsed), words);

test("each part of each repetition has one cue", () => {
  const keys = [0, 1999, 2000, 3000, 4999, 5000].map((elapsed) => cueKeyOf(seen("1.1", elapsed)));
  assert.deepEqual(keys, ["1.1|1|lift", "1.1|1|lift", "1.1|1|hold", "1.1|1|lower", "1.1|1|lower", "1.1|2|lift"]);
  assert.equal(cueKeyOf(seen("1.r", 9000)), "1.r||");
});

test("the voice counts repetitions, names the parts of the first two, then only the hold, and says the last", () => {
  assert.deepEqual([0, 2000, 3000, 5000, 8000].map(counted), ["1. out", "hold", "in", "2. out", "in"]);
  assert.deepEqual([10_000, 12_000, 13_000].map(counted), ["sayLast", "hold", ""]);
});

test("the voice leads a breath only in the beginning, and is silent in a timed step", () => {
  const paced = planOf({ ...data, exercises: { ...data.exercises, 1: { ...data.exercises[1], pace: [4, 6] } } });
  assert.deepEqual([0, 4000, 20_000].map((elapsed) => countOf(seen("2.2", elapsed, paced), words)), ["in", "out", ""]);
  assert.equal(countOf(seen("2.2", 4000), words), "");
});
