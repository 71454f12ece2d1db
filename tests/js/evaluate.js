/** Evaluates the cases that test_offline_rules.py hands over as JSON, and prints what the phone makes of each. */
import { readFileSync } from "node:fs";
import { answersIn, contextOf, evaluate } from "../../static/js/player/rules.js";

const { check, cases, days, forms } = JSON.parse(readFileSync(0, "utf8"));
console.log(
  JSON.stringify({
    cases: cases.map(({ answers, context }) => evaluate(check, answers, context)),
    days: days.map(({ worst, answers }) => evaluate(check, answers, contextOf(worst, answers)).outcome),
    forms: forms.map(({ fields, suggested, known }) => answersIn(check, fields, suggested, known)),
  }),
);
