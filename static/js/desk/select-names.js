/* The boxes that Select2 puts in the place of a field say nothing but what is chosen: each gets the words of its label. */
"use strict";
{
  /** @param {ParentNode} place */
  const name = place => {
    /** @type {NodeListOf<HTMLSelectElement>} */
    const fields = place.querySelectorAll("select.select2-hidden-accessible");
    fields.forEach(field => {
      const label = field.labels?.[0], box = field.parentElement?.querySelector(".select2-selection");
      const chosen = box?.querySelector("[id]"); // a text field to those who cannot see it
      if (!label || !box || !chosen) return;
      label.id ||= `${field.id}-label`;
      box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      chosen.setAttribute("aria-labelledby", label.id);
    });
  };
  /** @type {any} */ (window).django.jQuery(() => name(document)); // after Django's own, which makes the boxes
  document.addEventListener("formset:added", ({ target }) => {
    if (target instanceof Element) window.setTimeout(() => name(target));
  });
}
