/** What the pages know of the site: the account, its token, and what is stored of it on this phone. */

const FIGURES = "figures";
const FRESH_HOURS = 24;
const PAGES_FRESH = 12 * 3_600_000;
const RESTFUL = ["rest", "relaxation", "early"];

/**
 * The site as `outbox.js` and the pages need it; `kept` is the address of what this phone stores.
 * @param {{ account: string, kept: string }} page
 * @param {Store} store
 * @returns {Site}
 */
export function makeSite({ account, kept }, store) {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
  let token = field?.value ?? "";

  /** Ask what the member may do now and store it, encrypted, with its figures. */
  async function refresh() {
    const answer = await fetch(kept, { redirect: "manual", headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return answer && false;
    const found = await answer.json();
    token = found.token;
    const before = await store.get("kept");
    const mine = before?.account === found.account ? before : undefined;
    const pages = await pagesOf(found.pages, mine);
    const { account, sessions } = found;
    await store.put("kept", { account, sessions, keptAt: Date.now(), ...pages });
    await keepFigures(sessions);
    return true;
  }

  /** @param {SessionData[]} sessions */
  async function keepFigures(sessions) {
    if (!window.caches) return;
    const exercises = sessions.flatMap((one) => Object.values(one.exercises));
    /** @type {(exercise: Exercise) => string[]} */
    const pictures = ({ figure, still, photo }) => [figure, still, ...(photo ? [photo] : [])].filter(Boolean);
    const wanted = new Set(exercises.flatMap(pictures));
    const cache = await caches.open(FIGURES);
    for (const request of await cache.keys()) {
      if (!wanted.delete(new URL(request.url).pathname)) await cache.delete(request);
    }
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
 * The stored sessions that may be offered now: the restful ones always; the others for a day without contact, for what
 * was reported on another device may have changed more; a session of the week only while its check-in is valid.
 * @type {(kept: Kept | undefined, now: number) => SessionData[]}
 */
export function freshSessions(kept, now) {
  if (!kept) return [];
  const fresh = now - kept.keptAt < FRESH_HOURS * 3_600_000;
  /** @type {(one: SessionData) => boolean} */
  const checked = (one) => one.openUntil === undefined || now < Date.parse(one.openUntil ?? "");
  return kept.sessions.filter((one) => RESTFUL.includes(one.kind) || (fresh && checked(one)));
}

/** After answers the site has not seen: keep only the restful sessions, until it has. @param {Store} store */
export function closeSessions(store) {
  return store.update("kept", (/** @type {Kept | undefined} */ kept) => {
    return kept && { ...kept, sessions: kept.sessions.filter((one) => RESTFUL.includes(one.kind)) };
  });
}

/**
 * Register the service worker. False where the browser has none: then nothing stored could be shown.
 * @param {string} address
 */
export async function registerWorker(address) {
  return Boolean(await navigator.serviceWorker?.register(address).catch(() => null));
}
