/**
 * One sitting of a session, as a pure state machine: every function takes (plan, sitting, …) and returns the next
 * sitting. Nothing here reads a clock, draws or stores. A running timer is a stored end time, never a counter, so
 * it stays right while the page is hidden or gone. `Plan` and `Sitting` are described in types/player.d.ts.
 */
import { lengthOf, repLength, repStart } from "./timeline.js";

/** Later than this after a step's end nobody was watching: what follows waits for the member. */
export const AWAY = 2500;
const A_FEW_SECONDS = 5000;
const FRESH = 2000;
const MOST_SECONDS = 1800; // what the server takes for one step, repeats included

/**
 * A new sitting, paused at the first step. Where a check made on the phone calls for it, all is in its easier version.
 * @type {(plan: Plan, id: string, now: number) => Sitting}
 */
export function begin(plan, id, now) {
  const sitting = {
    id, key: plan.key, startedAt: now, finishedAt: null, at: "", elapsed: 0, endsAt: null, seenAt: now, done: {},
    easier: plan.isEased ? Object.keys(plan.easier).map(Number) : [], reason: /** @type {StopReason} */ (""),
    checkInId: plan.checkInId,
  };
  return { ...sitting, at: stepsOf(plan, sitting)[0].id };
}

/** The steps in order, with the easier ones where they were chosen. @type {(plan: Plan, sitting: Sitting) => Step[]} */
export function stepsOf(plan, sitting) {
  if (!sitting.easier.length) return plan.steps;
  const chosen = new Map(sitting.easier.map((exercise) => [exercise, plan.easier[exercise]]));
  /** @type {Step[]} */
  const steps = [];
  for (const step of plan.steps) {
    const easier = chosen.get(step.exercise);
    if (!easier) steps.push(step);
    else if (steps.at(-1)?.exercise !== step.exercise) steps.push(...easier);
  }
  return steps;
}

/**
 * The current step, its index and all steps.
 * @param {Plan} plan
 * @param {Sitting} sitting
 */
export function placeOf(plan, sitting) {
  const steps = stepsOf(plan, sitting);
  const index = Math.max(steps.findIndex((step) => step.id === sitting.at), 0);
  return { step: steps[index], index, steps };
}

/** @type {(sitting: Sitting) => sitting is RunningSitting} */
export const isRunning = (sitting) => sitting.endsAt !== null;
/** @type {(sitting: Sitting) => boolean} */
export const isFinished = (sitting) => sitting.finishedAt !== null;

/**
 * Milliseconds spent in the step. A clock set back never makes the step longer than it is.
 * @type {(plan: Plan, sitting: Sitting, now: number) => number}
 */
export function elapsedOf(plan, sitting, now) {
  if (!isRunning(sitting)) return sitting.elapsed;
  const length = lengthOf(placeOf(plan, sitting).step);
  return Math.min(Math.max(length - (sitting.endsAt - now), 0), length);
}

/** Start or continue the timer. @type {Transition} */
export function go(plan, sitting, now) {
  if (isRunning(sitting) || isFinished(sitting)) return sitting;
  const left = lengthOf(placeOf(plan, sitting).step) - sitting.elapsed;
  return { ...sitting, endsAt: now + left, seenAt: now };
}

/** Stop the timer where it is. @type {Transition} */
export function pause(plan, sitting, now) {
  if (!isRunning(sitting)) return sitting;
  return { ...sitting, elapsed: elapsedOf(plan, sitting, now), endsAt: null, seenAt: now };
}

/**
 * Go on where it was when the clock has been set back since it was last seen.
 * @type {(sitting: Sitting, now: number) => Sitting}
 */
export function rebase(sitting, now) {
  if (!isRunning(sitting) || now >= sitting.seenAt) return sitting;
  return { ...sitting, endsAt: now + (sitting.endsAt - sitting.seenAt), seenAt: now };
}

