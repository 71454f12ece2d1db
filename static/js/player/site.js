/** What the pages know of the site: whose account this is, its token, and the sessions to keep on this phone. */

const FIGURES = "figures";
const FRESH_DAYS = 3;

/** The site as `letters.js` and the pages need it; `kept` is the address of what this phone keeps. */
export function makeSite({ account, kept, figures }, store) {
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  /** Ask for the sessions open to her now, keep them sealed, and their figures. Null without network or sign-in. */
  async function refresh() {
    const answer = await fetch(kept, { redirect: "manual", headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return null;
    const found = await answer.json();
    token = found.token;
    const before = await store.get("kept");
    await store.put("kept", { account: found.account, sessions: found.sessions, figures, keptAt: Date.now() });
    await keepFigures(found.sessions, before?.sessions);
    return found;
  }

  async function keepFigures(sessions, before = []) {
    if (!window.caches || !figures) return;
    const slugs = new Set(sessions.flatMap((one) => Object.values(one.exercises).map((exercise) => exercise.slug)));
    const cache = await caches.open(FIGURES);
    const wanted = [...slugs].flatMap((slug) => [`${figures}${slug}.svg`, `${figures}${slug}-still.svg`]);
    for (const address of wanted) if (!(await cache.match(address))) await cache.add(address).catch(() => {});
    if (before.length) await dropOthers(cache, new Set(wanted.map((address) => new URL(address, location).href)));
  }

  return {
    account,
    token: () => token,
    freshToken: async () => ((await refresh()) ? token : ""),
    refresh,
  };
}

async function dropOthers(cache, wanted) {
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

/** The kept sessions that may still be offered; later only rest, for what she told elsewhere may have changed the rest. */
export function freshSessions(kept, now) {
  if (!kept) return [];
  const fresh = now - kept.keptAt < FRESH_DAYS * 86_400_000;
  return kept.sessions.filter((one) => fresh || one.kind === "rest");
}

/** Let the service worker in, where the browser has one. */
export function registerWorker(address) {
  navigator.serviceWorker?.register(address).catch(() => {});
}
