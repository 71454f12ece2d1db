/**
 * The outbox: what waits on this phone to be sent. Every message carries an id made here, so sending is idempotent.
 * It is encrypted while it waits and removed once the site has it.
 */

// Stored on phones under this name since the first release: another one would lose what waits there.
const PREFIX = "letter:";
const PAUSES = [5, 15, 60, 300]; // seconds between tries
const KEPT_DAYS = 60;
const ONE_CLOCK = 12 * 3_600_000; // messages with less between them are by one clock: a check-in is good for as long

/**
 * Everything sent, something waits for the network, for a sign-in, or was refused.
 * @type {Record<string, DeliveryState>}
 */
export const State = { SENT: "sent", WAITING: "waiting", SIGNED_OUT: "signed_out", REFUSED: "refused" };

/**
 * The outbox of one account. `token()` gives the page's CSRF token, `freshToken()` asks the site for a new one,
 * `sendLater()` has the browser send without a page what waits for the network.
 * @param {Store} store
 * @param {string} account
 * @param {Tokens & { sendLater?: () => unknown, onSent?: SentHandler, onState?: StateHandler }} site
 * @returns {Outbox}
 */
export function openOutbox(store, account, { token, freshToken, sendLater, onSent = () => {}, onState = () => {} }) {
  /** @type {Promise<void> | null} */
  let running = null;
  let again = false;
  let tries = 0;
  let timer = 0;

  /**
   * A message to `url`, to be stored under `messageName(id)`; it goes out with the next `send`. A later one under the
   * same id takes its place. By `update` or `updateAll`: never between a reply's look at the older one and its removal.
   * @type {Outbox["compose"]}
   */
  function compose(url, content) {
    return { account, url, ...content, writtenAt: Date.now(), version: crypto.randomUUID() };
  }

  /** Take a message back. @type {Outbox["withdraw"]} */
  async function withdraw(id) {
    await store.update(messageName(id), () => undefined);
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

  /** @returns {Promise<[DeliveryState, Message[]]>} */
  async function round() {
    clearTimeout(timer);
    let state = State.SENT;
    let isSent = false;
    let isOver = false; // no network, or nobody signed in: the other messages would fare no better
    const waiting = [];
    const mine = (await messagesOf(store)).filter(([, message]) => message.account === account);
    for (const [name, message] of mine) {
      /** @type {Pick<Attempt, "state"> & Partial<Attempt>} */
      const result = isOver ? { state } : await deliver(name, message, lastWritten(mine, message));
      if (result.state === State.SENT) {
        isSent = true;
        continue;
      }
      waiting.push(message);
      isOver ||= !result.response || result.state === State.SIGNED_OUT;
      if (state !== State.WAITING) state = result.state;
    }
    if (store.isLost && !isSent) state = State.WAITING; // what it holds cannot be read now
    if (state === State.WAITING) {
      timer = setTimeout(send, 1000 * PAUSES[Math.min(tries++, PAUSES.length - 1)]);
      sendLater?.();
    } else tries = 0;
    return [state, waiting];
  }

  /** @type {(name: string, message: Message, notBefore: number) => Promise<Attempt>} */
  async function deliver(name, message, notBefore) {
    const attempt = await post(message, { notBefore });
    if (attempt.state !== State.SENT || !attempt.response) return attempt;
    const reply = message.form ? { url: attempt.response.url } : await attempt.response.json().catch(() => ({}));
    await store.update(name, (kept) => (kept?.version === message.version ? undefined : kept));
    onSent(name.slice(PREFIX.length), reply);
    return attempt;
  }

  /** Send one message, stored or not, with a new token where the page's own is too old. @type {Outbox["post"]} */
  async function post(message, options = {}) {
    let response = await request(message, token() || (await freshToken()), options);
    if (response?.status === 403) response = await request(message, await freshToken(), options);
    return { response, state: stateOf(response) };
  }

  return { compose, withdraw, send, keepSending, post };
}

/** The name under which the message `id` is stored. @param {string} id */
export const messageName = (id) => PREFIX + id;

/**
 * The messages that wait, of all accounts, with their names in the store, in the order they were written: a session is
 * judged by the check-in before it, which must be there first.
 * @type {(store: Store) => Promise<[string, Message][]>}
 */
export async function messagesOf(store) {
  /** @type {[string, Message][]} */
  const found = [];
  for (const name of await store.names()) {
    const message = name.startsWith(PREFIX) && (await store.get(name));
    if (message) found.push([name, message]);
  }
  return byOneClock(found).sort(([, one], [, other]) => one.writtenAt - other.writtenAt);
}

/**
 * The same, where a clock set back after a check-in makes it seem later than the session it opened: it counts as
 * written right before that.
 * @param {[string, Message][]} messages
 * @returns {[string, Message][]}
 */
function byOneClock(messages) {
  /** @type {Map<string, number>} */
  const opened = new Map();
  for (const [, { body, writtenAt }] of messages) {
    const name = messageName(body?.check_in ?? "");
    opened.set(name, Math.min(writtenAt - 1, opened.get(name) ?? Infinity));
  }
  return messages.map(([name, message]) => {
    const writtenAt = Math.min(message.writtenAt, opened.get(name) ?? Infinity);
    return [name, { ...message, writtenAt }];
  });
}

/**
 * Remove messages of other accounts that nobody came back for. Those of `account` stay until they are sent: only the
 * phone's own clock says how old they are.
 * @type {(store: Store, account: string, now: number) => Promise<void>}
 */
export async function clearOld(store, account, now) {
  for (const [name, message] of await messagesOf(store)) {
    const isOld = now - message.writtenAt > KEPT_DAYS * 86_400_000;
    if (isOld && message.account !== account) await store.remove(name);
  }
}

/**
 * When the clock that wrote `message` was last read, as far as those that wait tell. They are in the order of writing.
 * @type {(waiting: [string, Message][], message: Message) => number}
 */
function lastWritten(waiting, message) {
  let last = message.writtenAt;
  for (const [, { writtenAt }] of waiting) {
    if (writtenAt > last && writtenAt - last < ONE_CLOCK) last = writtenAt;
  }
  return last;
}

/** Whether a message with this id still waits. @type {(store: Store, id: string) => Promise<boolean>} */
export const waits = async (store, id) => (await store.names()).includes(messageName(id));

/**
 * What the site's response, or null without a network, means for a message.
 * @type {(response: Response | null) => DeliveryState}
 */
function stateOf(response) {
  if (!response || response.status >= 500 || response.status === 429) return State.WAITING;
  if (isSignIn(response)) return State.SIGNED_OUT;
  return response.ok ? State.SENT : State.REFUSED;
}

/**
 * The response, or null without a network. A form is answered by the page it leads to. The phone's time of sending goes
 * along, so that the site can tell how wrong its clock is: not before the last that was written by this clock, for a network may
 * set it back to the right time just when all that was told by the wrong one is sent.
 * @param {Pick<Message, "url" | "body" | "form">} message
 * @param {string | null} token
 * @param {PostOptions} options
 * @returns {Promise<Response | null>}
 */
async function request({ url, body, form }, token, { signal, notBefore = 0 }) {
  if (token === null) return null;
  if (!token) return new Response(null, { status: 401 });
  /** @type {RequestInit} */
  const how = form
    ? { method: "POST", body: new URLSearchParams(textFields(form)) }
    : { method: "PUT", body: JSON.stringify(body), redirect: "manual" };
  const headers = {
    "X-CSRFToken": token,
    "X-Sent-At": new Date(Math.max(Date.now(), notBefore)).toISOString(),
    ...(body && { "Content-Type": "application/json" }),
  };
  try {
    const response = await fetch(url, { ...how, headers, signal, keepalive: true });
    if (form) await response.text(); // a page nobody reads, to its end: only then the request is over
    return response;
  } catch {
    return null;
  }
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
