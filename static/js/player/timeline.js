/** What a step shows at a moment. Pure: times are arguments, in milliseconds. */

/** How long a step takes, in milliseconds. @param {Step} step */
export const lengthOf = (step) => step.seconds * 1000;

/** How long one repetition takes, in milliseconds; 0 for a step that is not counted. @param {Step} step */
export const repLength = (step) => (step.phases ?? []).reduce((sum, [, seconds]) => sum + seconds * 1000, 0);

/**
 * The moment `elapsed` into `step`.
 * @param {Step} step
 * @param {number} elapsed
 * @returns {Moment}
 */
export function momentOf(step, elapsed) {
  const length = lengthOf(step);
  const at = Math.min(Math.max(elapsed, 0), length);
  const whole = { rep: null, reps: null, phase: null, left: length - at, share: length ? at / length : 1 };
  if (!step.phases) return { ...whole, phaseLeft: whole.left, phaseShare: whole.share };
  const rep = Math.min(Math.floor(at / repLength(step)), step.reps - 1);
  return { ...whole, rep: rep + 1, reps: step.reps, ...phaseAt(step, at - rep * repLength(step)) };
}

/**
 * Where the repetition begins that `elapsed` falls in; a timed step goes on where it is.
 * @param {Step} step
 * @param {number} elapsed
 */
export function repStart(step, elapsed) {
  if (!step.phases) return elapsed;
  const rep = Math.min(Math.floor(elapsed / repLength(step)), step.reps - 1);
  return Math.max(rep, 0) * repLength(step);
}

/**
 * The breath `elapsed` into a step paced `[in, out]` seconds.
 * @param {[number, number]} pace
 * @param {number} elapsed
 * @returns {Breath}
 */
export function breathAt([inhale, exhale], elapsed) {
  const at = elapsed % ((inhale + exhale) * 1000);
  const out = at >= inhale * 1000;
  const length = (out ? exhale : inhale) * 1000;
  const into = out ? at - inhale * 1000 : at;
  return { phase: out ? "out" : "in", share: into / length, left: length - into };
}

/**
 * How full of air the lungs are, 0 to 1, when `breath` has run for `share` of its time.
 * @param {BreathPhase} breath
 * @param {number} share
 */
export function fullness(breath, share) {
  const eased = (1 - Math.cos(Math.PI * Math.min(Math.max(share, 0), 1))) / 2;
  if (breath === "in") return eased;
  return breath === "out" ? 1 - eased : 0;
}

/**
 * @param {CountedStep} step
 * @param {number} within
 */
function phaseAt(step, within) {
  let start = 0;
  for (const [phase, seconds] of step.phases) {
    const length = seconds * 1000;
    if (within < start + length) {
      return { phase, phaseLeft: start + length - within, phaseShare: (within - start) / length };
    }
    start += length;
  }
  const [phase] = step.phases[step.phases.length - 1];
  return { phase, phaseLeft: 0, phaseShare: 1 };
}
