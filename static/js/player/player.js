/** Runs one sitting: joins its state, the screen with the figure, the cues and the controls. */
import { TRANSITIONS, makeControls } from "./controls.js";
import { makeCues } from "./cues.js";
import { makeFigure, figureMomentOf } from "./figure.js";
import { makeLoop } from "./loop.js";
import { elapsedOf, go, isFinished, isRunning, pause, secondsDone } from "./machine.js";
import { makeScreen } from "./screen.js";
import { holdSitting } from "./sitting.js";
import { endingOf, lookOf, viewOf } from "./view.js";
import { makeWake } from "./wake.js";

/**
 * A player of `plan` in `dialog`. `onClosed(sitting)` is called when the member leaves the screen.
 * @param {PlayerOptions} options
 * @returns {Player}
 */
export function makePlayer({ plan, words, dialog, keeper, onClosed }) {
  const wishes = plan.wishes ?? []; // none in what a phone stored before there were any
  const still = () => wishes.includes("still") || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still()) dialog.dataset.still = "";

  const holder = holdSitting(plan, keeper, () => screen.note("")); // what it said was of less
  const loop = makeLoop({ look: advance, draw });
  const wake = makeWake(() => screen.note(words.awake));
  const screen = makeScreen(dialog, words, (name) => controls.press(name));
  screen.leadsTo(plan.kind === "session" ? plan.addresses.after : null);
  const figure = makeFigure(screen.figure, still);
  const cues = makeCues({
    words,
    settings: () => controls.settings(),
    announce: screen.said,
    onVoices: () => showSettings(controls.settings()),
  });
  const controls = makeControls(dialog, wishes, {
    act,
    close: leave,
    onSetting: cues.sample,
    show: showSettings,
    panel: { show: screen.showSettings, isShown: screen.areSettingsShown },
  });
  let shown = ""; // the look of what is on the screen

  /** Show `started` and let it run. @param {Sitting} started */
  function play(started) {
    cues.wake();
    cues.forget();
    controls.refresh();
    screen.open();
    const easier = plan.chosen.map((place) => plan.easierExercises?.[place]).filter((one) => one !== undefined);
    figure.prepare([...plan.chosen.map((place) => plan.exercises[place]), ...easier]);
    shown = "";
    holder.start(go(plan, started, Date.now()));
    if (!Object.keys(started.done).length) cues.greet(plan.opening);
    follow();
  }

  /** Let time pass up to now. */
  function advance() {
    const happened = holder.advance();
    if (happened === "waiting") screen.said(words.welcomeBack);
    if (happened === "same") show();
    else follow();
  }

  /** After a change: show it, and go on, wait or end with it. */
  function follow() {
    const sitting = holder.current();
    if (!sitting) return;
    if (isFinished(sitting)) return end(sitting);
    show();
    if (!isRunning(sitting)) return rest();
    wake.hold();
    loop.start();
  }

  function rest() {
    loop.stop();
    wake.rest();
    cues.hush();
  }

  function draw() {
    const sitting = holder.current();
    if (sitting && isRunning(sitting) && Date.now() >= sitting.endsAt) advance();
    else show();
  }

  function show() {
    const sitting = holder.current();
    if (!sitting || isFinished(sitting)) return;
    const now = Date.now();
    const view = viewOf(plan, sitting, now, words);
    const look = lookOf(view);
    // New words and a new pose in one frame are more than a slow phone can do in it: the pose comes with the next.
    const isPoseLater = view.running && shown && look !== shown;
    if (look !== shown) screen.text(view);
    shown = look;
    screen.draw(view);
    if (!isPoseLater) {
      figure.show(view.exercise);
      figure.move(figureMomentOf(view, elapsedOf(plan, sitting, now)));
    }
    if (view.running) cues.give(view);
  }

  /** @param {Sitting} sitting */
  function end(sitting) {
    rest();
    cues.sound("end");
    cues.greet(plan.closing);
    const { title, text } = endingOf(sitting, words);
    screen.finish(title, text);
  }

  /** What a button does to the sitting. @param {string} name */
  function act(name) {
    if (!holder.isOpen()) return;
    cues.wake();
    cues.forget();
    holder.change(TRANSITIONS[name]);
    follow();
    const sitting = /** @type {Sitting} */ (holder.current());
    if (!isRunning(sitting) && !isFinished(sitting)) screen.said(words.paused);
    const { after, anytime } = plan.addresses;
    const check = secondsDone(sitting) ? after : anytime;
    if (name === "tooMuch") holder.stored().then(() => location.assign(`${check}?too-much`));
  }

  /** Away from the screen: the place is kept. */
  function leave() {
    if (holder.isOpen()) holder.change(pause);
    rest();
    screen.close();
    onClosed(holder.current());
  }

  /** @param {Settings} settings */
  function showSettings(settings) {
    screen.settings(settings, (name) => name !== "vibration" || cues.canVibrate());
    if (settings.voice && !cues.hasVoice()) screen.note(words.noVoice);
  }

  document.addEventListener("visibilitychange", () => {
    if (!holder.isOpen()) return;
    if (document.visibilityState !== "visible") return void holder.keep();
    cues.wake(); // a call has ended
    advance();
  });
  addEventListener("pagehide", () => holder.isOpen() && holder.keep());

  return {
    play,
    /** How things are saved; "Saved" only once it is true of everything. */
    saved: (line, isSent) => void ((!isSent || holder.isAllTold()) && screen.note(line)),
    /** What the site knows of sitting `id`, perhaps from another device. */
    join: (id, steps) => void (holder.join(id, steps) && show()),
  };
}
