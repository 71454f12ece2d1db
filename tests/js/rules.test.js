import assert from "node:assert/strict";
import { test } from "node:test";
import { answersIn, contextOf, evaluate } from "../../static/js/player/rules.js";

const check = {
  fields: [
    { kind: "Several", name: "redFlags", codes: ["fever", "clot"] },
    { kind: "Choice", name: "mood", codes: ["ok", "low"] },
    { kind: "Number", name: "pain", low: 0, high: 10 },
    { kind: "YesNo", name: "bowelLeak" },
  ],
  rules: [
    { id: "P", outcome: "easier", group: "pain", when: { is: "AtLeast", name: "pain", least: 4 } },
    { id: "S", outcome: "pause_clinician", group: null, when: { is: "HasAny", name: "redFlags", codes: ["fever"] } },
  ],
  outcomes: ["go", "easier", "breathing_only", "pause_clinician", "emergency"],
  signGroups: [{ code: "ill", signs: ["fever"] }, { code: "legs", signs: ["clot"] }],
  stackGroups: 3,
};
const well = { redFlags: [], mood: "ok", pain: 0, bowelLeak: false };
const fields = [["redFlags", "none"], ["mood", "ok"], ["pain", "4"], ["bowelLeak", "no"]];

test("the most careful rule that holds decides", () => {
  assert.deepEqual(evaluate(check, well, {}), { outcome: "go", rules: [] });
  assert.deepEqual(evaluate(check, { ...well, pain: 4 }, {}), { outcome: "easier", rules: ["P"] });
  assert.equal(evaluate(check, { ...well, pain: 4, redFlags: ["fever"] }, {}).outcome, "pause_clinician");
});

test("a missing fact and an unknown condition are never fine", () => {
  assert.throws(() => evaluate(check, { ...well, pain: undefined }, {}));
  const newer = { ...check, rules: [{ id: "N", outcome: "easier", group: null, when: { is: "Newer" } }] };
  assert.throws(() => evaluate(newer, well, {}));
});

test("a form is read as the rules take it", () => {
  assert.deepEqual(answersIn(check, fields, {}, {}), { ...well, pain: 4 });
  const signs = (...given) => answersIn(check, [...given, ...fields.slice(1)], {}, {})?.redFlags;
  assert.deepEqual(signs(["groups", "ill"], ["redFlags", "fever"], ["redFlags", "none"]), ["fever"]);
  assert.deepEqual(signs(["redFlags", "fever"], ["redFlags", "clot"]), ["fever", "clot"]);
  assert.equal(signs(["redFlags", "fever"]), undefined);
  assert.equal(signs(["groups", "ill"], ["redFlags", "none"]), undefined);
});

test("a missing or unknown answer is none, unless one tap covered it or it is known", () => {
  assert.equal(answersIn(check, fields.slice(0, 3), {}, {}), null);
  assert.equal(answersIn(check, [["redFlags", "none"], ["redFlags", "ache"], ...fields.slice(1)], {}, {}), null);
  for (const pain of ["11", "-1", "four", "", "4.5"]) {
    assert.equal(answersIn(check, fields.toSpliced(2, 1, ["pain", pain]), { pain: 0 }, {}), null, pain);
  }
  assert.equal(answersIn(check, fields.toSpliced(2, 1), { pain: 0 }, {}), null);
  assert.equal(answersIn(check, [...fields.toSpliced(2, 1), ["all_fine", "on"]], { pain: 0 }, {}).pain, 0);
  assert.equal(answersIn(check, fields.slice(0, 3), {}, { bowelLeak: false }).bowelLeak, false);
});

test("a streak goes on only where today's answer continues it", () => {
  const worst = { bleedingMoreStreak: 2, heavyStreak: 3, worseStillStreak: 3, moodLowIn4: 2, weeksPostpartum: 9 };
  const fine = { bleeding: "none", heaviness: 1, lastResponse: "same_or_better", mood: "ok" };
  const bad = { bleeding: "more", heaviness: 2, lastResponse: "worse_still", mood: "low" };
  const ended = { bleedingMoreStreak: 0, heavyStreak: 0, worseStillStreak: 0, moodLowIn4: 1, weeksPostpartum: 9 };
  assert.deepEqual([contextOf(worst, fine), contextOf(worst, bad)], [ended, worst]);
});
