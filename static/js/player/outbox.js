/**
 * What waits on this phone to be sent. A letter is {account, url, body}, or {account, url, form} with a form's fields:
 * both carry an id made here, so it may arrive ten times and counts once. It is sealed while it waits and gone once
 * the site has it.
 */
const PREFIX = "letter:";
const PAUSES = [5, 15, 60, 300]; // seconds between tries
const KEPT_DAYS = 60;

/** How things stand: everything sent, something waits for the network, for a sign-in, or was not taken. */
export const State = { SENT: "sent", WAITING: "waiting", SIGNED_OUT: "signed_out", REFUSED: "refused" };

/**
 * The post of one account. `token()` gives the page's CSRF token, `freshToken()` asks the site for a new one
 * ("" for one who is not signed in, null without a network);
 * `onSent(id, reply)` and `onState(state, count)` tell what happened.
 */
export function openOutbox(store, account, { token, freshToken, onSent = () => {}, onState = () => {} }) {
  let running = null;
  let again = false;
  let tries = 0;
  let timer = 0;

  /** Keep a letter; it goes out with the next `send`. A later body under the same id takes its place. */
  async function write(id, url, content) {
    const letter = { account, url, ...content, writtenAt: Date.now(), version: crypto.randomUUID() };
    await store.update(PREFIX + id, () => letter); // never between a reply's look at the older one and its removal
  }

  /** Send what waits. Resolves when nothing more can be done now. */
  function send() {
    again = true;
    running ??= rounds().finally(() => (running = null));
    return running;
  }

  /** Send now, and again whenever the network or the page comes back. */
  function keepSending() {
    addEventListener("online", retry);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && retry());
    return send();
  }

  function retry() {
    tries = 0;
    send();
  }

  async function rounds() {
    while (again) {
      again = false;
      const [state, waiting] = await round();
      if (!again) onState(state, waiting);
    }
  }

  async function round() {
    clearTimeout(timer);
    let state = State.SENT;
    let waiting = 0;
    for (const name of await namesOf(store)) {
      const letter = await store.get(name);
      if (!letter || letter.account !== account) continue;
      const result = state === State.WAITING || state === State.SIGNED_OUT ? state : await deliver(name, letter);
      if (result !== State.SENT) {
        waiting += 1;
        state = result;
      }
    }
    if (state === State.WAITING) timer = setTimeout(send, 1000 * PAUSES[Math.min(tries++, PAUSES.length - 1)]);
    else tries = 0;
    return [state, waiting];
  }

  async function deliver(name, letter) {
    let response = await carry(letter, token() || (await freshToken()));
    if (response?.status === 403) response = await carry(letter, await freshToken());
    if (!response || response.status >= 500 || response.status === 429) return State.WAITING;
    if (isSignIn(response)) return State.SIGNED_OUT;
    if (!response.ok) return State.REFUSED;
    const reply = await response.json().catch(() => ({}));
    await store.update(name, (kept) => (kept?.version === letter.version ? undefined : kept));
    onSent(name.slice(PREFIX.length), reply);
    return State.SENT;
  }

  return { write, send, keepSending };
}

/** Remove letters nobody came back for. */
export async function clearOld(store, now) {
  for (const name of await namesOf(store)) {
    const letter = await store.get(name);
    if (!letter || now - letter.writtenAt > KEPT_DAYS * 86_400_000) await store.remove(name);
  }
}

/** Whether a letter with this id still waits. */
export const waits = async (store, id) => (await store.names()).includes(PREFIX + id);

const namesOf = async (store) => (await store.names()).filter((name) => name.startsWith(PREFIX));

/** The answer, or null when the network gave none. A form is answered by the page it leads to. */
async function carry({ url, body, form }, token) {
  if (token === null) return null;
  if (!token) return { status: 401 };
  const how = form
    ? { method: "POST", body: new URLSearchParams(form) }
    : { method: "PUT", body: JSON.stringify(body), redirect: "manual" };
  const headers = { "X-CSRFToken": token, ...(body && { "Content-Type": "application/json" }) };
  return fetch(url, { ...how, headers, keepalive: true }).catch(() => null);
}

/** Whether the site asks her to sign in, or does not know this page's token any more. */
function isSignIn(response) {
  const asked = response.redirected && new URL(response.url).pathname.startsWith("/accounts/");
  return response.type === "opaqueredirect" || response.status === 401 || response.status === 403 || asked;
}
