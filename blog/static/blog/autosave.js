// Stores what the therapist types on the server, a few seconds after the last key, until it is saved.
const QUIET_MS = 3000;
/** @type {HTMLElement | null} */
const state = document.querySelector("[data-autosave]");
/** @type {HTMLFormElement | null} */
const form = document.querySelector("#article_form, #page_form");

if (state && form) {
  const elements = /** @type {Record<string, any>} */ (form.elements);
  /** @type {HTMLInputElement[]} */
  const fields = ["title", "summary", "body"].map((name) => elements[name]);
  const words = () => fields.map((field) => field.value);
  let kept = words().join("\n");
  let timer = 0;

  const keep = async () => {
    const now = words();
    if (now.join("\n") === kept) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", elements.csrfmiddlewaretoken.value);
    fields.forEach((field, index) => data.set(field.name, now[index]));
    try {
      const response = await fetch(state.dataset.autosave ?? "", { method: "POST", body: data });
      if (!response.ok) throw new Error(response.statusText);
      kept = now.join("\n");
      state.textContent = state.dataset.saved ?? "";
    } catch {
      state.textContent = state.dataset.failed ?? "";
      timer = setTimeout(keep, QUIET_MS * 5);
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET_MS);
  };
  for (const event of ["input", "change", "keyup"]) form.addEventListener(event, later);
  form.addEventListener("submit", () => clearTimeout(timer));
}
