// Small helps for the check-in; it works without them. "None of these" and a sign never stand together.
for (const list of document.querySelectorAll("[data-signs]")) {
  const none = list.querySelector("[data-none] input");
  list.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    for (const box of list.querySelectorAll("input:checked")) {
      if (box !== target && (target === none || box === none)) box.checked = false;
    }
    if (target === none) list.querySelector("details").open = false;
  });
}
