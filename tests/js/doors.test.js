import assert from "node:assert/strict";
import { test } from "node:test";
import { afterCheck, afterSession, freshSessions, needsCheck, outcomeOf, sessionOfCheck } from "../../static/js/player/doors.js";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-03-02T09:00:00Z");
const check = {
  fields: [{ kind: "Number", name: "pain", low: 0, high: 10 }],
  rules: [{ id: "P", outcome: "easier", group: "pain", when: { is: "AtLeast", name: "pain", least: 4 } }],
  outcomes: ["go", "easier", "breathing_only", "pause_clinician", "emergency"],
  stackGroups: 3, goodForHours: 12, context: { moodLowIn4: 1 },
};
const week = (key, openUntil = null) => ({ key, kind: "session", openUntil, addresses: { page: `/${key}/`, before: `/before/${key}/` } });
const others = [{ key: "daily", kind: "daily", addresses: {} }, { key: "rest", kind: "rest", addresses: {} }];
const kept = { keptAt: NOW, check, sessions: [week("a"), week("b"), ...others] };
const keys = (sessions) => sessions.map(({ key }) => key);

test("without contact the sessions stay for a day, and rest always", () => {
  assert.deepEqual(keys(freshSessions(kept, NOW + 23 * HOUR)), ["a", "b", "daily", "rest"]);
  assert.deepEqual(keys(freshSessions(kept, NOW + 24 * HOUR)), ["rest"]);
  assert.deepEqual(keys(freshSessions(kept, NOW - HOUR)), ["rest"]);
  assert.deepEqual(keys(freshSessions({ ...kept, check: undefined }, NOW)), ["daily", "rest"]);
  assert.deepEqual(freshSessions(undefined, NOW), []);
});

test("a check comes before a session of the week, and is good for so long", () => {
  assert.deepEqual(kept.sessions.map((one) => needsCheck(one, NOW)), [true, true, false, false]);
  const opened = afterCheck(kept, "go", NOW).sessions;
  assert.deepEqual([11, 12].map((hours) => needsCheck(opened[0], NOW + hours * HOUR)), [false, true]);
});

test("an easier day stays one, and what opens nothing leaves rest until the site has seen it", () => {
  const easier = afterCheck(afterCheck(kept, "easier", NOW), "go", NOW);
  assert.deepEqual(easier.sessions.map((one) => Boolean(one.isEased)), [true, true, false, false]);
  for (const outcome of ["breathing_only", "pause_clinician", "emergency", "unknown", null]) {
    const closed = afterCheck(kept, outcome, NOW);
    assert.deepEqual(keys(closed.sessions), ["rest"], outcome);
    assert.deepEqual(keys(afterCheck(closed, "go", NOW).sessions), ["rest"]);
  }
});

test("a session done uses its check up", () => {
  const used = afterSession(afterCheck(kept, "go", NOW));
  assert.deepEqual(used.sessions.map((one) => needsCheck(one, NOW)), [true, true, false, false]);
  assert.equal(afterSession(undefined), undefined);
});

test("a form is evaluated, told to be incomplete, or left to the site", () => {
  const dataset = { suggested: "{}", known: "{}" };
  const given = (pain) => outcomeOf(kept, dataset, [["pain", pain]]);
  const checkOf = { ...kept, check: { ...check, context: { ...check.context, bleedingMoreStreak: 0 } } };
  assert.deepEqual([given("0"), given("5"), given("no")], ["go", "easier", "incomplete"]);
  assert.equal(outcomeOf(kept, {}, [["pain", "0"]]), null);
  const newer = { ...checkOf, check: { ...check, rules: [{ ...check.rules[0], when: { is: "Newer" } }] } };
  assert.equal(outcomeOf(newer, dataset, [["pain", "0"]]), null);
});

test("a check knows its session", () => {
  assert.equal(sessionOfCheck(kept, "/before/b/").key, "b");
  assert.equal(sessionOfCheck(kept, "/check-in/"), undefined);
});
