/** A check-in with or without a network: it arrives once, with the time it was made; a warning sign gets help at once. */

const PATIENCE = 12_000;

/**
 * Make `form` safe to send in bad reception. `keep(id, url, fields)` seals it until it can be sent, `safety` is the
 * page that helps without a network, `kept(message)` tells her. Answers nobody can weigh yet close the sessions.
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

/** A warning sign of any kind is ticked. */
function hasSign(form) {
  const signs = [...form.querySelectorAll("[data-signs] input:checked")];
  return signs.some((sign) => !sign.closest("[data-none]"));
}

/** The site's answer; null without a network. */
async function sent(form) {
  const body = new URLSearchParams(new FormData(form));
  const signal = AbortSignal.timeout?.(PATIENCE);
  return fetch(form.action, { method: "POST", body, signal }).catch(() => null);
}
