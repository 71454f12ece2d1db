// Small helps for the check-in; it works without them. "None of these" and a sign never stand together.
for (const list of document.querySelectorAll("[data-signs]")) {
  const none = list.querySelector("[data-none] input");
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = list.querySelectorAll("input");
  list.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.type !== "checkbox" || !target.checked) return;
    for (const box of boxes) {
      if (box !== target && (target === none || box === none)) box.checked = false;
    }
    const details = list.querySelector("details");
    if (target === none && details) details.open = false;
  });
}
