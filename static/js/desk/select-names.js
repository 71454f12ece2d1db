/* The boxes that Select2 puts in the place of a field say nothing but what is chosen: each gets the words of its label,
   as soon as it is made, which it marks by a class of the field. */
"use strict";
new MutationObserver(changes => {
  for (const { target: field } of changes) {
    if (!(field instanceof HTMLSelectElement) || !field.matches(".select2-hidden-accessible")) continue;
    const label = field.labels?.[0], box = field.parentElement?.querySelector(".select2-selection");
    const chosen = box?.querySelector("[id]"); // a text field to those who cannot see it
    if (!label || !box || !chosen) continue;
    label.id ||= `${field.id}-label`;
    box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
    chosen.setAttribute("aria-labelledby", label.id);
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
