/** The player's screen: writes a view into the dialog the page brought along, and says what she pressed. */
import { fill } from "./words.js";

const RING = 2 * Math.PI * 46;

/** The screen in `dialog`. `pressed(name)` is called with the data-do of what she pressed. */
export function makeScreen(dialog, words, pressed) {
  const parts = Object.fromEntries([...dialog.querySelectorAll("[data-show]")].map((part) => [part.dataset.show, part]));
  const buttons = Object.fromEntries([...dialog.querySelectorAll("[data-do]")].map((part) => [part.dataset.do, part]));
  const written = new Map();
  parts.ring.setAttribute("stroke-dasharray", RING);

  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) pressed(button.dataset.do);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    pressed("close");
  });

  const write = (name, text) => {
    if (written.get(name) === text) return;
    written.set(name, text);
    parts[name].textContent = text;
  };

  /** All texts of the moment. */
  function text(view) {
    dialog.dataset.kind = view.step.kind;
    dialog.dataset.running = view.running;
    for (const name of ["name", "side", "cue", "number", "unit", "next"]) write(name, view[name]);
    write("phase", view.phaseLeft ? `${view.phase} ${view.phaseLeft}` : view.phase);
    write("hint", view.running ? words.pause : words.continue);
    write("exerciseOf", view.exerciseOf);
    write("easier", view.easierTaken && view.exercise.easierText ? fill(words.easierNow, { text: view.exercise.easierText }) : "");
    parts.progress.value = view.progress;
    parts.choices.hidden = view.running;
    buttons.easier.hidden = !view.canEase;
    steps(view.exercise);
  }

  /** The ring and the breath, as often as the screen is drawn. */
  function draw(view) {
    parts.ring.setAttribute("stroke-dashoffset", (RING * view.moment.share).toFixed(1));
    parts.breath.style.setProperty("--full", view.full === null ? 0 : view.full.toFixed(3));
    parts.breath.hidden = view.full === null;
  }

  function steps(exercise) {
    if (written.get("steps") === exercise) return;
    written.set("steps", exercise);
    parts.steps.replaceChildren(...[...exercise.steps, ...exercise.cautions].map((line) => element("li", line)));
  }

  /** Told once, politely, to whoever listens instead of looking. */
  const said = (line) => (parts.said.textContent = line);

  /** A line that stays until the next: how things are saved, what the phone cannot do. */
  const note = (line) => {
    write("note", line);
    write("doneNote", line);
  };

  function finish(title, line) {
    dialog.dataset.finished = "true";
    parts.going.hidden = true;
    parts.done.hidden = false;
    write("doneTitle", title);
    write("doneText", line);
    parts.doneTitle.focus();
  }

  /** Where the last screen leads: to how it felt, or straight back. */
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

  function settings(values, canDo) {
    for (const [name, value] of Object.entries(values)) {
      buttons[`set-${name}`].setAttribute("aria-checked", value);
      buttons[`set-${name}`].hidden = !canDo(name);
    }
  }

  function showSettings(shown) {
    parts.settings.hidden = !shown;
    buttons.settings.setAttribute("aria-expanded", shown);
  }

  return { text, draw, said, note, finish, open, settings, showSettings, areSettingsShown: () => !parts.settings.hidden, leadsTo, close: () => dialog.close(), figure: parts.figure };
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
