import assert from "node:assert/strict";
import { test } from "node:test";
import * as machine from "../../static/js/player/machine.js";
import { planOf } from "../../static/js/player/plan.js";
import { data, plan } from "./plan.js";

const START = 1_000_000;
const fresh = () => machine.begin(plan, "one", START);
const running = () => machine.go(plan, fresh(), START);
const at = (id, now = START) => ({ ...running(), at: id, endsAt: now + machine.placeOf(plan, { ...fresh(), at: id }).step.seconds * 1000 });

test("a sitting begins paused at the first step", () => {
  assert.equal(fresh().at, "1.p");
  assert.equal(machine.isRunning(fresh()), false);
});

test("a step whose end has come is done, and the next one runs from that very end", () => {
  const sitting = machine.tick(plan, running(), START + 11_000);
  assert.deepEqual(sitting.done, { "1.p": 10 });
  assert.equal(sitting.at, "1.1");
  assert.equal(machine.elapsedOf(plan, sitting, START + 11_000), 1000);
});

test("after a long absence the next step waits", () => {
  const sitting = machine.tick(plan, running(), START + 3_600_000);
  assert.equal(sitting.at, "1.1");
  assert.equal(sitting.elapsed, 0);
  assert.equal(machine.isRunning(sitting), false);
});

test("a pause keeps the time, whatever the clock does", () => {
  const sitting = machine.pause(plan, running(), START + 4000);
  assert.equal(machine.elapsedOf(plan, sitting, START + 999_000), 4000);
  assert.equal(machine.elapsedOf(plan, running(), START - 60_000), 0);
  assert.equal(machine.go(plan, sitting, START + 60_000).endsAt, START + 66_000);
});

test("a clock set back while a step runs goes on where it was", () => {
  const seen = machine.tick(plan, at("1.1"), START + 6000);
  const back = machine.tick(plan, seen, START - 3_600_000);
  assert.equal(machine.elapsedOf(plan, back, START - 3_600_000), 6000);
  assert.deepEqual(machine.tick(plan, back, START - 3_600_000 + 9000).done, { "1.1": 15 });
});

test("going on counts from one repetition on", () => {
  assert.deepEqual(machine.next(plan, at("1.1"), START + 4000).done, {});
  assert.deepEqual(machine.next(plan, at("1.1"), START + 6000).done, { "1.1": 6 });
});

test("back goes to the beginning of the step, and from there to the one before", () => {
  assert.equal(machine.back(plan, at("1.1"), START + 3000).at, "1.1");
  assert.equal(machine.back(plan, at("1.1"), START + 1000).at, "1.p");
  assert.equal(machine.back(plan, at("1.p"), START + 1000).at, "1.p");
});

test("a skipped exercise leads to the next one, the last one to the end", () => {
  assert.equal(machine.skipExercise(plan, at("1.1"), START).at, "2.1");
  assert.equal(machine.isFinished(machine.skipExercise(plan, at("2.1"), START)), true);
});

test("a set is repeated, in a rest the one before it, and its seconds add up", () => {
  const sitting = { ...at("1.r"), done: { "1.1": 15 } };
  const again = machine.repeat(plan, sitting, START + 500);
  assert.equal(again.at, "1.1");
  assert.equal(machine.tick(plan, again, again.endsAt).done["1.1"], 30);
});

test("the easier version replaces the exercise's steps once", () => {
  const sitting = machine.ease(plan, at("1.2"), START);
  assert.deepEqual(machine.stepsOf(plan, sitting).map((step) => step.id), ["1.1", "2.1", "2.s", "2.2"]);
  assert.equal(sitting.at, "1.1");
  assert.equal(machine.canEase(plan, sitting), false);
  const back = machine.ease(plan, sitting, START);
  assert.deepEqual([back.easier, back.at, machine.canEase(plan, back)], [[], "1.1", true]);
});

test("stopping keeps what was done and says why", () => {
  const sitting = machine.stop(plan, at("1.1"), "too_much", START + 6000);
  assert.deepEqual([sitting.reason, sitting.done, machine.isFinished(sitting)], ["too_much", { "1.1": 6 }, true]);
});

test("a stored sitting is taken up at the repetition it was last seen in", () => {
  const taken = machine.takeUp(plan, { ...at("1.1"), seenAt: START + 7000 });
  assert.deepEqual([taken.at, taken.elapsed, taken.endsAt], ["1.1", 5000, null]);
});

test("a stored sitting whose step is gone is taken up after the last step done", () => {
  assert.equal(machine.takeUp(plan, { ...fresh(), at: "gone", done: { "1.r": 20 } }).at, "1.2");
});

test("another device's steps are merged, and a paused sitting goes on after them", () => {
  const remote = { id: "two", startedAt: "2026-01-01T10:00:00Z", seenAt: "2026-01-01T10:05:00Z", steps: { "1.1": 15 } };
  assert.equal(machine.takeOver(plan, remote).at, "1.r");
  const joined = machine.join(plan, { ...fresh(), done: { "1.p": 4 } }, { "1.p": 10, "1.1": 15 });
  assert.deepEqual([joined.at, joined.done], ["1.r", { "1.p": 10, "1.1": 15 }]);
  assert.equal(machine.join(plan, running(), { "1.1": 15 }).at, "1.p");
  assert.equal(machine.join(plan, { ...fresh(), at: "1.2" }, { "1.1": 15 }).at, "1.2");
});

test("where the check calls for it all is easier from the first step on", () => {
  const eased = machine.begin({ ...plan, isEased: true }, "one", START);
  assert.deepEqual([eased.easier, eased.at, machine.canEase(plan, eased)], [[0], "1.1", false]);
});

test("the easier version shows its own exercise where it has one, and can be taken back only where it was chosen", () => {
  const easier = { ...data.exercises[0], slug: "half-slides", name: "Half Slides" };
  const other = planOf({ ...data, easierExercises: { 0: easier } });
  const eased = machine.ease(other, at("1.1"), START);
  assert.equal(machine.exerciseOf(other, eased, 0).name, "Half Slides");
  assert.equal(machine.exerciseOf(other, at("1.1"), 0).name, "Heel Slides");
  assert.equal(machine.canUnease(other, eased), true);
  assert.equal(machine.canUnease({ ...other, isEased: true }, eased), false);
});

test("a sitting counts the exercises in which something is done", () => {
  const done = { "1.1.1-prepare": 20, "1.1.1": 15, "1.2.1": 15, "2.1.1-prepare": 10 };
  assert.equal(machine.exercisesDone({ ...at("1.1"), done }), 1);
});