/** Let time pass: steps whose end has come are done, and the next one runs from that very end. @type {Transition} */
export function tick(plan, sitting, now) {
  let current = rebase(sitting, now);
  while (isRunning(current) && now >= current.endsAt) {
    const { endsAt } = current;
    const away = now - endsAt > AWAY;
    current = enter(plan, completed(plan, current), 1, away ? now : endsAt);
    if (away) current = { ...current, elapsed: 0, endsAt: null };
  }
  return isRunning(current) ? { ...current, seenAt: now } : current;
}

/**
 * On to the next step. What was done of this one counts from one repetition, or a few seconds, on.
 * @type {Transition}
 */
export function next(plan, sitting, now) {
  return enter(plan, partly(plan, sitting, now), 1, now);
}

/** To the beginning of this step, or, when it has hardly begun, of the one before. @type {Transition} */
export function back(plan, sitting, now) {
  const fresh = elapsedOf(plan, sitting, now) < FRESH;
  return enter(plan, partly(plan, sitting, now), fresh ? -1 : 0, now);
}

/** Over to the next exercise, or to the end. @type {Transition} */
export function skipExercise(plan, sitting, now) {
  const { step, index, steps } = placeOf(plan, sitting);
  const ahead = steps.findIndex((one, at) => at > index && one.exercise !== step.exercise);
  return enter(plan, partly(plan, sitting, now), (ahead < 0 ? steps.length : ahead) - index, now);
}

/** This set once more, from its beginning; in a rest, the set before it. @type {Transition} */
export function repeat(plan, sitting, now) {
  const { step, index, steps } = placeOf(plan, sitting);
  /** @type {(one: Step, at: number) => boolean} */
  const isSet = (one, at) => at <= index && one.exercise === step.exercise && one.kind === "work";
  const work = steps.findLastIndex(isSet);
  return enter(plan, partly(plan, sitting, now), work < 0 ? 0 : work - index, now);
}

/** Whether this exercise has an easier version not yet taken. @type {(plan: Plan, sitting: Sitting) => boolean} */
export function canEase(plan, sitting) {
  const { exercise } = placeOf(plan, sitting).step;
  return Boolean(plan.easier[exercise]) && !sitting.easier.includes(exercise);
}

/** Whether this exercise is in the easier version by the member's own choice. @type {(plan: Plan, sitting: Sitting) => boolean} */
export function canUnease(plan, sitting) {
  return !plan.isEased && sitting.easier.includes(placeOf(plan, sitting).step.exercise);
}

/**
 * The easier version of this exercise, or back to the one planned, from the beginning of the step in place of this one.
 * @type {Transition}
 */
export function ease(plan, sitting, now) {
  const { exercise } = placeOf(plan, sitting).step;
  const isEased = canUnease(plan, sitting);
  if (!isEased && !canEase(plan, sitting)) return sitting;
  const kept = partly(plan, sitting, now);
  const easier = isEased ? kept.easier.filter((one) => one !== exercise) : [...kept.easier, exercise];
  const changed = { ...kept, easier };
  const steps = stepsOf(plan, changed).filter((one) => one.exercise === exercise);
  const same = steps.find((one) => one.id === sitting.at);
  const start = same ?? steps.findLast((one) => one.kind === "work") ?? steps[0];
  return { ...changed, at: start.id, elapsed: 0, endsAt: isRunning(sitting) ? now + lengthOf(start) : null };
}

/** The exercise as it is done now: in its easier version, where there is one to show. @type {(plan: Plan, sitting: Sitting, exercise: number) => Exercise} */
export function exerciseOf(plan, sitting, exercise) {
  const easier = sitting.easier.includes(exercise) ? plan.easierExercises?.[exercise] : undefined;
  return easier ?? plan.exercises[exercise];
}

/**
 * End here, for `reason`; what was done stays done.
 * @type {(plan: Plan, sitting: Sitting, reason: StopReason, now: number) => Sitting}
 */
export function stop(plan, sitting, reason, now) {
  return { ...partly(plan, pause(plan, sitting, now), now), reason, finishedAt: now, endsAt: null, seenAt: now };
}

