/**
 * The outbox: what waits on this phone to be sent. Every message carries an id made here, so sending is idempotent.
 * It is encrypted while it waits and removed once the site has it.
 */

// Stored on phones under this name since the first release: another one would lose what waits there.
const PREFIX = "letter:";
const PAUSES = [5, 15, 60, 300]; // seconds between tries
const KEPT_DAYS = 60;

/**
 * Everything sent, something waits for the network, for a sign-in, or was refused.
 * @type {Record<string, DeliveryState>}
 */
export const State = { SENT: "sent", WAITING: "waiting", SIGNED_OUT: "signed_out", REFUSED: "refused" };

/**
 * The outbox of one account. `token()` gives the page's CSRF token, `freshToken()` asks the site for a new one.
 * @param {Store} store
 * @param {string} account
 * @param {Tokens & { onSent?: SentHandler, onState?: StateHandler }} site
 * @returns {Outbox}
 */
export function openOutbox(store, account, { token, freshToken, onSent = () => {}, onState = () => {} }) {
  /** @type {Promise<void> | null} */
  let running = null;
  let again = false;
  let tries = 0;
  let timer = 0;

  /**
   * Store a message; it goes out with the next `send`. A later one under the same id takes its place.
   * @type {Outbox["write"]}
   */
  async function write(id, url, content) {
    const message = { account, url, ...content, writtenAt: Date.now(), version: crypto.randomUUID() };
    await store.update(PREFIX + id, () => message); // never between a reply's look at the older one and its removal
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

  /** @returns {Promise<[DeliveryState, number]>} */
  async function round() {
    clearTimeout(timer);
    let state = State.SENT;
    let waiting = 0;
    for (const name of await namesOf(store)) {
      const message = await store.get(name);
      if (!message || message.account !== account) continue;
      const result = state === State.WAITING || state === State.SIGNED_OUT ? state : await deliver(name, message);
      if (result !== State.SENT) {
        waiting += 1;
        state = result;
      }
    }
    if (state === State.WAITING) timer = setTimeout(send, 1000 * PAUSES[Math.min(tries++, PAUSES.length - 1)]);
    else tries = 0;
    return [state, waiting];
  }

  /** @type {(name: string, message: Message) => Promise<DeliveryState>} */
  async function deliver(name, message) {
    let response = await request(message, token() || (await freshToken()));
    if (response?.status === 403) response = await request(message, await freshToken());
    if (!response || response.status >= 500 || response.status === 429) return State.WAITING;
    if (isSignIn(response)) return State.SIGNED_OUT;
    if (!response.ok) return State.REFUSED;
    const reply = await response.json().catch(() => ({}));
    await store.update(name, (kept) => (kept?.version === message.version ? undefined : kept));
    onSent(name.slice(PREFIX.length), reply);
    return State.SENT;
  }

  return { write, send, keepSending };
}

/** Remove messages nobody came back for. @type {(store: Store, now: number) => Promise<void>} */
export async function clearOld(store, now) {
  for (const name of await namesOf(store)) {
    const message = await store.get(name);
    if (!message || now - message.writtenAt > KEPT_DAYS * 86_400_000) await store.remove(name);
  }
}

/** Whether a message with this id still waits. @type {(store: Store, id: string) => Promise<boolean>} */
export const waits = async (store, id) => (await store.names()).includes(PREFIX + id);

/** @type {(store: Store) => Promise<string[]>} */
const namesOf = async (store) => (await store.names()).filter((name) => name.startsWith(PREFIX));

/**
 * The response, or null without a network. A form is answered by the page it leads to.
 * @param {Message} message
 * @param {string | null} token
 * @returns {Promise<Response | null>}
 */
async function request({ url, body, form }, token) {
  if (token === null) return null;
  if (!token) return new Response(null, { status: 401 });
  /** @type {RequestInit} */
  const how = form
    ? { method: "POST", body: new URLSearchParams(textFields(form)) }
    : { method: "PUT", body: JSON.stringify(body), redirect: "manual" };
  const headers = { "X-CSRFToken": token, ...(body && { "Content-Type": "application/json" }) };
  return fetch(url, { ...how, headers, keepalive: true }).catch(() => null);
}

/**
 * A form's fields as text; the check-in has no files.
 * @param {FormFields} fields
 * @returns {[string, string][]}
 */
export const textFields = (fields) => fields.map(([name, value]) => [name, String(value)]);

/**
 * Whether the site asks for a sign-in, or does not know this page's token any more.
 * @type {(response: Response) => boolean}
 */
function isSignIn(response) {
  const asked = response.redirected && new URL(response.url).pathname.startsWith("/accounts/");
  return response.type === "opaqueredirect" || response.status === 401 || response.status === 403 || asked;
}
