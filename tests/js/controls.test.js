import assert from "node:assert/strict";
import { test } from "node:test";
import { TRANSITIONS, buttonOf } from "../../static/js/player/controls.js";
import { begin, isFinished, isRunning } from "../../static/js/player/machine.js";
import { plan } from "./plan.js";

const START = 1_000_000;
const running = () => TRANSITIONS.toggle(plan, begin(plan, "one", START), START);
const key = (key, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });

test("one button starts the timer and stops it", () => {
  assert.equal(isRunning(running()), true);
  assert.deepEqual(TRANSITIONS.toggle(plan, running(), START + 3000).elapsed, 3000);
});

test("once more runs the set from its beginning, even from a pause", () => {
  const paused = TRANSITIONS.toggle(plan, { ...running(), at: "1.r" }, START + 1000);
  const again = TRANSITIONS.repeat(plan, paused, START + 2000);
  assert.deepEqual([again.at, isRunning(again)], ["1.1", true]);
});

test("enough and too much end it, each for its reason", () => {
  const ended = ["enough", "tooMuch"].map((name) => TRANSITIONS[name](plan, running(), START));
  assert.deepEqual(ended.map(({ reason }) => reason), ["enough", "too_much"]);
  assert.deepEqual(ended.map(isFinished), [true, true]);
});

test("space and the arrows are buttons", () => {
  assert.deepEqual([" ", "ArrowRight", "ArrowLeft", "a"].map((name) => buttonOf(key(name), null)), ["toggle", "next", "back", null]);
});

test("space presses the control in focus, and a shortcut of the browser stays one", () => {
  assert.deepEqual(["toggle", "next", ""].map((focused) => buttonOf(key(" "), focused)), ["toggle", null, null]);
  assert.equal(buttonOf(key("ArrowRight"), "settings"), "next");
  for (const held of ["ctrlKey", "altKey", "metaKey"]) assert.equal(buttonOf(key("ArrowLeft", { [held]: true }), null), null);
});
