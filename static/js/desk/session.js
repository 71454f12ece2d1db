/* A session's exercises: ordered by dragging or by the arrow buttons, and the minutes shown while they are edited.
   Without this the order is the number in each line, and the minutes are shown after saving. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const group = document.getElementById("prescriptions-group");
  if (!group) return;
  const rows = () => {
    /** @type {NodeListOf<HTMLElement>} */
    const found = group.querySelectorAll("tbody tr.form-row:not(.empty-form)");
    return [...found];
  };
  /** @type {(row: HTMLElement, name: string) => HTMLInputElement | null} */
  const fieldOf = (row, name) => row.querySelector(`[name$=-${name}]`);
  const draft = document.getElementById("d-draft");
  /** @type {HTMLElement | null} */
  let dragged = null;
  let waiting = 0, asked = 0;

  const renumber = () => {
    let number = 0;  // a line without an exercise stays empty, so that it is left out
    rows().forEach(row => {
      const exercise = fieldOf(row, "exercise"), position = fieldOf(row, "position");
      if (exercise && position) position.value = exercise.value ? String(++number) : "";
    });
    ask();
  };
  /** @type {(row: HTMLElement, step: number) => void} */
  const move = (row, step) => {
    const all = rows(), other = all[all.indexOf(row) + step];
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    renumber();
    /** @type {HTMLElement | null} */
    const arrow = row.querySelector(step < 0 ? "[data-up]" : "[data-down]");
    arrow?.focus();
  };
  /** @param {HTMLElement} row */
  const equip = row => {
    const cell = row.querySelector("td.original");
    if (!cell || cell.querySelector(".d-order")) return;
    cell.querySelectorAll("p").forEach(words => words.remove());
    const order = document.createElement("span");
    order.className = "d-order";
    const grip = document.createElement("span");
    grip.className = "d-grip";
    grip.textContent = "⠿";
    grip.title = gettext("Drag to move");
    grip.setAttribute("aria-hidden", "true");
    grip.draggable = true;
    grip.addEventListener("dragstart", ({ dataTransfer }) => {
      dragged = row;
      if (dataTransfer) dataTransfer.effectAllowed = "move";
      dataTransfer?.setData("text/plain", "");
      row.classList.add("d-dragged");
    });
    grip.addEventListener("dragend", () => {
      row.classList.remove("d-dragged");
      dragged = null;
      renumber();
    });
    /** @type {(sign: string, words: string, step: number, mark: string) => HTMLButtonElement} */
    const arrow = (sign, words, step, mark) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "d-mini";
      made.textContent = sign;
      made.setAttribute("aria-label", words);
      made.setAttribute(mark, "");
      made.addEventListener("click", () => move(row, step));
      return made;
    };
    const up = arrow("↑", gettext("Move up"), -1, "data-up");
    order.append(grip, up, arrow("↓", gettext("Move down"), 1, "data-down"));
    cell.append(order);
    row.addEventListener("dragover", event => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const middle = row.getBoundingClientRect().top + row.offsetHeight / 2;
      event.clientY < middle ? row.before(dragged) : row.after(dragged);
    });
  };

  const ask = () => {
    const form = group.closest("form");
    if (!draft || !form) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++asked;
      const body = new FormData(form);
      const answer = await fetch(draft.dataset.address ?? "", { method: "POST", body }).catch(() => null);
      if (!answer || !answer.ok || mine !== asked) return;
      /** @type {{ words: string, remarks: string[] }} */
      const { words, remarks } = await answer.json();
      draft.querySelector("[data-minutes]")?.replaceChildren(words);
      draft.querySelector("[data-remarks]")?.replaceChildren(...remarks.map(remark => {
        const line = document.createElement("li");
        line.textContent = remark;
        return line;
      }));
      draft.classList.toggle("d-note-care", remarks.length > 0);
    }, 500);
  };

  rows().forEach(equip);
  group.addEventListener("input", ask);
  group.addEventListener("change", ({ target }) => {
    const isExercise = /** @type {HTMLInputElement} */ (target).name.endsWith("-exercise");
    if (isExercise) renumber();
    else ask();
  });
  document.addEventListener("formset:added", event => {
    if (/** @type {CustomEvent} */ (event).detail.formsetName !== "prescriptions") return;
    equip(/** @type {HTMLElement} */ (event.target));
    renumber();
  });
});
