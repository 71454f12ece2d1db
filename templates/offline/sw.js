{% if module %}import { sendInBackground } from "{{ background }}";
{% endif %}/* Keeps what is needed without a network: the shell page, the safety page and their files. It holds no personal data. */
const CACHE = "site-{{ version }}";
const SHELL = "{{ shell }}";
const SAFETY = "{{ safety }}";
const BREATHE = "{{ breathe }}";
const KEPT = "{{ kept }}";
const STATIC = "{{ static }}";
const PICTURES = [{% for folder in pictures %}"{{ folder }}",{% endfor %}]; // named after their content
const ASSETS = [{% for asset in assets %}"{{ asset|escapejs }}",{% endfor %}];
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE = 8000; // milliseconds a page of the member may take before the stored one is shown

self.addEventListener("install", (event) => event.waitUntil(install()));

/** Keep pages and files for this version. What is named after its content is not fetched again if it is here already. */
async function install() {
  const cache = await caches.open(CACHE);
  const hashed = ASSETS.filter((address) => HASHED.test(address));
  const fresh = (address) => new Request(address, { credentials: "omit", cache: "reload" });
  const others = ASSETS.filter((address) => !HASHED.test(address)).map(fresh);
  await Promise.all([cache.addAll([SHELL, SAFETY, BREATHE].map(fresh).concat(others)), ...hashed.map(keep)]);

  async function keep(address) {
    const known = await caches.match(address, { ignoreVary: true });
    await (known ? cache.put(address, known) : cache.add(address)); // from the browser's own cache, after a page's visit
  }
}

// No skipWaiting: a new version takes over when no page of the old one is open, so no session is ever disturbed.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("site-") && name !== CACHE) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname.startsWith("/accounts/")) event.waitUntil(forgetWhose());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") show(event, pathname);
  else if (pathname.startsWith(STATIC) || isPicture(pathname)) event.respondWith(file(request, pathname));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendOutbox());
});

/** Answer with a page, whichever of the site it is, and then send what waits on this phone. */
function show(event, pathname) {
  const shown = page(event, pathname);
  event.respondWith(shown);
  event.waitUntil(shown.then(sendOutbox).catch(() => {})); // without a network Background Sync or the next page sends
}

/** Send what waits on this phone. A worker that is no module leaves that to the pages. */
async function sendOutbox() {
{% if module %}  await sendInBackground(KEPT);
{% endif %}}

/** A page always comes from the network; without one, or when a page of the member is very late, from the cache. */
async function page(event, pathname) {
  const network = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  network.catch(() => {}); // handled below, unless the cache was quicker
  const kept = () => caches.match([SAFETY, BREATHE].find((one) => one === pathname) ?? SHELL, { cacheName: CACHE });
  try {
    if (!/^\/(today|sessions|check-in|safety|breathe)\//.test(pathname)) return await network;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(kept);
    return (await Promise.race([network, late])) ?? (await network);
  } catch {
    return (await kept()) ?? Response.error();
  }
}

function isPicture(pathname) {
  return PICTURES.some((folder) => pathname.startsWith(folder));
}

/** A file whose name carries its fingerprint never changes; of any other the network has the latest. */
async function file(request, pathname) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && (HASHED.test(pathname) || isPicture(pathname))) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Another member may be signing in: until the site has confirmed the account, no stored session is shown. */
async function forgetWhose() {
  const db = await new Promise((resolve) => {
    const request = indexedDB.open("practice");
    request.onupgradeneeded = () => request.transaction.abort(); // there was none: make none
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  db?.transaction("boxes", "readwrite").objectStore("boxes").delete("kept");
  db?.close();
}
