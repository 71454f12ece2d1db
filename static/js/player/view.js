/** What the member sees and hears of a sitting at a moment, as texts and shares. Pure; `words` come from the page. */
import { canEase, canUnease, elapsedOf, exerciseOf, isFinished, isRunning, placeOf, secondsDone } from "./machine.js";
import { breathAt, fullness, momentOf } from "./timeline.js";
import { clock, fill, minutes } from "./words.js";

const CUE_SECONDS = 7;
/** @type {Record<PhaseName, BreathPhase>} */
const BREATH_OF = { lift: "out", hold: "hold", lower: "in", relax: "in" };

/** The moment and everything it shows. @type {(plan: Plan, sitting: Sitting, now: number, words: Words) => View} */
export function viewOf(plan, sitting, now, words) {
  const { step, index, steps } = placeOf(plan, sitting);
  const exercise = exerciseOf(plan, sitting, step.exercise);
  const elapsed = elapsedOf(plan, sitting, now);
  const moment = momentOf(step, elapsed);
  const breath = breathOf(step, exercise, moment, elapsed);
  return {
    step, exercise, moment, breath,
    running: isRunning(sitting),
    finished: isFinished(sitting),
    isEasierInWords: exercise === plan.exercises[step.exercise] && (exercise.isEasier || sitting.easier.includes(step.exercise)),
    canEase: canEase(plan, sitting),
    canUnease: canUnease(plan, sitting),
    full: breath ? fullness(breath.phase, breath.share) : null,
    name: exercise.name,
    side: sideWords(step, exercise, steps, words),
    cue: cueOf(step, exercise, moment, breath, elapsed, words),
    ...dialOf(step, exercise, moment, breath, words),
    next: nextWords(steps[index + 1], plan, sitting, words),
    progress: index / steps.length,
    exerciseOf: fill(words.exerciseOf, { n: plan.chosen.indexOf(step.exercise) + 1, all: plan.chosen.length }),
  };
}

/**
 * What is said once when a step begins; the same words are written on the screen.
 * @type {(view: View, words: Words) => string}
 */
export function spokenOf({ step, exercise, side }, words) {
  if (step.kind === "prepare") return fill(words.sayPrepare, { name: exercise.name, steps: exercise.steps.join(" ") });
  if (step.kind === "rest") return fill(words.sayRest, { seconds: step.seconds });
  if (step.kind === "switch") return exercise.alternates ? words.turnCue : words.switch;
  return fill(words.sayWork, { name: exercise.name, amount: amountOf(step, words), side });
}

/** What the written part of a view depends on: the same look needs no new words. @param {View} view */
export function lookOf({ step, exercise, running, number, phase, cue, side, canEase }) {
  return [step.id, exercise.slug, running, number, phase, cue, side, canEase].join("|");
}

/** The last screen of a finished sitting. @type {(sitting: Sitting, words: Words) => { title: string, text: string }} */
export function endingOf(sitting, words) {
  const spent = secondsDone(sitting);
  if (!spent) return { title: words.enoughTitle, text: words.nothingText };
  const values = { minutes: minutes(spent) };
  if (sitting.reason) return { title: words.enoughTitle, text: fill(words.enoughText, values) };
  return { title: words.doneTitle, text: fill(words.doneText, values) };
}

/** The current place in a few words: "Heel Slides, 3 of 8". @type {(view: View, words: Words) => string} */
export function placeWords({ step, exercise, moment }, words) {
  if (step.kind !== "work" || !moment.rep) return exercise.name;
  return fill(words.placeRep, { name: exercise.name, rep: moment.rep, reps: moment.reps });
}

/** @type {(step: Step, exercise: Exercise, moment: Moment, elapsed: number) => Breath | null} */
function breathOf(step, exercise, moment, elapsed) {
  if (step.kind !== "work") return null;
  if (exercise.pace) return breathAt(exercise.pace, elapsed);
  if (!moment.phase || exercise.inhale === exercise.exhale) return null;
  return { phase: BREATH_OF[moment.phase], share: moment.phaseShare, left: moment.phaseLeft };
}

/** @type {(step: Step, exercise: Exercise, moment: Moment, breath: Breath | null, words: Words) => Dial} */
function dialOf(step, exercise, moment, breath, words) {
  const left = Math.ceil(moment.left / 1000);
  const time = { number: clock(left), unit: left < 60 ? words.seconds : "" };
  if (step.kind === "prepare") return { ...time, phase: words.getReady };
  if (step.kind === "rest") return { ...time, phase: words.rest };
  if (step.kind === "switch") return { ...time, phase: exercise.alternates ? words.rest : words.switch };
  if (!moment.rep) return { ...time, phase: breath ? words[breath.phase] : "" };
  return {
    number: String(moment.rep),
    unit: fill(words.repOf, { reps: moment.reps }),
    phase: phaseWord(exercise, moment.phase, words),
  };
}

/** @type {(exercise: Exercise, phase: PhaseName | null, words: Words) => string} */
function phaseWord(exercise, phase, words) {
  if (phase === "hold") return words.hold;
  if (exercise.focus === "pelvic_floor") return phase === "lift" ? words.lift : words.letGo;
  if (phase === "lift") return words.out;
  return phase === "lower" ? words.in : words.letGo;
}

/**
 * @param {Step} step
 * @param {Exercise} exercise
 * @param {Moment} moment
 * @param {Breath | null} breath
 * @param {number} elapsed
 * @param {Words} words
 */
function cueOf(step, exercise, moment, breath, elapsed, words) {
  if (step.kind === "rest") return words.restCue;
  if (step.kind === "switch") return exercise.alternates ? words.turnCue : words.switchCue;
  if (step.kind === "prepare") {
    const count = exercise.steps.length;
    return exercise.steps[Math.min(Math.floor(moment.share * count), count - 1)];
  }
  if (breath?.phase === "in") return exercise.inhale;
  if (breath?.phase === "out") return exercise.exhale;
  const cues = exercise.cues.length ? exercise.cues : [exercise.exhale];
  return cues[Math.floor(elapsed / 1000 / CUE_SECONDS) % cues.length];
}

/** @type {(step: Step, exercise: Exercise, steps: Step[], words: Words) => string} */
function sideWords(step, exercise, steps, words) {
  const sets = Math.max(...steps.filter((one) => one.exercise === step.exercise).map((one) => one.set));
  const parts = sets > 1 && step.kind !== "prepare" ? [fill(words.setOf, { n: step.set, all: sets })] : [];
  if (exercise.sides === 2 && exercise.alternates) parts.push(words.alternate);
  else if (exercise.sides === 2 && step.kind === "work") parts.push(step.side === 1 ? words.side1 : words.side2);
  return parts.join(" · ");
}

/** @type {(step: Step | undefined, plan: Plan, sitting: Sitting, words: Words) => string} */
function nextWords(step, plan, sitting, words) {
  if (!step) return words.last;
  if (step.kind === "work") return fill(words.thenAmount, { amount: amountOf(step, words) });
  const { name: exercise, alternates } = exerciseOf(plan, sitting, step.exercise);
  const turn = alternates ? words.rest : words.switch;
  const name = { prepare: exercise, rest: words.rest, switch: turn }[step.kind];
  return fill(words.next, { name });
}

/** @type {(step: Step, words: Words) => string} */
function amountOf(step, words) {
  if (step.reps) return fill(words.sayReps, { reps: step.reps });
  return fill(step.seconds < 60 ? words.saySeconds : words.sayMinutes, { time: clock(step.seconds) });
}
