/** What the pages know of the site: the account, its token, and what is stored of it on this phone. */
import { afterCheck } from "./doors.js";
import { messagesOf } from "./outbox.js";
import { scriptAt } from "./trusted.js";

const FIGURES = "figures";
const SYNC_TAG = "outbox"; // as the service worker knows it
const PAGES_FRESH = 12 * 3_600_000;

/**
 * The site as `outbox.js` and the pages need it; `kept` is the address of what this phone stores.
 * @param {{ account: string, kept: string }} page
 * @param {Store} store
 * @returns {Site}
 */
export function makeSite({ account, kept }, store) {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
  let token = field?.value ?? "";

  /**
   * Ask what the member may do now and store it, encrypted, with its figures. Browsers may cache nothing of it, so the
   * fingerprint of what is stored is sent by hand: where nothing has changed, the site answers without a body.
   */
  async function refresh() {
    /** @type {Kept | undefined} */
    const last = await store.get("kept");
    const headers = { Accept: "application/json", ...(last?.etag && { "If-None-Match": last.etag }) };
    const answer = await fetch(kept, { redirect: "manual", headers }).catch(() => null);
    token = answer?.headers.get("X-CSRFToken") ?? token;
    if (last && answer?.status === 304) return stillAs(last);
    if (!answer?.ok) return answer && false;
    const found = await answer.json();
    const before = await store.get("kept");
    const mine = before?.account === found.account ? before : undefined;
    const pages = await pagesOf(found.pages, mine);
    const { account, sessions, check } = found;
    const isWhole = found.pages.every((/** @type {string} */ address) => address in pages.pages);
    const etag = (isWhole && answer.headers.get("ETag")) || undefined;
    const fresh = { account, sessions, check, etag, keptAt: Date.now(), ...pages };
    const isUnseen = (await messagesOf(store)).some(([, message]) => message.form && message.account === account);
    await store.put("kept", isUnseen ? afterCheck(fresh, null, fresh.keptAt) : fresh); // a check-in still waits here
    await keepFigures(sessions);
    return true;
  }

  /** Note that what is stored is as the site has it. @param {Kept} last */
  async function stillAs(last) {
    const seen = { ...(await pagesOf(Object.keys(last.pages), last)), keptAt: Date.now() };
    await store.update("kept", (/** @type {Kept | undefined} */ now) => (now?.etag === last.etag ? { ...now, ...seen } : now));
    await keepFigures(last.sessions);
    return true;
  }

  /** @param {SessionData[]} sessions */
  async function keepFigures(sessions) {
    if (!window.caches) return;
    const exercises = sessions.flatMap((one) => Object.values(one.exercises));
    /** @type {(exercise: Exercise) => string[]} */
    const pictures = ({ figure, still, photo }) => [figure, still, ...(photo ? [photo] : [])].filter(Boolean);
    /** @type {(one: { voice?: string, opening?: string, closing?: string }) => (string | undefined)[]} */
    const voices = ({ voice, opening, closing }) => [voice, opening, closing];
    const spoken = [...exercises, ...sessions].flatMap(voices).filter((address) => address !== undefined);
    const wanted = new Set([...exercises.flatMap(pictures), ...spoken]);
    const cache = await caches.open(FIGURES);
    for (const request of await cache.keys()) {
      if (!wanted.delete(new URL(request.url).pathname)) await cache.delete(request);
    }
    // A picture that does not come is asked for again with the next refresh; the session runs without it.
    await Promise.all([...wanted].map((address) => cache.add(address).catch(() => {})));
  }

  return {
    account,
    token: () => token,
    freshToken: async () => {
      const answer = await refresh();
      return answer ? token : answer === false ? "" : null;
    },
    refresh,
    sendLater,
  };
}

/**
 * The check-in pages, as they came, to be opened without a network; fetched anew twice a day.
 * @type {(addresses: string[], before: StoredPages | undefined) => Promise<StoredPages>}
 */
async function pagesOf(addresses, before) {
  const known = before?.pages ?? {};
  const isFresh = before && Date.now() - before.pagesAt < PAGES_FRESH;
  if (isFresh && addresses.every((address) => address in known)) return { pages: known, pagesAt: before.pagesAt };
  /** @type {Record<string, string>} */
  const pages = {};
  for (const address of addresses) {
    const answer = await fetch(address, { redirect: "error" }).catch(() => null);
    if (answer?.ok) pages[address] = await answer.text();
  }
  return { pages, pagesAt: Date.now() };
}

/**
 * Register the service worker. False where the browser has none: then nothing stored could be shown. As a module it
 * also sends the outbox; browsers without module workers get it as a plain script, and their pages send.
 * @param {string} address
 */
export async function registerWorker(address) {
  const workers = navigator.serviceWorker;
  if (!workers) return false;
  const asModule = workers.register(scriptAt(`${address}?module`), { type: "module" });
  const registered = await asModule.catch(() => workers.register(scriptAt(address))).catch(() => null);
  return Boolean(registered);
}

/** Have the browser send what waits once there is a network, even without a page, where it can. */
async function sendLater() {
  const registration = /** @type {any} */ (await navigator.serviceWorker?.getRegistration());
  await registration?.sync?.register(SYNC_TAG).catch(() => {}); // refused by the browser's settings: the next page sends
}
