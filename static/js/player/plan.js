/** The session as the player runs it, from the server's data. */

/**
 * The session `data` in one of its forms ("" is the whole).
 * Steps keep the ids they have in the whole session, so what is done in a short form is done in the whole one.
 * @param {SessionData} data
 * @returns {Plan}
 */
export function planOf(data, form = "") {
  const chosen = data.forms[form] ?? Object.keys(data.exercises).map(Number);
  const steps = data.steps.filter((step) => chosen.includes(step.exercise));
  return { ...data, form: form in data.forms ? form : "", chosen, steps };
}

/** The form an address asks for: "?short" or "?minutes=7". @param {string} search */
export function formIn(search) {
  const asked = new URLSearchParams(search);
  return asked.has("short") ? "short" : (asked.get("minutes") ?? "");
}

/** Whether some work of the plan is not among the done steps. @type {(plan: Plan, done: StepsDone) => boolean} */
export const hasWorkLeft = (plan, done) => plan.steps.some((step) => step.kind === "work" && !(step.id in done));

/** The log of a sitting, as the site takes it; it names the check-in that opened it, if any. @type {(plan: Plan, sitting: Sitting) => SessionLog} */
export function logOf(plan, sitting) {
  return {
    id: sitting.id,
    check_in: sitting.checkInId,
    started_at: new Date(sitting.startedAt).toISOString(),
    finished_at: new Date(Math.max(sitting.finishedAt ?? sitting.seenAt, sitting.startedAt)).toISOString(),
    exercises_planned: plan.chosen.length,
    steps: sitting.done,
  };
}
