/** What is heard and felt of a sitting: the voice, the chimes and the taps at the moment something begins. */
import { makeRecordings } from "./recording.js";
import { canVibrate, makeChimes, vibrate } from "./sound.js";
import { spokenOf } from "./view.js";
import { makeVoice } from "./voice.js";

const LED_SECONDS = 20; // the voice leads a paced breath that long; then the screen alone does

/** What begins at this moment: the step, its repetition and the part of it. @param {View} view */
export const cueKeyOf = ({ step, moment, breath }) => [step.id, moment.rep, partOf({ moment, breath })].join("|");

/** The phase of the repetition, or of the breath. @type {(view: Pick<View, "moment" | "breath">) => string} */
const partOf = ({ moment, breath }) => moment.phase ?? breath?.phase ?? "";

/** What the voice says at the beginning of a part of a step; "" is silence. @type {(view: View, words: Words) => string} */
export function countOf({ moment, phase, breath, step }, words) {
  if (!moment.rep) return breath && step.seconds - moment.left / 1000 < LED_SECONDS ? phase : "";
  if (moment.phase === step.phases?.[0][0]) return moment.rep === moment.reps ? words.sayLast : `${moment.rep}. ${phase}`;
  return moment.rep <= 2 || moment.phase === "hold" ? phase : "";
}

/**
 * The cues of a player. `settings()` says which are on; `onVoices` is called when the device's voices arrive.
 * @param {{ words: Words, settings: () => Settings, announce: (line: string) => void, onVoices: () => void }} options
 */
export function makeCues({ words, settings, announce, onVoices }) {
  const voice = makeVoice(document.documentElement.lang, onVoices);
  const chimes = makeChimes();
  const recordings = makeRecordings(chimes.context);
  let given = "";

  /** Give the cue of this moment, once. @param {View} view */
  function give(view) {
    const key = cueKeyOf(view);
    if (key === given) return;
    const isNewStep = !given.startsWith(`${view.step.id}|`);
    given = key;
    sound(isNewStep ? "step" : partOf(view));
    if (isNewStep) announce(spokenOf(view, words));
    if (settings().voice) speak(view, isNewStep);
  }

  /** The therapist's own voice where there is a recording, else the device's; never both at once. @type {(view: View, isNewStep: boolean) => void} */
  function speak(view, isNewStep) {
    const text = isNewStep ? spokenOf(view, words) : countOf(view, words);
    const { voice: recorded } = view.exercise;
    if (isNewStep && view.step.kind === "prepare" && recorded) recordings.play(recorded, () => voice.say(text));
    else if (!recordings.isPlaying()) voice.say(text);
  }

  /** What the therapist says at the beginning or at the end, if anything. @param {string | undefined} address */
  function greet(address) {
    if (address && settings().voice) recordings.play(address, () => {});
  }

  function hush() {
    recordings.hush();
    voice.hush();
  }

  /** The chime and the tap of this name, as far as they are on. @param {string} name */
  function sound(name) {
    if (settings().chimes) chimes.play(name);
    if (settings().vibration) vibrate(name);
  }

  /** A sample of what was just switched on; silence at once for what was switched off. @param {SettingName} name */
  function sample(name) {
    if (name === "voice" && !settings().voice) hush();
    if (name === "chimes" && settings().chimes) chimes.play("step");
    if (name === "vibration" && settings().vibration) vibrate("step");
  }

  return {
    give, greet, sound, sample, hush,
    forget: () => void (given = ""),
    wake: chimes.wake,
    hasVoice: voice.exists,
    canVibrate,
  };
}
