// Keeps every tap of the screening at once, so that closing the tab loses nothing, and shows who to call the moment a
// sign of an emergency is ticked. The form works without it.
//
// What was sent at a tap must not arrive after the whole form: it does not know of the ticks that came later, and would
// take them back. So the form waits for it, and the button that was pressed shows that it does.
import { parse } from "./player/trusted.js";

/** @type {NodeListOf<HTMLFormElement>} */
const answerForms = document.querySelectorAll("form[data-keep-answers]");

const PATIENCE = 5000; // milliseconds the form waits at most
const PATIENCE_FOR_HELP = 1000; // whoever asks for help must not wait for what she said before

/** @type {Set<Promise<Response | null>>} */
const underWay = new Set();

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
    // Without a network the button at the end sends the same answers.
    const sent = fetch(location.pathname, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Keep-Only": "1" },
      keepalive: true,
    }).catch(() => null);
    underWay.add(sent);
    const answer = await sent;
    underWay.delete(sent);
    if (answer?.status !== 200 || !help) return;
    help.replaceChildren(...parse(await answer.text(), "text/html").body.childNodes);
    if (!tapped.closest(".choice-urgent")) return;
    tapped.closest("fieldset")?.after(help);
    help.scrollIntoView({ block: "center" });
  });
  /** @type {HTMLButtonElement | null | undefined} */
  let pressed; // last, while the form waits: whoever asks for help meanwhile must not be led on instead
  form.addEventListener("submit", async (event) => {
    if (!underWay.size) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (pressed === button) return;
    pressed?.removeAttribute("aria-busy");
    pressed = button;
    button?.setAttribute("aria-busy", "true");
    await inTime(Promise.all(underWay), button?.value === "help" ? PATIENCE_FOR_HELP : PATIENCE);
    if (pressed !== button) return;
    button?.removeAttribute("aria-busy");
    underWay.clear();
    form.requestSubmit(button);
  });
}

/** Waits for a promise, no longer than so many milliseconds. */
function inTime(/** @type {Promise<unknown>} */ promise, /** @type {number} */ most) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, most))]);
}
