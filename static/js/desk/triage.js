// Several rows of the first page may be open at once: sending one of them keeps what stands in the others.
// It lies in this tab only, from the moment of sending until the page is back.

const KEY = "tend-open-rows";
const FIELDS = "textarea, input[type=radio], input[type=checkbox]";
/** @returns {HTMLFormElement[]} */
const forms = () => [...document.querySelectorAll(/** @type {"form"} */ ("main details form"))];

/** The name of a row: its address, and the concern it is about. @param {HTMLFormElement} form */
const nameOf = (form) =>
  `${form.getAttribute("action")} ${/** @type {any} */ (form.querySelector("[name=concern]"))?.value ?? ""}`;

/** @param {any} field */
const isTyped = (field) =>
  field.type === "textarea" ? field.value !== field.defaultValue : field.checked !== field.defaultChecked;

/** What stands in a row, null where nothing was typed. @param {HTMLFormElement} form */
function keep(form) {
  const fields = /** @type {any[]} */ ([...form.querySelectorAll(FIELDS)]);
  return fields.some(isTyped)
    ? fields.map((field) => (field.type === "textarea" ? field.value : field.checked))
    : null;
}

/** @param {HTMLFormElement} form @param {any[]} values */
function bringBack(form, values) {
  const fields = /** @type {any[]} */ ([...form.querySelectorAll(FIELDS)]);
  if (fields.length !== values.length) return;
  fields.forEach((field, number) => {
    if (field.type === "textarea") field.value = values[number];
    else field.checked = values[number];
  });
  form.closest("details")?.setAttribute("open", "");
}

document.addEventListener("submit", ({ target }) => {
  const others = forms().filter((form) => form !== target);
  const kept = others.map((form) => [nameOf(form), keep(form)]).filter(([, values]) => values);
  try {
    if (kept.length) sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // A browser without storage sends the row all the same.
  }
});

try {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  sessionStorage.removeItem(KEY);
  for (const form of forms()) {
    const values = kept[nameOf(form)];
    if (values) bringBack(form, values);
  }
} catch {
  // Nothing was kept.
}
