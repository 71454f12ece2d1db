/** What the pages know of the site: whose account this is, its token, and what to keep of hers on this phone. */

const FIGURES = "figures";
const FRESH_HOURS = 24;
const PAGES_FRESH = 12 * 3_600_000;
const RESTFUL = ["rest", "relaxation", "early"];

/** The site as `outbox.js` and the pages need it; `kept` is the address of what this phone keeps. */
export function makeSite({ account, kept }, store) {
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  /** Ask what is open to her now and keep it, sealed, with its figures. False without a sign-in, null without a network. */
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

  async function keepFigures(sessions) {
    if (!window.caches) return;
    const exercises = sessions.flatMap((one) => Object.values(one.exercises));
    const pictures = ({ figure, still, photo }) => [figure, still, photo].filter(Boolean);
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

/** Her check-in pages, as they came, to be opened without a network; fetched anew twice a day. */
async function pagesOf(addresses, before) {
  const known = before?.pages ?? {};
  const isFresh = before && Date.now() - before.pagesAt < PAGES_FRESH;
  if (isFresh && addresses.every((address) => address in known)) return { pages: known, pagesAt: before.pagesAt };
  const pages = {};
  for (const address of addresses) {
    const answer = await fetch(address, { redirect: "error" }).catch(() => null);
    if (answer?.ok) pages[address] = await answer.text();
  }
  return { pages, pagesAt: Date.now() };
}

/**
 * The kept sessions that may be offered now: what rests; the others for a day without contact, for what was told elsewhere
 * may have changed more; and a session of the week only while the check-in before it speaks for it.
 */
export function freshSessions(kept, now) {
  if (!kept) return [];
  const fresh = now - kept.keptAt < FRESH_HOURS * 3_600_000;
  const checked = (one) => one.openUntil === undefined || now < Date.parse(one.openUntil ?? "");
  return kept.sessions.filter((one) => RESTFUL.includes(one.kind) || (fresh && checked(one)));
}

/** After answers the site has not seen: keep only what rests, until it has. */
export function closeSessions(store) {
  return store.update("kept", (kept) => kept && { ...kept, sessions: kept.sessions.filter((one) => RESTFUL.includes(one.kind)) });
}

/** Let the service worker in; whether the browser has one and lets it, without which nothing kept can be shown. */
export async function registerWorker(address) {
  return Boolean(await navigator.serviceWorker?.register(address).catch(() => null));
}
