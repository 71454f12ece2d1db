/** A check-in with or without a network: saved once, with the time it was made; a warning sign gets help at once. */

import { textFields } from "./outbox.js";

const PATIENCE = 12_000;

/**
 * Make `form` safe to send in bad reception. `keep(id, url, fields)` stores it until it can be sent, `safety` is the
 * page that helps without a network, `kept()` is called once it is stored. Answers the site has not seen yet close the
 * sessions.
 * @param {CheckInForm} form
 * @param {CheckInOptions} options
 */
export function mindCheckIn(form, { keep, safety, closeSessions, kept }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.elements.made_at.value = new Date().toISOString();
    const answer = navigator.onLine ? await sent(form) : null;
    if (answer?.redirected) return location.assign(answer.url);
    if (answer) return form.submit(); // the site says what is missing
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    await keep(form.elements.client_id.value, form.action, fields);
    await closeSessions();
    if (form.querySelector("[data-emergency] input:checked")) return location.assign(`${safety}#now`);
    if (hasSign(form)) return location.assign(safety);
    kept();
  });
}

/** Whether a warning sign of any kind is ticked. @param {HTMLFormElement} form */
function hasSign(form) {
  const signs = [...form.querySelectorAll("[data-signs] input:checked")];
  return signs.some((sign) => !sign.closest("[data-none]"));
}

/** The site's answer; null without a network. @type {(form: HTMLFormElement) => Promise<Response | null>} */
async function sent(form) {
  const body = new URLSearchParams(textFields([...new FormData(form)]));
  const signal = AbortSignal.timeout?.(PATIENCE);
  return fetch(form.action, { method: "POST", body, signal }).catch(() => null);
}
