import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, fill, minutes } from "../../static/js/player/words.js";

test("places are filled, unknown ones stay", () => {
  assert.equal(fill("{n} of {all}, {more}", { n: 0, all: 3 }), "0 of 3, {more}");
});

test("seconds turn into minutes from one minute on", () => {
  assert.deepEqual([5, 59, 60, 100].map(clock), ["5", "59", "1:00", "1:40"]);
});

test("anything done is at least a minute", () => {
  assert.deepEqual([1, 89, 90].map(minutes), [1, 1, 2]);
});
