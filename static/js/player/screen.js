/** The player's screen: writes a view into the page's dialog and reports what is pressed. */
import { partsBy } from "./page.js";
import { fill } from "./words.js";

const RING = 2 * Math.PI * 46;
const TEXTS = /** @type {const} */ (["name", "side", "cue", "number", "unit", "next"]);

/**
 * The screen in `dialog`. `pressed(name)` is called with the data-do of what was pressed.
 * @param {HTMLDialogElement} dialog
 * @param {Words} words
 * @param {(name: string) => void} pressed
 */
export function makeScreen(dialog, words, pressed) {
  const parts = partsBy("show", dialog);
  const buttons = partsBy("do", dialog);
  const written = new Map();
  parts.ring.setAttribute("stroke-dasharray", RING);

  dialog.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-do]");
    if (button) pressed(button.getAttribute("data-do") ?? "");
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    pressed("close");
  });

  /** @type {(name: string, text: string) => void} */
  const write = (name, text) => {
    if (written.get(name) === text) return;
    written.set(name, text);
    parts[name].textContent = text;
  };

  /** All texts of the moment. @param {View} view */
  function text(view) {
    dialog.dataset.kind = view.step.kind;
    dialog.dataset.running = String(view.running);
    for (const name of TEXTS) write(name, view[name]);
    write("phase", view.phase);
    write("hint", view.running ? words.pause : words.continue);
    write("exerciseOf", view.exerciseOf);
    const { easierText } = view.exercise;
    write("easier", view.isEasierInWords && easierText ? fill(words.easierNow, { text: easierText }) : "");
    parts.progress.value = view.progress;
    parts.choices.hidden = parts.more.hidden = view.running;
    buttons.ready.hidden = !view.running || view.step.kind !== "prepare";
    buttons.easier.hidden = !view.canEase && !view.canUnease;
    buttons.easier.textContent = view.canUnease ? words.asPlanned : words.easier;
    steps(view.exercise);
  }

  /** The ring and the breath, as often as the screen is drawn. @param {View} view */
  function draw(view) {
    parts.ring.setAttribute("stroke-dashoffset", (RING * view.moment.share).toFixed(1));
    parts.breath.style.setProperty("--full", view.full === null ? 0 : view.full.toFixed(3));
    parts.breath.hidden = view.full === null;
  }

  /** @param {Exercise} exercise */
  function steps(exercise) {
    if (written.get("steps") === exercise) return;
    written.set("steps", exercise);
    parts.steps.replaceChildren(...[...exercise.steps, ...exercise.cautions].map((line) => element("li", line)));
  }

  /** Announced once, politely, by a screen reader. @param {string} line */
  const said = (line) => (parts.said.textContent = line);

  /** A line that stays until the next: how things are saved, what the phone cannot do. @param {string} line */
  const note = (line) => {
    write("note", line);
    write("doneNote", line);
  };

  /** @type {(title: string, line: string) => void} */
  function finish(title, line) {
    dialog.dataset.finished = "true";
    parts.going.hidden = true;
    parts.done.hidden = false;
    write("doneTitle", title);
    write("doneText", line);
    parts.doneTitle.focus();
  }

  /**
   * Where the last screen leads: to the check-in after the session, or straight back.
   * @param {string | null} address
   */
  function leadsTo(address) {
    if (address && parts.after) parts.after.href = address;
    else parts.after?.remove();
  }

  function open() {
    dialog.dataset.finished = "false";
    parts.going.hidden = false;
    parts.done.hidden = true;
    if (!dialog.open) dialog.showModal();
    buttons.toggle.focus();
  }

  /** @type {(values: Settings, canDo: (name: string) => boolean) => void} */
  function settings(values, canDo) {
    for (const [name, value] of Object.entries(values)) {
      buttons[`set-${name}`].setAttribute("aria-checked", value);
      buttons[`set-${name}`].hidden = !canDo(name);
    }
  }

  /** @param {boolean} shown */
  function showSettings(shown) {
    parts.settings.hidden = !shown;
    buttons.settings.setAttribute("aria-expanded", shown);
  }

  return {
    text, draw, said, note, finish, open, settings, showSettings, leadsTo,
    figure: parts.figure,
    areSettingsShown: () => !parts.settings.hidden,
    close: () => dialog.close(),
  };
}

/** @type {(name: string, text: string) => HTMLElement} */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
