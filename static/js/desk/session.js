/* A session's exercises: put in order by dragging or by the arrow buttons, and the minutes told while she edits.
   Without this the order is the number in each line, and the minutes are told after saving. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const group = document.getElementById("prescriptions-group");
  if (!group) return;
  const body = group.querySelector("tbody");
  const rows = () => [...body.querySelectorAll("tr.form-row:not(.empty-form)")];
  const told = document.getElementById("d-draft");
  let dragged = null, waiting = null, asked = 0;

  const renumber = () => {
    let number = 0;  // a line without an exercise stays empty, so that it is left out
    rows().forEach(row => {
      const filled = row.querySelector("[name$=-exercise]").value;
      row.querySelector("[name$=-position]").value = filled ? ++number : "";
    });
    ask();
  };
  const move = (row, step) => {
    const all = rows(), other = all[all.indexOf(row) + step];
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    renumber();
    row.querySelector(step < 0 ? "[data-up]" : "[data-down]").focus();
  };
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
    grip.addEventListener("dragstart", event => { dragged = row; event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", ""); row.classList.add("d-dragged"); });
    grip.addEventListener("dragend", () => { row.classList.remove("d-dragged"); dragged = null; renumber(); });
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
    order.append(grip, arrow("↑", gettext("Move up"), -1, "data-up"), arrow("↓", gettext("Move down"), 1, "data-down"));
    cell.append(order);
    row.addEventListener("dragover", event => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const middle = row.getBoundingClientRect().top + row.offsetHeight / 2;
      event.clientY < middle ? row.before(dragged) : row.after(dragged);
    });
  };

  const ask = () => {
    if (!told) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++asked;
      const answer = await fetch(told.dataset.address, { method: "POST", body: new FormData(group.closest("form")) }).catch(() => null);
      if (!answer || !answer.ok || mine !== asked) return;
      const draft = await answer.json();
      told.querySelector("[data-minutes]").textContent = draft.words;
      told.querySelector("[data-remarks]").replaceChildren(...draft.remarks.map(words => {
        const line = document.createElement("li");
        line.textContent = words;
        return line;
      }));
      told.classList.toggle("d-note-care", draft.remarks.length > 0);
    }, 500);
  };

  rows().forEach(equip);
  group.addEventListener("input", ask);
  group.addEventListener("change", event => (event.target.name.endsWith("-exercise") ? renumber() : ask()));
  document.addEventListener("formset:added", event => {
    if (event.detail.formsetName !== "prescriptions") return;
    equip(event.target);
    renumber();
  });
});
