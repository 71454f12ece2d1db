// @ts-nocheck
/** Runs one sitting: lets time pass, listens to her, keeps every change, and tells screen, voice and chimes. */
import { keepSitting } from "./keep.js";
import * as machine from "./machine.js";
import { makeFigure, partsOf } from "./figure.js";
import { makeScreen } from "./screen.js";
import { readSettings, writeSetting } from "./settings.js";
import { canVibrate, makeChimes, vibrate } from "./sound.js";
import { spokenOf, viewOf } from "./view.js";
import { makeVoice } from "./voice.js";
import { makeWake } from "./wake.js";
import { fill, minutes } from "./words.js";

const KEEP_EVERY = 5000;
const DRAW_EVERY = 24; // every second frame of most screens: smooth, and a slow phone has time for her thumb

/**
 * A player of `plan` in `dialog`. `keeper` is {store, outbox, account}; `onClosed(sitting)` is called when she leaves
 * the screen. Returns {play(sitting), join(id, steps), saved(line, isSent)}.
 */
export function makePlayer({ plan, words, dialog, keeper, onClosed }) {
  let sitting = null;
  let shown = "";
  let cued = "";
  let keptAt = 0;
  let drawnAt = 0;
  let sent = null; // what was done when the post was last told
  let frame = 0;
  let timer = 0;
  let keeping = Promise.resolve();
  let unsent = 0; // steps done that are on their way into the phone's store
  const wishes = plan.wishes ?? []; // none in what a phone kept from before there were any
  const still = () => wishes.includes("still") || matchMedia("(prefers-reduced-motion: reduce)").matches;
  let settings = readSettings(new Date(), wishes);
  if (still()) dialog.dataset.still = "";

  const screen = makeScreen(dialog, words, press);
  screen.leadsTo(plan.kind === "session" ? plan.addresses.after : null);
  const figure = makeFigure(screen.figure, still);
  const voice = makeVoice(document.documentElement.lang, showSettings);
  const chimes = makeChimes();
  const wake = makeWake(() => screen.note(words.awake));

  const view = () => viewOf(plan, sitting, Date.now(), words);

  /** Show `started` and let it run. */
  function play(started) {
    settings = readSettings(new Date(), wishes);
    chimes.wake();
    showSettings();
    screen.open();
    figure.prepare(plan.chosen.map((place) => plan.exercises[place]));
    cued = shown = "";
    sitting = machine.go(plan, started, Date.now());
    sent = sitting.done;
    changed();
  }

  /** Let time pass up to now, and show it. */
  function advance() {
    if (!sitting || machine.isFinished(sitting)) return;
    const before = sitting;
    sitting = machine.tick(plan, sitting, Date.now());
    if (machine.isRunning(before) && !machine.isRunning(sitting) && !machine.isFinished(sitting)) screen.said(words.welcomeBack);
    if (sitting.done !== before.done || sitting.at !== before.at) return changed();
    show();
    if (sitting.seenAt - keptAt > KEEP_EVERY) keep();
  }

  /** After every change of hers or of time's: keep it, show it, go on or end. */
  function changed() {
    keep();
    if (machine.isFinished(sitting)) return end();
    show();
    if (machine.isRunning(sitting)) run();
    else rest();
  }

  function run() {
    wake.hold();
    clearInterval(timer);
    timer = setInterval(advance, 250); // goes on, more slowly, while the page is hidden
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  }

  function rest() {
    clearInterval(timer);
    cancelAnimationFrame(frame);
    wake.rest();
    voice.hush();
  }

  function draw(time) {
    if (!sitting || !machine.isRunning(sitting)) return;
    if (Date.now() >= sitting.endsAt) return advance();
    if (time - drawnAt >= DRAW_EVERY) show();
    frame = requestAnimationFrame(draw);
  }

  function show() {
    drawnAt = performance.now();
    const now = view();
    const { step, moment, breath } = now;
    const key = [step.id, now.running, now.number, now.phase, now.phaseLeft, now.cue, now.side, now.canEase].join("|");
    // New words and a new pose in one frame are more than a slow phone can do in it: the pose comes with the next.
    const isPoseLater = now.running && shown && key !== shown;
    if (key !== shown) screen.text(now);
    shown = key;
    screen.draw(now);
    if (!isPoseLater) {
      figure.show(now.exercise);
      moveFigure(step, moment, breath, machine.elapsedOf(plan, sitting, Date.now()));
    }
    if (now.running) cue(now);
  }

  function moveFigure(step, moment, breath, elapsed) {
    const { phase, phaseShare, rep } = moment;
    if (step.kind === "rest" || step.kind === "switch") figure.move({ from: "lift" });
    else if (phase) figure.move({ ...partsOf(step, phase), share: phaseShare, rep });
    else if (breath) figure.move({ from: breath.phase === "in" ? "lift" : "lower", share: breath.share });
    else figure.move({ elapsed });
  }

  /** Voice, chime and tap at the moment something begins. */
  function cue(now) {
    const key = [now.step.id, now.moment.rep, now.moment.phase ?? now.breath?.phase].join("|");
    if (key === cued) return;
    const began = !cued.startsWith(`${now.step.id}|`);
    cued = key;
    const name = began ? "step" : (now.moment.phase ?? now.breath?.phase);
    if (settings.chimes) chimes.play(name);
    if (settings.vibration) vibrate(name);
    if (began) screen.said(spokenOf(now, words));
    if (settings.voice) voice.say(began ? spokenOf(now, words) : countOf(now));
  }

  function countOf({ moment, phase, breath, step }) {
    if (!moment.rep) return breath && step.seconds - moment.left / 1000 < 20 ? phase : "";
    if (moment.phase === step.phases[0][0]) return moment.rep === moment.reps ? words.sayLast : `${moment.rep}. ${phase}`;
    return moment.rep <= 2 || moment.phase === "hold" ? phase : "";
  }

  function keep() {
    keptAt = Date.now();
    const now = sitting;
    const isNews = now.done !== sent;
    sent = now.done;
    if (isNews) {
      unsent += 1;
      screen.note("");
    }
    keeping = keeping.then(() => keepSitting(keeper, plan, now)).catch(() => {}).then(() => {
      if (!isNews) return;
      unsent -= 1;
      keeper.outbox.send();
    });
    return keeping;
  }

  /** How things are saved; “Saved” only once it is true of everything. */
  function saved(line, isSent) {
    if (!isSent || !unsent) screen.note(line);
  }

  function end() {
    rest();
    const spent = machine.secondsDone(sitting);
    const values = { minutes: minutes(spent) };
    if (settings.chimes) chimes.play("end");
    if (settings.vibration) vibrate("end");
    if (!spent) screen.finish(words.enoughTitle, words.nothingText);
    else if (sitting.reason) screen.finish(words.enoughTitle, fill(words.enoughText, values));
    else screen.finish(words.doneTitle, fill(words.doneText, values));
  }

  const doing = {
    toggle: (now) => (machine.isRunning(sitting) ? machine.pause : machine.go)(plan, sitting, now),
    next: (now) => machine.next(plan, sitting, now),
    back: (now) => machine.back(plan, sitting, now),
    easier: (now) => machine.ease(plan, sitting, now),
    repeat: (now) => machine.go(plan, machine.repeat(plan, sitting, now), now),
    skip: (now) => machine.skipExercise(plan, sitting, now),
    enough: (now) => machine.stop(plan, sitting, "enough", now),
    tooMuch: (now) => machine.stop(plan, sitting, "too_much", now),
  };

  function press(name) {
    if (name.startsWith("set-")) return set(name.slice(4));
    screen.showSettings(name === "settings" && !screen.areSettingsShown());
    if (name === "settings") return;
    if (name === "close") return leave();
    if (!doing[name] || !sitting || machine.isFinished(sitting)) return;
    chimes.wake();
    const now = Date.now();
    sitting = doing[name](now);
    cued = "";
    changed();
    if (!machine.isRunning(sitting) && !machine.isFinished(sitting)) screen.said(words.paused);
    if (name === "tooMuch") keeping.then(() => location.assign(plan.addresses[machine.secondsDone(sitting) ? "after" : "anytime"]));
  }

  /** Away from the screen: her place is kept. */
  function leave() {
    if (sitting && !machine.isFinished(sitting)) {
      sitting = machine.pause(plan, sitting, Date.now());
      keep();
    }
    rest();
    screen.close();
    onClosed(sitting);
  }

  function set(name) {
    settings = { ...settings, [name]: !settings[name] };
    writeSetting(name, settings[name], new Date());
    if (name === "voice" && !settings.voice) voice.hush();
    if (name === "chimes" && settings.chimes) chimes.play("step");
    if (name === "vibration" && settings.vibration) vibrate("step");
    showSettings();
  }

  function showSettings() {
    screen.settings(settings, (name) => name !== "vibration" || canVibrate());
    if (settings.voice && !voice.exists()) screen.note(words.noVoice);
  }

  const KEYS = { " ": "toggle", ArrowRight: "next", ArrowLeft: "back" };

  dialog.addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    const onControl = event.key === " " && event.target.closest("button, a") && event.target.dataset.do !== "toggle";
    if (!name || !settings.keys || onControl || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) press(name);
  });
  document.addEventListener("visibilitychange", () => {
    if (!sitting || machine.isFinished(sitting)) return;
    if (document.visibilityState === "visible") advance();
    else keep();
  });
  addEventListener("pagehide", () => sitting && !machine.isFinished(sitting) && keep());

  return {
    play,
    saved,
    /** What the site knows of sitting `id`, perhaps from another device. */
    join(id, steps) {
      if (sitting?.id !== id || machine.isFinished(sitting)) return;
      sitting = machine.join(plan, sitting, steps);
      show();
    },
  };
}
