/**
 * One sitting of a session, as a pure state machine: every function takes (plan, sitting, …) and returns the next
 * sitting. Nothing here reads a clock, draws or stores. A running timer is a stored end time, never a counter.
 *
 * plan:    {key, steps: [step], easier: {exercise: [step]}}, from the server
 * sitting: {id, key, startedAt, finishedAt, at, elapsed, endsAt, seenAt, done, easier, reason}
 *   at       id of the step she is in         elapsed  milliseconds into it, while it rests
 *   endsAt   when it ends, while it runs      seenAt   the last moment we know of
 *   done     {step id: seconds spent}         easier   exercises (by index) she made easier
 *   reason   why it ended early: "" | "enough" | "too_much"
 */
import { lengthOf, repLength, repStart } from "./timeline.js";

/** Later than this after a step's end nobody was watching: what follows waits for her. */
export const AWAY = 2500;
const A_FEW_SECONDS = 5000;
const FRESH = 2000;
const MOST_SECONDS = 1800; // what the server takes for one step, repeats included

/** A new sitting, resting at the first step. */
export function begin(plan, id, now) {
  return {
    id, key: plan.key, startedAt: now, finishedAt: null, at: plan.steps[0].id, elapsed: 0, endsAt: null,
    seenAt: now, done: {}, easier: [], reason: "",
  };
}

/** Her steps in order, with the easier ones where she chose them. */
export function stepsOf(plan, sitting) {
  if (!sitting.easier.length) return plan.steps;
  const chosen = new Map(sitting.easier.map((exercise) => [exercise, plan.easier[exercise]]));
  const steps = [];
  for (const step of plan.steps) {
    const easier = chosen.get(step.exercise);
    if (!easier) steps.push(step);
    else if (steps.at(-1)?.exercise !== step.exercise) steps.push(...easier);
  }
  return steps;
}

/** Where she is: {step, index, steps}. */
export function placeOf(plan, sitting) {
  const steps = stepsOf(plan, sitting);
  const index = Math.max(steps.findIndex((step) => step.id === sitting.at), 0);
  return { step: steps[index], index, steps };
}

export const isRunning = (sitting) => sitting.endsAt !== null;
export const isFinished = (sitting) => sitting.finishedAt !== null;

/** Milliseconds she has been in the step. A clock set back never makes the step longer than it is. */
export function elapsedOf(plan, sitting, now) {
  if (!isRunning(sitting)) return sitting.elapsed;
  const length = lengthOf(placeOf(plan, sitting).step);
  return Math.min(Math.max(length - (sitting.endsAt - now), 0), length);
}

/** Start or continue the timer. */
export function go(plan, sitting, now) {
  if (isRunning(sitting) || isFinished(sitting)) return sitting;
  const left = lengthOf(placeOf(plan, sitting).step) - sitting.elapsed;
  return { ...sitting, endsAt: now + left, seenAt: now };
}

/** Stop the timer where it is. */
export function pause(plan, sitting, now) {
  if (!isRunning(sitting)) return sitting;
  return { ...sitting, elapsed: elapsedOf(plan, sitting, now), endsAt: null, seenAt: now };
}

/** Let time pass: steps whose end has come are done, and the next one runs from that very end. */
export function tick(plan, sitting, now) {
  let current = sitting;
  while (isRunning(current) && now >= current.endsAt) {
    const { endsAt } = current;
    const away = now - endsAt > AWAY;
    current = enter(plan, completed(plan, current, endsAt), 1, away ? now : endsAt);
    if (away) current = { ...current, elapsed: 0, endsAt: null };
  }
  return isRunning(current) ? { ...current, seenAt: now } : current;
}

/** On to the next step. What she did of this one counts once it is a repetition, or a few seconds. */
export function next(plan, sitting, now) {
  return enter(plan, partly(plan, sitting, now), 1, now);
}

/** To the beginning of this step, or, when it has hardly begun, of the one before. */
export function back(plan, sitting, now) {
  const fresh = elapsedOf(plan, sitting, now) < FRESH;
  return enter(plan, partly(plan, sitting, now), fresh ? -1 : 0, now);
}

/** Over to the next exercise, or to the end. */
export function skipExercise(plan, sitting, now) {
  const { step, index, steps } = placeOf(plan, sitting);
  const ahead = steps.findIndex((one, at) => at > index && one.exercise !== step.exercise);
  return enter(plan, partly(plan, sitting, now), (ahead < 0 ? steps.length : ahead) - index, now);
}

