/** The guided minute of breathing for anyone: it starts by itself, is silent and stores nothing. Without it: a text. */
import { figureMomentOf, makeFigure } from "./figure.js";
import { makeLoop } from "./loop.js";
import { begin, elapsedOf, go, isFinished, isRunning, pause, placeOf, stop, tick } from "./machine.js";
import { partsBy, readJson } from "./page.js";
import { breathAt, fullness, momentOf } from "./timeline.js";
import { makeWake } from "./wake.js";
import { fill } from "./words.js";

const RING = 2 * Math.PI * 47;

const minute = readJson("breath-minute");
const words = readJson("breath-words");
const parts = partsBy("breath");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const figure = makeFigure(parts.figure, () => still.matches);
const loop = makeLoop({ look: advance, draw: show });
const wake = makeWake(() => {}); // where the screen cannot be kept on, a minute is short enough
/** @type {Sitting} */
let sitting = begin(minute, "", Date.now());
let written = "";

/** From the beginning. */
function play() {
  parts.read.hidden = parts.end.hidden = true;
  parts.play.hidden = false;
  change(begin(minute, "", Date.now()));
  change(go(minute, sitting, Date.now()));
}

/** @param {Sitting} changed */
function change(changed) {
  sitting = changed;
  if (isFinished(sitting)) return end();
  show();
  parts.toggle.textContent = isRunning(sitting) ? words.pause : words.continue;
  if (!isRunning(sitting)) return rest();
  wake.hold();
  loop.start();
}

function rest() {
  loop.stop();
  wake.rest();
}

function advance() {
  const later = tick(minute, sitting, Date.now());
  if (isRunning(later) && later.at === sitting.at) sitting = later;
  else change(later);
}

/** The moment on the screen; words only where they differ, for a screen reader says each once. */
function show() {
  const { step } = placeOf(minute, sitting);
  const elapsed = elapsedOf(minute, sitting, Date.now());
  const moment = momentOf(step, elapsed);
  const breath = step.kind === "work" ? breathAt(minute.pace, elapsed) : null;
  write(breath, elapsed);
  parts.ring.setAttribute("stroke-dashoffset", (RING * (1 - (breath ? moment.share : 0))).toFixed(1));
  parts.air.style.setProperty("--full", breath ? fullness(breath.phase, breath.share).toFixed(3) : "0");
  if (!minute.exercise.figure) return;
  figure.show(minute.exercise);
  figure.move(breath ? figureMomentOf({ step, moment, breath }, elapsed) : { from: "lift" });
}

/** @type {(breath: Breath | null, elapsed: number) => void} */
function write(breath, elapsed) {
  const [inhale, exhale] = minute.pace;
  const n = Math.min(Math.floor(elapsed / 1000 / (inhale + exhale)) + 1, minute.breaths);
  const phase = breath ? breath.phase : "settle";
  const look = `${phase}|${n}`;
  if (look === written) return;
  written = look;
  parts.phase.textContent = words[phase];
  parts.cue.textContent = words[`${phase}Cue`];
  parts.count.textContent = breath ? fill(words.breathOf, { n, all: minute.breaths }) : "";
}

/** What comes next; what was done is said only of all breaths done. */
function end() {
  rest();
  if (!sitting.reason) {
    parts.title.textContent = words.doneTitle;
    parts.summary.textContent = words.doneText;
  }
  parts.play.hidden = true;
  parts.end.hidden = parts.again.hidden = false;
  parts.title.focus();
}

parts.ring.setAttribute("stroke-dasharray", RING);
parts.toggle.addEventListener("click", () => {
  change((isRunning(sitting) ? pause : go)(minute, sitting, Date.now()));
});
parts.skip.addEventListener("click", () => {
  change(stop(minute, sitting, "enough", Date.now()));
});
parts.again.addEventListener("click", play);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !isFinished(sitting)) advance();
});
play();
