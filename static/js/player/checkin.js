/** A check-in with or without a network: saved once, with the time it was made; a warning sign gets help at once. */
import { keepCheckIn } from "./keep.js";
import { State } from "./outbox.js";

const PATIENCE = 12_000; // milliseconds the site may take to answer
const PATIENCE_FOR_HELP = 4_000; // the same where the answers are an emergency

/**
 * Make `form` safe to send in bad reception, without a sign-in, from an old tab. Until the site has seen the answers,
 * what follows from them is evaluated here.
 * @param {CheckInForm} form
 * @param {CheckInOptions} options
 */
export function mindCheckIn(form, options) {
  let isSending = false;
  let isForSite = false;
  form.addEventListener("submit", async (event) => {
    if (isForSite) return;
    event.preventDefault();
    if (isSending) return; // a second tap is the same check-in
    isSending = true;
    const submitter = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const isDone = await settle(form, submitter, options);
    isSending = false;
    if (isDone) return;
    isForSite = true; // which says what is missing
    form.elements.csrfmiddlewaretoken.value = options.token();
    form.requestSubmit(submitter);
    isForSite = false;
  });
}

/**
 * Send the answers, or keep them and lead on. False where the site finds some missing.
 * @param {CheckInForm} form
 * @param {HTMLButtonElement | null} submitter
 * @param {CheckInOptions} options
 */
async function settle(form, submitter, { store, outbox, evaluate, follow, safety, signIn, incomplete, calls }) {
  form.elements.made_at.value = new Date().toISOString();
  const id = form.elements.client_id.value;
  const message = { url: form.action, form: fieldsOf(form, submitter), title: document.title };
  /** @param {string | null} outcome */
  const keep = (outcome) => keepCheckIn({ store, outbox }, id, message, outcome);
  const isEmergency = Boolean(form.querySelector("[data-emergency] input:checked"));
  if (isEmergency) await keep(null).catch(reportError); // help does not wait for a store that fails
  const signal = AbortSignal.timeout?.(isEmergency ? PATIENCE_FOR_HELP : PATIENCE);
  const { state, response } = await outbox.post(message, { signal });
  if (state === State.SENT && response?.redirected) {
    await outbox.withdraw(id).catch(reportError); // sent again it would be the same check-in
    location.assign(response.url);
    return true;
  }
  if (isEmergency) return help(form, safety);
  if (state === State.REFUSED) return false;
  const outcome = await evaluate(form, message.form);
  if (outcome === "incomplete") return say(form, `${callOf(form, calls)} ${incomplete}`.trim());
  const lead = follow(await keep(outcome), outcome);
  if (hasSign(form)) location.assign(safety);
  else if (state === State.SIGNED_OUT) location.assign(signIn);
  else lead();
  return true;
}

/**
 * Whom to call by the answers given so far: that does not wait for the rest.
 * @type {(form: HTMLFormElement, calls: CheckInOptions["calls"]) => string}
 */
function callOf(form, { now, today }) {
  if (form.querySelector("[data-call=now] input:checked")) return now;
  return form.querySelector("[data-call=today] input:checked") ? today : "";
}

/** Say above the form what keeps it from being saved. @type {(form: HTMLFormElement, words: string) => boolean} */
function say(form, words) {
  const line = document.getElementById("check-in-open") ?? document.createElement("p");
  line.id = "check-in-open";
  line.className = "notice notice-stop";
  line.setAttribute("role", "alert");
  line.textContent = words;
  form.prepend(line);
  line.scrollIntoView({ block: "center" });
  return true;
}

/**
 * Help without the site: the safety page where it is stored on this phone, else the lines of this very page in place of
 * the form.
 * @type {(form: HTMLFormElement, safety: string) => Promise<boolean>}
 */
async function help(form, safety) {
  const stored = navigator.serviceWorker?.controller && (await caches.match(safety).catch(() => null));
  const lines = document.getElementById("help-now");
  if (stored || !lines) location.assign(`${safety}#now`);
  else {
    lines.hidden = false;
    form.replaceWith(lines);
    lines.focus();
    scrollTo(0, 0);
  }
  return true;
}

/**
 * What the form holds, with the button that sent it.
 * @type {(form: HTMLFormElement, submitter: HTMLButtonElement | null) => FormFields}
 */
function fieldsOf(form, submitter) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return submitter?.name ? [...fields, [submitter.name, submitter.value]] : fields;
}

/** Whether a warning sign of any kind is ticked. @param {HTMLFormElement} form */
function hasSign(form) {
  const signs = [...form.querySelectorAll("[data-signs] input:checked")];
  return signs.some((sign) => !sign.closest("[data-none]"));
}