/**
 * A stored sitting taken up again after the page died: paused at the repetition it was last seen in.
 * @type {(plan: Plan, stored: Sitting) => Sitting}
 */
export function takeUp(plan, stored) {
  if (!stepsOf(plan, stored).some((step) => step.id === stored.at)) return afterLastDone(plan, stored);
  const { step } = placeOf(plan, stored);
  return { ...stored, elapsed: repStart(step, elapsedOf(plan, stored, stored.seenAt)), endsAt: null };
}

/**
 * A sitting another device began and reported to the site, taken up after the furthest step it did.
 * @type {(plan: Plan, remote: RemoteSitting) => Sitting}
 */
export function takeOver(plan, { id, startedAt, steps }) {
  const begun = begin({ ...plan, checkInId: undefined }, id, Date.parse(startedAt)); // the other device told its own
  return afterLastDone(plan, { ...begun, done: steps });
}

/**
 * Merge what another device did. A sitting paused at or before a step which that device did goes on after it.
 * @type {(plan: Plan, sitting: Sitting, steps: StepsDone) => Sitting}
 */
export function join(plan, sitting, steps) {
  const done = { ...sitting.done };
  for (const [step, seconds] of Object.entries(steps)) done[step] = Math.max(done[step] ?? 0, seconds);
  const joined = { ...sitting, done };
  if (isRunning(sitting) || isFinished(sitting)) return joined;
  const { index, steps: all } = placeOf(plan, sitting);
  const overtaken = all.some((step, at) => at >= index && step.id in done && !(step.id in sitting.done));
  return overtaken ? afterLastDone(plan, joined) : joined;
}

/** How many exercises have some work done. @type {(sitting: Sitting) => number} */
export function exercisesDone(sitting) {
  const work = Object.keys(sitting.done).filter((id) => !id.includes("-"));
  return new Set(work.map((id) => id.split(".")[0])).size;
}

/** Seconds done so far. @type {(sitting: Sitting) => number} */
export const secondsDone = (sitting) => Object.values(sitting.done).reduce((sum, seconds) => sum + seconds, 0);

/**
 * Pause after the furthest step that is done; when that was the last one, stay at it.
 * @type {(plan: Plan, sitting: Sitting) => Sitting}
 */
function afterLastDone(plan, sitting) {
  const steps = stepsOf(plan, sitting);
  const last = steps.findLastIndex((step) => step.id in sitting.done);
  const at = steps[Math.min(last + 1, steps.length - 1)];
  return { ...sitting, at: at.id, elapsed: 0, endsAt: null };
}

/** @type {(plan: Plan, sitting: Sitting, by: number, now: number) => Sitting} */
function enter(plan, sitting, by, now) {
  const { index, steps } = placeOf(plan, sitting);
  const target = steps[Math.max(index + by, 0)];
  if (!target) return { ...sitting, elapsed: 0, endsAt: null, finishedAt: now, seenAt: now };
  const endsAt = isRunning(sitting) ? now + lengthOf(target) : null;
  return { ...sitting, at: target.id, elapsed: 0, endsAt, seenAt: now };
}

/** @type {(plan: Plan, sitting: Sitting) => Sitting} */
function completed(plan, sitting) {
  const { step } = placeOf(plan, sitting);
  return withSeconds(sitting, step.id, step.seconds);
}

/** @type {Transition} */
function partly(plan, sitting, now) {
  const { step } = placeOf(plan, sitting);
  const elapsed = elapsedOf(plan, sitting, now);
  const enough = step.kind === "work" ? repLength(step) || Math.min(A_FEW_SECONDS, lengthOf(step)) : 1000;
  return elapsed >= enough ? withSeconds(sitting, step.id, Math.round(elapsed / 1000)) : sitting;
}

/** @type {(sitting: Sitting, id: string, seconds: number) => Sitting} */
function withSeconds(sitting, id, seconds) {
  const spent = Math.min((sitting.done[id] ?? 0) + seconds, MOST_SECONDS);
  return { ...sitting, done: { ...sitting.done, [id]: spent } };
}
