/**
 * What this phone keeps while there is no network. Everything is sealed (AES-GCM) with a key that scripts can use
 * but never read out, so a copy of the browser's files tells nothing of her health. One IndexedDB database.
 */
const NAME = "practice";

/** A store; without IndexedDB or Web Crypto (an old or private browser) it lasts as long as the page. */
export async function openStore() {
  try {
    const db = await openDatabase();
    return sealed(db, await sealingKey(db));
  } catch {
    return inMemory();
  }
}

/** Forget everything, the key included. */
export function forgetAll() {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

function sealed(db, key) {
  const store = {
    persistent: true,
    async get(name) {
      const box = await ask(db, "boxes", "readonly", (boxes) => boxes.get(name));
      return box ? unseal(key, box).catch(() => undefined) : undefined;
    },
    async put(name, value) {
      const box = await seal(key, value);
      await ask(db, "boxes", "readwrite", (boxes) => boxes.put(box, name));
    },
    remove: (name) => ask(db, "boxes", "readwrite", (boxes) => boxes.delete(name)),
    names: () => ask(db, "boxes", "readonly", (boxes) => boxes.getAllKeys()),
    update: (name, change) => alone(name, () => changed(store, name, change)),
  };
  return store;
}

function inMemory() {
  const boxes = new Map();
  const store = {
    persistent: false,
    get: async (name) => boxes.get(name),
    put: async (name, value) => void boxes.set(name, value),
    remove: async (name) => void boxes.delete(name),
    names: async () => [...boxes.keys()],
    update: (name, change) => changed(store, name, change),
  };
  return store;
}

/** Replace what is kept under `name` by `change(kept)`, which may take its time; undefined forgets it. */
async function changed(store, name, change) {
  const value = await change(await store.get(name));
  await (value === undefined ? store.remove(name) : store.put(name, value));
  return value;
}

/** Two tabs never change the same box at once. */
const alone = (name, work) => (navigator.locks ? navigator.locks.request(`${NAME}:${name}`, work) : work());

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("boxes");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

function ask(db, store, mode, question) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode);
    const request = question(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

function sealingKey(db) {
  return alone("key", async () => {
    const kept = await ask(db, "keys", "readonly", (keys) => keys.get("seal"));
    if (kept) return kept;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await ask(db, "keys", "readwrite", (keys) => keys.put(key, "seal"));
    return key;
  });
}

async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, text: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text) };
}

async function unseal(key, { iv, text }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, text)));
}
