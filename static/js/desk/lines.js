/* Lists of texts in a form: a line can be added, removed and moved. Without this the form offers two empty lines. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-lines]").forEach(list => {
    /** @type {NodeListOf<HTMLElement>} */
    const lines = list.querySelectorAll(".d-line");
    lines.forEach(equip);
    const more = button("+", gettext("Add a line"), () => {
      const line = /** @type {HTMLElement} */ (list.querySelector(".d-line")?.cloneNode(true));
      line.querySelectorAll(".d-line-tools").forEach(tools => tools.remove());
      fieldsOf(line).forEach(field => { field.value = ""; field.removeAttribute("id"); });
      list.insertBefore(line, more);
      equip(line);
      line.querySelector("textarea")?.focus();
    });
    list.append(more);
  });
});

/**
 * @param {HTMLElement} line
 * @returns {NodeListOf<HTMLTextAreaElement | HTMLSelectElement>}
 */
function fieldsOf(line) {
  return line.querySelectorAll("textarea, select");
}

/** @param {HTMLElement} line */
function equip(line) {
  const tools = document.createElement("span");
  tools.className = "d-line-tools";
  /** @type {(step: number) => () => void} */
  const move = step => () => {
    const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other || !other.classList.contains("d-line")) return;
    step < 0 ? other.before(line) : other.after(line);
    tools.querySelectorAll("button")[step < 0 ? 0 : 1].focus();
  };
  tools.append(
    button("↑", gettext("Move up"), move(-1)),
    button("↓", gettext("Move down"), move(1)),
    button("×", gettext("Take away"), () => {
      fieldsOf(line).forEach(field => { field.value = ""; });
      if ((line.parentElement?.querySelectorAll(".d-line").length ?? 0) > 1) line.remove();
    }),
  );
  line.append(tools);
}

/** @type {(sign: string, words: string, act: () => void) => HTMLButtonElement} */
function button(sign, words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "d-mini";
  made.textContent = sign;
  made.setAttribute("aria-label", words);
  made.title = words;
  made.addEventListener("click", act);
  return made;
}
