/* Lists of texts in a form: a line can be added, taken away and moved. Without this the form offers two empty lines. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-lines]").forEach(list => {
    list.querySelectorAll(".d-line").forEach(equip);
    const more = button("+", gettext("Add a line"), () => {
      const line = list.querySelector(".d-line").cloneNode(true);
      line.querySelectorAll(".d-line-tools").forEach(tools => tools.remove());
      line.querySelectorAll("textarea, select").forEach(field => { field.value = ""; field.removeAttribute("id"); });
      list.insertBefore(line, more);
      equip(line);
      line.querySelector("textarea").focus();
    });
    list.append(more);
  });
});

function equip(line) {
  const tools = document.createElement("span");
  tools.className = "d-line-tools";
  const move = step => () => {
    const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other || !other.classList.contains("d-line")) return;
    step < 0 ? other.before(line) : other.after(line);
    tools.children[step < 0 ? 0 : 1].focus();
  };
  tools.append(
    button("↑", gettext("Move up"), move(-1)),
    button("↓", gettext("Move down"), move(1)),
    button("×", gettext("Take away"), () => {
      line.querySelectorAll("textarea, select").forEach(field => { field.value = ""; });
      if (line.parentElement.querySelectorAll(".d-line").length > 1) line.remove();
    }),
  );
  line.append(tools);
}

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
