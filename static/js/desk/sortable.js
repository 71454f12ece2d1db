// Rows of a formset that can be dragged into another order, by mouse or finger. The number field of each row holds its
// place, so that the same can be done without JavaScript and by keyboard.

for (const list of document.querySelectorAll("[data-sortable]")) {
  for (const row of /** @type {HTMLCollectionOf<HTMLElement>} */ (list.children)) {
    const handle = /** @type {HTMLElement} */ (row.querySelector(".d-handle"));
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      row.dataset.dragged = "";
    });
    document.addEventListener("pointermove", (event) => {
      if ("dragged" in row.dataset) moveTo(row, event.clientY);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => {
        if (!("dragged" in row.dataset)) return;
        delete row.dataset.dragged;
        number(list);
      });
    }
  }
}

/** Move a row before or after the one at this height of the window. @param {HTMLElement} row @param {number} y */
function moveTo(row, y) {
  for (const other of row.parentElement?.children ?? []) {
    const { top, bottom } = other.getBoundingClientRect();
    if (other === row || y < top || y > bottom) continue;
    other[y < (top + bottom) / 2 ? "before" : "after"](row);
    return;
  }
}

/** Write each row's place into its number field; a row that is not filled in stays without. @param {Element} list */
function number(list) {
  let place = 0;
  for (const row of list.children) {
    /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */
    const choices = row.querySelectorAll("input[type=text], select[name$=leads_to]");
    const field = /** @type {HTMLInputElement} */ (row.querySelector("input[name$=-ORDER]"));
    field.value = !choices.length || [...choices].some((one) => one.value) ? String(++place) : "";
  }
}
