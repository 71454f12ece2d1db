import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, go } from "../../static/js/player/machine.js";
import { endingOf, lookOf, placeWords, spokenOf, viewOf } from "../../static/js/player/view.js";
import { data, plan } from "./plan.js";
import { planOf } from "../../static/js/player/plan.js";

// Each word stands for itself, with its places beside it where a test reads them.
const FILLED = {
  exerciseOf: "{n}/{all}", setOf: "set {n}/{all}", repOf: "of {reps}", next: "next: {name}", thenAmount: "then {amount}", sayReps: "{reps} times",
  sayRest: "rest {seconds}", sayWork: "{name}, {amount}, {side}", placeRep: "{name} {rep}/{reps}",
};
const words = new Proxy(FILLED, { get: (known, name) => known[name] ?? String(name) });
const seen = (id, elapsed, of = plan) => viewOf(of, { ...begin(of, "one", 0), at: id, elapsed }, 0, words);

test("a counted step shows its repetition, its set and its breath", () => {
  const { number, unit, phase, side, cue, full } = seen("1.1", 7500);
  assert.deepEqual([number, unit, phase, side], ["2", "of 3", "hold", "set 1/2"]);
  assert.equal(cue, "Breathe out.");
  assert.equal(full, 0);
});

test("the phases of a movement are its breath, those of the pelvic floor its lift", () => {
  const floor = { ...data.exercises[0], focus: "pelvic_floor" };
  const other = planOf({ ...data, exercises: { ...data.exercises, 0: floor } });
  assert.deepEqual([0, 2500, 3500].map((elapsed) => seen("1.1", elapsed).phase), ["out", "hold", "in"]);
  assert.deepEqual([0, 2500, 3500].map((elapsed) => seen("1.1", elapsed, other).phase), ["lift", "hold", "letGo"]);
});

test("a timed step shows the time left and its side", () => {
  const { number, unit, side, full } = seen("2.2", 0);
  assert.deepEqual([number, unit, side, full], ["1:30", "", "side2", null]);
});

test("every step says what comes next", () => {
  const nexts = data.steps.map((step) => seen(step.id, 0).next);
  const expected = ["then 3 times", "next: rest", "then 3 times", "then saySeconds", "next: switch", "then sayMinutes"];
  assert.deepEqual(nexts, [...expected, "last"]);
});

test("while getting ready each instruction has its share of the time", () => {
  assert.deepEqual([0, 5000, 10_000].map((elapsed) => seen("1.p", elapsed).cue), ["Lie down.", "Slide.", "Slide."]);
});

test("what is spoken and where a sitting stands", () => {
  assert.equal(spokenOf(seen("1.1", 0), words), "Heel Slides, 3 times, set 1/2");
  assert.equal(spokenOf(seen("1.r", 0), words), "rest 20");
  assert.equal(placeWords(seen("1.1", 6000), words), "Heel Slides 2/3");
  assert.equal(placeWords(seen("2.1", 0), words), "Stretch");
});

test("a running sitting is seen as running, an easier one as taken", () => {
  const sitting = go(plan, begin(plan, "one", 0), 0);
  const { running, canEase, canUnease, isEasierInWords } = viewOf(plan, sitting, 1000, words);
  assert.deepEqual([running, canEase, canUnease, isEasierInWords], [true, true, false, false]);
  const eased = viewOf(plan, { ...sitting, at: "1.1", easier: [0] }, 1000, words);
  assert.deepEqual([eased.canEase, eased.canUnease, eased.isEasierInWords], [false, true, true]);
});

test("the look of a view changes with its words alone", () => {
  assert.equal(lookOf(seen("2.1", 200)), lookOf(seen("2.1", 900)));
  assert.notEqual(lookOf(seen("2.1", 900)), lookOf(seen("2.1", 1100)));
});

test("an ending says how long it was, and is kind to one that hardly began", () => {
  const ended = (done, reason = "") => endingOf({ ...begin(plan, "one", 0), done, reason }, words);
  assert.deepEqual(ended({}), { title: "enoughTitle", text: "nothingText" });
  assert.deepEqual(ended({ "1.1": 90 }, "enough"), { title: "enoughTitle", text: "enoughText" });
  assert.deepEqual(ended({ "1.1": 90 }), { title: "doneTitle", text: "doneText" });
});
