/** What the member presses: the buttons and keys of the player, and the settings behind one of them. */
import { go, back, ease, isRunning, next, pause, repeat, skipExercise, stop } from "./machine.js";
import { readSettings, writeSetting } from "./settings.js";

/** What each button does to a sitting. @type {Record<string, Transition>} */
export const TRANSITIONS = {
  toggle: (plan, sitting, now) => (isRunning(sitting) ? pause : go)(plan, sitting, now),
  next,
  ready: next,
  back,
  easier: ease,
  repeat: (plan, sitting, now) => go(plan, repeat(plan, sitting, now), now),
  skip: skipExercise,
  enough: (plan, sitting, now) => stop(plan, sitting, "enough", now),
  tooMuch: (plan, sitting, now) => stop(plan, sitting, "too_much", now),
};

/** @type {Record<string, string>} */
const KEYS = { " ": "toggle", ArrowRight: "next", ArrowLeft: "back" };

/**
 * The button a key stands for, or null. Space keeps its own meaning on the control in focus, `focused`: the value of
 * its data-do, "" for one without, null where none is.
 * @type {(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">, focused: string | null) => string | null}
 */
export function buttonOf({ key, ctrlKey, altKey, metaKey }, focused) {
  const isForFocused = key === " " && focused !== null && focused !== "toggle";
  return isForFocused || ctrlKey || altKey || metaKey ? null : (KEYS[key] ?? null);
}

/**
 * The controls in `dialog`. `act(name)` is called for a button that changes the sitting, `close()` for the one that
 * leaves, `onSetting(name)` after a setting changed, `show(settings)` whenever they are to be shown.
 * @param {HTMLDialogElement} dialog
 * @param {string[]} wishes
 * @param {ControlOptions} options
 */
export function makeControls(dialog, wishes, { act, close, onSetting, show, panel }) {
  let settings = readSettings(new Date(), wishes);

  /** Read them anew: by night other ones hold than by day. */
  function refresh() {
    settings = readSettings(new Date(), wishes);
    show(settings);
  }

  /** @param {SettingName} name */
  function set(name) {
    settings = { ...settings, [name]: !settings[name] };
    writeSetting(name, settings[name], new Date());
    onSetting(name);
    show(settings);
  }

  /** @param {string} name */
  function press(name) {
    if (name.startsWith("set-")) return set(/** @type {SettingName} */ (name.slice(4)));
    panel.show(name === "settings" && !panel.isShown());
    if (name === "close") close();
    else if (name in TRANSITIONS) act(name);
  }

  dialog.addEventListener("keydown", (event) => {
    const control = /** @type {HTMLElement} */ (event.target).closest("button, a");
    const name = settings.keys ? buttonOf(event, control && (control.getAttribute("data-do") ?? "")) : null;
    if (!name) return;
    event.preventDefault();
    if (!event.repeat) press(name);
  });

  return { press, refresh, settings: () => settings };
}
