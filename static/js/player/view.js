/** What she sees and hears of a sitting at a moment, as plain text and shares. Pure; `words` come from the page. */
import { canEase, elapsedOf, isFinished, isRunning, placeOf } from "./machine.js";
import { breathAt, fullness, momentOf } from "./timeline.js";
import { clock, fill } from "./words.js";

const CUE_SECONDS = 7;
const BREATH_OF = { lift: "out", hold: "hold", lower: "in", relax: "in" };

/** The moment and everything it shows. */
export function viewOf(plan, sitting, now, words) {
  const { step, index, steps } = placeOf(plan, sitting);
  const exercise = plan.exercises[step.exercise];
  const elapsed = elapsedOf(plan, sitting, now);
  const moment = momentOf(step, elapsed);
  const breath = breathOf(step, exercise, moment, elapsed);
  return {
    step, exercise, moment, breath,
    running: isRunning(sitting),
    finished: isFinished(sitting),
    easierTaken: exercise.isEasier || sitting.easier.includes(step.exercise),
    canEase: canEase(plan, sitting),
    full: breath ? fullness(breath.phase, breath.share) : null,
    name: exercise.name,
    side: sideWords(step, exercise, steps, words),
    cue: cueOf(step, exercise, moment, breath, elapsed, words),
    ...dialOf(step, exercise, moment, breath, words),
    next: nextWords(steps[index + 1], plan, words),
    progress: index / steps.length,
    exerciseOf: fill(words.exerciseOf, { n: plan.chosen.indexOf(step.exercise) + 1, all: plan.chosen.length }),
  };
}

/** What is said once when a step begins; the same words are written on the screen. */
export function spokenOf({ step, exercise, side }, words) {
  if (step.kind === "prepare") return fill(words.sayPrepare, { name: exercise.name, steps: exercise.steps.join(" ") });
  if (step.kind === "rest") return fill(words.sayRest, { seconds: step.seconds });
  if (step.kind === "switch") return exercise.alternates ? words.turnCue : words.switch;
  return fill(words.sayWork, { name: exercise.name, amount: amountOf(step, words), side });
}

/** Where she is, in a few words: "Heel Slides, 3 of 8". */
export function placeWords({ step, exercise, moment }, words) {
  if (step.kind !== "work" || !moment.rep) return exercise.name;
  return fill(words.placeRep, { name: exercise.name, rep: moment.rep, reps: moment.reps });
}

function breathOf(step, exercise, moment, elapsed) {
  if (step.kind !== "work") return null;
  if (exercise.pace) return breathAt(exercise.pace, elapsed);
  if (!moment.phase || exercise.inhale === exercise.exhale) return null;
  return { phase: BREATH_OF[moment.phase], share: moment.phaseShare, left: moment.phaseLeft };
}

function dialOf(step, exercise, moment, breath, words) {
  const left = Math.ceil(moment.left / 1000);
  const time = { number: clock(left), unit: left < 60 ? words.seconds : "", phaseLeft: null };
  if (step.kind === "prepare") return { ...time, phase: words.getReady };
  if (step.kind === "rest") return { ...time, phase: words.rest };
  if (step.kind === "switch") return { ...time, phase: exercise.alternates ? words.rest : words.switch };
  if (!moment.rep) return { ...time, phase: breath ? words[breath.phase] : "" };
  return {
    number: String(moment.rep),
    unit: fill(words.repOf, { reps: moment.reps }),
    phase: phaseWord(exercise, moment.phase, words),
    phaseLeft: moment.phase === "hold" || moment.phase === "relax" ? Math.ceil(moment.phaseLeft / 1000) : null,
  };
}

function phaseWord(exercise, phase, words) {
  if (exercise.focus === "pelvic_floor") return { lift: words.lift, hold: words.hold }[phase] ?? words.letGo;
  return { lift: words.out, hold: words.hold, lower: words.in, relax: words.letGo }[phase];
}

function cueOf(step, exercise, moment, breath, elapsed, words) {
  if (step.kind === "rest") return words.restCue;
  if (step.kind === "switch") return exercise.alternates ? words.turnCue : words.switchCue;
  if (step.kind === "prepare") return exercise.steps[Math.min(Math.floor(moment.share * exercise.steps.length), exercise.steps.length - 1)];
  if (breath?.phase === "in") return exercise.inhale;
  if (breath?.phase === "out") return exercise.exhale;
  const cues = exercise.cues.length ? exercise.cues : [exercise.exhale];
  return cues[Math.floor(elapsed / 1000 / CUE_SECONDS) % cues.length];
}

function sideWords(step, exercise, steps, words) {
  const sets = Math.max(...steps.filter((one) => one.exercise === step.exercise).map((one) => one.set));
  const parts = sets > 1 && step.kind !== "prepare" ? [fill(words.setOf, { n: step.set, all: sets })] : [];
  if (exercise.sides === 2 && exercise.alternates) parts.push(words.alternate);
  else if (exercise.sides === 2 && step.kind === "work") parts.push(step.side === 1 ? words.side1 : words.side2);
  return parts.join(" · ");
}

function nextWords(step, plan, words) {
  if (!step) return words.last;
  const names = { prepare: plan.exercises[step.exercise].name, work: amountOf(step, words), rest: words.rest, switch: words.switch };
  const name = step.kind === "switch" && plan.exercises[step.exercise].alternates ? words.rest : names[step.kind];
  return fill(words.next, { name });
}

function amountOf(step, words) {
  if (step.reps) return fill(words.sayReps, { reps: step.reps });
  return fill(step.seconds < 60 ? words.saySeconds : words.sayMinutes, { time: clock(step.seconds) });
}
