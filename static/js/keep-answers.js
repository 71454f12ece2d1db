// Keeps every tap of the screening at once, so that closing the tab loses nothing, and shows who to call the moment a
// sign of an emergency is ticked. The form works without it.
import { parse } from "./player/trusted.js";

/** @type {NodeListOf<HTMLFormElement>} */
const answerForms = document.querySelectorAll("form[data-keep-answers]");

// A page that answers a form would be sent again on the way back to it.
history.replaceState(null, "", location.href);

/** "None of these" stands alone: it takes the other ticks of its question back, and they take it back. */
function standAlone(/** @type {HTMLInputElement} */ ticked) {
  if (ticked.type !== "checkbox" || !ticked.checked) return;
  /** @type {NodeListOf<HTMLInputElement>} */
  const others = document.querySelectorAll(`input[name="${ticked.name}"]`);
  for (const other of others) {
    if (other !== ticked && (ticked.value === "none" || other.value === "none")) other.checked = false;
  }
}

for (const form of answerForms) {
  const help = form.querySelector("[data-help-at-once]");
  form.addEventListener("change", async (event) => {
    const tapped = /** @type {HTMLInputElement} */ (event.target);
    standAlone(tapped);
    const sent = fetch(location.pathname, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Keep-Only": "1" },
      keepalive: true,
    });
    const answer = await sent.catch(() => null); // Without a network the button at the end sends the same answers.
    if (answer?.status !== 200 || !help) return;
    help.replaceChildren(...parse(await answer.text(), "text/html").body.childNodes);
    if (!tapped.closest(".choice-urgent")) return;
    tapped.closest("fieldset")?.after(help);
    help.scrollIntoView({ block: "center" });
  });
}
