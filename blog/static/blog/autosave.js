// Keeps what the therapist types on the server, a few seconds after she stops, until she saves.
const QUIET_MS = 3000;
const state = document.querySelector("[data-autosave]");
const form = document.querySelector("#article_form");

if (state && form) {
  const fields = ["title", "summary", "body"].map((name) => form.elements[name]);
  const words = () => fields.map((field) => field.value);
  let kept = words().join("\n");
  let timer;

  const keep = async () => {
    const now = words();
    if (now.join("\n") === kept) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    fields.forEach((field, index) => data.set(field.name, now[index]));
    try {
      const response = await fetch(state.dataset.autosave, { method: "POST", body: data });
      if (!response.ok) throw new Error(response.status);
      kept = now.join("\n");
      state.textContent = state.dataset.saved;
    } catch {
      state.textContent = state.dataset.failed;
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
