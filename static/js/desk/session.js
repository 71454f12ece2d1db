/* A session's exercises: ordered by dragging or by the arrow buttons, each number by a thumb; an exercise brings its dose,
   and the minutes are shown while they are edited. Without this the order is the number on each card, the dose comes with
   saving, and so do the minutes. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const group = document.getElementById("prescriptions-group");
  if (!group) return;
  const rows = () => {
    /** @type {NodeListOf<HTMLElement>} */
    const found = group.querySelectorAll(".inline-related:not(.empty-form)");
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
    const cell = row.querySelector("[data-order]");
    if (!cell || cell.querySelector(".d-order")) return;
    row.querySelectorAll("input[type=number]").forEach(field => {
      if (field instanceof HTMLInputElement && !field.name.endsWith("-position")) addSteps(field);
    });
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

  /** Put a button for less before a number, and one for more behind it. @param {HTMLInputElement} field */
  const addSteps = field => {
    if (field.parentElement?.classList.contains("d-stepper")) return;
    const words = field.labels?.[0]?.textContent?.trim() ?? "";
    const box = document.createElement("span");
    box.className = "d-stepper";
    field.replaceWith(box);
    box.append(field);
    /** @type {(sign: string, what: string, by: number) => HTMLButtonElement} */
    const step = (sign, what, by) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "d-mini";
      made.textContent = sign;
      made.setAttribute("aria-label", `${words}: ${what}`);
      made.addEventListener("click", () => {
        field.value = String(Math.max(0, Number(field.value || 0) + by));
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return made;
    };
    const by = field.name.includes("seconds") && !/lift|hold|lower|relax/.test(field.name) ? 5 : 1;
    box.prepend(step("−", gettext("less"), -by));
    box.append(step("+", gettext("more"), by));
  };

  /** @type {Record<string, Record<string, number | null>>} */
  const doses = JSON.parse(document.getElementById("d-doses")?.textContent || "{}") ?? {};
  /** Fill in the dose that the chosen exercise brings. @param {HTMLElement} row @param {string} chosen */
  const bringDose = (row, chosen) => {
    for (const [name, value] of Object.entries(doses[chosen] ?? {})) {
      const field = fieldOf(row, name);
      if (field) field.value = value === null ? "" : String(value);
    }
  };
  /** Write on a closed card what is chosen in it. @param {HTMLElement} row */
  const name = row => {
    /** @type {HTMLSelectElement | null} */
    const chosen = row.querySelector("select[name$=-exercise]");
    const words = row.querySelector("[data-name]"), dose = row.querySelector("[data-dose]");
    /** @param {string} field */
    const value = field => fieldOf(row, field)?.value ?? "";
    if (words && chosen?.value) words.textContent = chosen.selectedOptions[0].textContent;
    if (dose) dose.textContent = `${value("sets")} × ${value("reps")}${value("seconds") && `${value("seconds")} s`}`;
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
  const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const card = named && group.contains(named) ? named.querySelector("details") : null;
  if (card) card.open = true;  // a remark led to this exercise
  group.addEventListener("input", ({ target }) => {
    const row = rows().find(one => target instanceof Node && one.contains(target));
    if (row) name(row);
    ask();
  });
  group.addEventListener("change", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    const row = rows().find(one => one.contains(field));
    if (!row || !field.name.endsWith("-exercise")) return ask();
    row.querySelectorAll(".d-ex-figure").forEach(figure => figure.remove());
    bringDose(row, field.value);
    name(row);
    renumber();
  });
  document.addEventListener("formset:added", event => {
    if (/** @type {CustomEvent} */ (event).detail.formsetName !== "prescriptions") return;
    const row = /** @type {HTMLElement} */ (event.target);
    row.querySelectorAll(".d-stepper").forEach(box => box.replaceWith(...box.querySelectorAll("input")));
    equip(row);
    renumber();
  });
});
