import assert from "node:assert/strict";
import { test } from "node:test";
import { figureMomentOf, partsOf } from "../../static/js/player/figure.js";
import { stepOf } from "./plan.js";

const still = { rep: null, phase: null };

test("the figure lies ready in a rest, follows the phase, then the breath, and loops freely in between", () => {
  const of = (id, moment, breath = null) => figureMomentOf({ step: stepOf(id), moment: { ...still, ...moment }, breath }, 700);
  assert.deepEqual(of("1.r", {}), { from: "lift" });
  assert.deepEqual(of("1.1", { phase: "hold", rep: 2, phaseShare: 0.5 }), { from: "hold", rep: 2, share: 0.5 });
  assert.deepEqual(of("2.1", {}, { phase: "out", share: 0.25, left: 1 }), { from: "lower", share: 0.25 });
  assert.deepEqual(of("2.1", {}), { elapsed: 700 });
});

test("a movement drawn one way only lowers while it relaxes", () => {
  const step = { phases: [["hold", 4], ["lower", 2], ["relax", 2]] };
  assert.deepEqual([partsOf(step, "lower"), partsOf(step, "hold")], [{ from: "lift" }, { from: "hold" }]);
});
