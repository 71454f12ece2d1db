/**
 * The check before a session, evaluated without a network. Pure: the questions, the decision table and the context come
 * from the site (programs/pages/offline_check.py), so that the rules stand in one place. A missing fact is never "fine".
 */

/** @typedef {(name: string) => any} Fact A fact by its name; throws where there is none. */

/** @type {Record<string, (condition: any, fact: Fact) => boolean>} */
const HOLDS = {
  Both: ({ one, other }, fact) => holds(one, fact) && holds(other, fact),
  Either: ({ one, other }, fact) => holds(one, fact) || holds(other, fact),
  Is: ({ name, value }, fact) => fact(name) === value,
  IsNot: ({ name, value }, fact) => fact(name) !== value,
  AtLeast: ({ name, least }, fact) => fact(name) !== null && fact(name) >= least,
  AtMost: ({ name, most }, fact) => fact(name) !== null && fact(name) <= most,
  Between: ({ name, least, most }, fact) => fact(name) !== null && fact(name) >= least && fact(name) <= most,
  MoreThan: ({ name, other }, fact) => fact(name) > fact(other),
  NotMoreThan: ({ name, other }, fact) => fact(name) <= fact(other),
  HasAny: ({ name, codes }, fact) => codes.some((/** @type {string} */ code) => fact(name).includes(code)),
  Holds: ({ name, code }, fact) => fact(name).includes(code),
  Lacks: ({ name, code }, fact) => !fact(name).includes(code),
};

/** Whether `condition` holds; one that this version does not know throws. @type {(condition: any, fact: Fact) => boolean} */
const holds = (condition, fact) => HOLDS[condition.is](condition, fact);

/**
 * The outcome of complete `answers` in `context`, and the ids of the rules that held. Throws where a fact is missing.
 * @type {(check: Check, answers: Facts, context: Facts) => { outcome: string, rules: string[] }}
 */
export function evaluate({ rules, outcomes, stackGroups }, answers, context) {
  const facts = { ...answers, ...context };
  /** @type {Fact} */
  const fact = (name) => {
    if (facts[name] === undefined) throw new Error(`no ${name} is known`);
    return facts[name];
  };
  const matched = rules.filter(({ when }) => holds(when, fact));
  const outcome = outcomes[Math.max(0, ...matched.map((rule) => outcomes.indexOf(rule.outcome)))];
  const groups = new Set(matched.filter((rule) => rule.outcome === "easier").map(({ group }) => group));
  const isStacked = outcome === "easier" && groups.size >= stackGroups;
  return { outcome: isStacked ? "breathing_only" : outcome, rules: matched.map(({ id }) => id) };
}

/**
 * The context of today's answers: each streak of `worst` goes on only where today's answer continues it.
 * @type {(worst: Facts, answers: Facts) => Facts}
 */
export function contextOf(worst, answers) {
  /** @type {(name: string, goesOn: boolean) => number} */
  const streak = (name, goesOn) => (goesOn ? worst[name] : 0);
  return {
    ...worst,
    bleedingMoreStreak: streak("bleedingMoreStreak", ["more", "heavy"].includes(answers.bleeding)),
    heavyStreak: streak("heavyStreak", answers.heaviness >= 2),
    worseStillStreak: streak("worseStillStreak", ["worse_still", "first"].includes(answers.lastResponse)),
    moodLowIn4: worst.moodLowIn4 - (answers.mood === "ok" ? 1 : 0),
  };
}

/**
 * The answers in a form's `fields`, as the rules take them; `suggested` are those that the one tap for all stands for,
 * `known` those that need not be asked. Null where one is missing or unknown.
 * @type {(check: Check, fields: FormFields, suggested: Facts, known: Facts) => Facts | null}
 */
export function answersIn(check, fields, suggested, known) {
  /** @type {Facts} */
  const answers = {};
  const isAllFine = fields.some(([name]) => name === "all_fine");
  for (const field of check.fields) {
    const given = fields.filter(([name]) => name === field.name).map(([, value]) => String(value));
    const own = given.length ? read(check, field, given, fields) : undefined;
    const answer = own ?? known[field.name] ?? (isAllFine && !given.length ? suggested[field.name] : undefined);
    if (answer === undefined) return null;
    answers[field.name] = answer;
  }
  return answers;
}

/**
 * An answer from the form's texts; undefined for one that is unknown or incomplete.
 * @type {(check: Check, field: Question, given: string[], fields: FormFields) => any}
 */
function read(check, field, given, fields) {
  if (field.kind === "Several") return signsIn(check.signGroups, field.codes ?? [], given, fields);
  if (field.kind === "Choice") return field.codes?.find((code) => code === given[0]);
  if (field.kind === "YesNo") return { yes: true, no: false }[given[0]];
  const number = /^\d+$/.test(given[0]) ? Number(given[0]) : Number.NaN;
  return number >= (field.low ?? 0) && number <= (field.high ?? Number.POSITIVE_INFINITY) ? number : undefined;
}

/**
 * The signs ticked. "None" answers the lines without a sign; a line said yes to needs one.
 * @type {(groups: SignGroup[], codes: string[], given: string[], fields: FormFields) => string[] | undefined}
 */
function signsIn(groups, codes, given, fields) {
  const signs = given.filter((code) => code !== "none");
  const saidYes = fields.filter(([name]) => name === "groups").map(([, value]) => value);
  /** @type {(group: SignGroup) => boolean} */
  const hasSign = (group) => group.signs.some((code) => signs.includes(code));
  const isOpen = groups.some((group) => (saidYes.includes(group.code) || !given.includes("none")) && !hasSign(group));
  return isOpen || !signs.every((code) => codes.includes(code)) ? undefined : signs;
}