/** This set once more, from its beginning; in a rest, the set before it. */
export function repeat(plan, sitting, now) {
  const { step, index, steps } = placeOf(plan, sitting);
  const isSet = (one, at) => at <= index && one.exercise === step.exercise && one.kind === "work";
  const work = steps.findLastIndex(isSet);
  return enter(plan, partly(plan, sitting, now), work < 0 ? 0 : work - index, now);
}

/** Whether this exercise has an easier version she has not taken yet. */
export function canEase(plan, sitting) {
  const { exercise } = placeOf(plan, sitting).step;
  return Boolean(plan.easier[exercise]) && !sitting.easier.includes(exercise);
}

/** The easier version of this exercise, from the beginning of the step it has in place of this one. */
export function ease(plan, sitting, now) {
  if (!canEase(plan, sitting)) return sitting;
  const { step } = placeOf(plan, sitting);
  const kept = partly(plan, sitting, now);
  const eased = { ...kept, easier: [...kept.easier, step.exercise] };
  const same = plan.easier[step.exercise].find((one) => one.id === step.id);
  const start = same ?? plan.easier[step.exercise].findLast((one) => one.kind === "work");
  return { ...eased, at: start.id, elapsed: 0, endsAt: isRunning(sitting) ? now + lengthOf(start) : null };
}

/** End here, for `reason`; what was done stays done. */
export function stop(plan, sitting, reason, now) {
  return { ...partly(plan, pause(plan, sitting, now), now), reason, finishedAt: now, endsAt: null, seenAt: now };
}

/** A stored sitting taken up again after the page died: it rests at the repetition she was last seen in. */
export function takeUp(plan, stored) {
  if (!stepsOf(plan, stored).some((step) => step.id === stored.at)) return afterLastDone(plan, stored);
  const { step } = placeOf(plan, stored);
  return { ...stored, elapsed: repStart(step, elapsedOf(plan, stored, stored.seenAt)), endsAt: null };
}

/** A sitting another device began and told the site of, taken up after the furthest step it did. */
export function takeOver(plan, { id, startedAt, steps }) {
  return afterLastDone(plan, { ...begin(plan, id, Date.parse(startedAt)), done: steps });
}

/** Join what another device did. If she rests where that device has been or has gone past, she goes on after it. */
export function join(plan, sitting, steps) {
  const done = { ...sitting.done };
  for (const [step, seconds] of Object.entries(steps)) done[step] = Math.max(done[step] ?? 0, seconds);
  const joined = { ...sitting, done };
  if (isRunning(sitting) || isFinished(sitting)) return joined;
  const { index, steps: all } = placeOf(plan, sitting);
  const overtaken = all.some((step, at) => at >= index && step.id in done && !(step.id in sitting.done));
  return overtaken ? afterLastDone(plan, joined) : joined;
}

/** Seconds done so far. */
export const secondsDone = (sitting) => Object.values(sitting.done).reduce((sum, seconds) => sum + seconds, 0);

/** Rest after the furthest step that is done; when that was the last one, stay at it. */
function afterLastDone(plan, sitting) {
  const steps = stepsOf(plan, sitting);
  const last = steps.findLastIndex((step) => step.id in sitting.done);
  const at = steps[Math.min(last + 1, steps.length - 1)];
  return { ...sitting, at: at.id, elapsed: 0, endsAt: null };
}

function enter(plan, sitting, by, now) {
  const { index, steps } = placeOf(plan, sitting);
  const target = steps[Math.max(index + by, 0)];
  if (!target) return { ...sitting, elapsed: 0, endsAt: null, finishedAt: now, seenAt: now };
  const endsAt = isRunning(sitting) ? now + lengthOf(target) : null;
  return { ...sitting, at: target.id, elapsed: 0, endsAt, seenAt: now };
}

function completed(plan, sitting) {
  const { step } = placeOf(plan, sitting);
  return withSeconds(sitting, step.id, step.seconds);
}

function partly(plan, sitting, now) {
  const { step } = placeOf(plan, sitting);
  const elapsed = elapsedOf(plan, sitting, now);
  const enough = step.kind === "work" ? repLength(step) || Math.min(A_FEW_SECONDS, lengthOf(step)) : 1000;
  return elapsed >= enough ? withSeconds(sitting, step.id, Math.round(elapsed / 1000)) : sitting;
}

function withSeconds(sitting, id, seconds) {
  const spent = Math.min((sitting.done[id] ?? 0) + seconds, MOST_SECONDS);
  return { ...sitting, done: { ...sitting.done, [id]: spent } };
}
