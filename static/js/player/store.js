/**
 * What this phone stores for use without a network, in one IndexedDB database. Everything is encrypted (AES-GCM) with
 * a key that scripts can use but never read out, so a copy of the browser's files reveals no health data.
 */

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, text: ArrayBuffer }} Box An encrypted value as it is stored. */

const NAME = "practice";

/**
 * A store; without IndexedDB or Web Crypto (an old or private browser) it lasts as long as the page.
 * @returns {Promise<Store>}
 */
export async function openStore() {
  try {
    const db = await openDatabase();
    return encrypted(db, await storedKey(db));
  } catch {
    return inMemory();
  }
}

/** Forget everything, the key included. @returns {Promise<unknown>} */
export function forgetAll() {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

/** @type {(db: IDBDatabase, key: CryptoKey) => Store} */
function encrypted(db, key) {
  /** @type {Store} */
  const store = {
    persistent: true,
    async get(name) {
      const box = await ask(db, "boxes", "readonly", (boxes) => boxes.get(name));
      return box ? decrypt(key, box).catch(() => undefined) : undefined;
    },
    async put(name, value) {
      const box = await encrypt(key, value);
      await ask(db, "boxes", "readwrite", (boxes) => boxes.put(box, name));
    },
    remove: (name) => ask(db, "boxes", "readwrite", (boxes) => boxes.delete(name)),
    names: async () => (await ask(db, "boxes", "readonly", (boxes) => boxes.getAllKeys())).map(String),
    update: (name, change) => alone(name, () => changed(store, name, change)),
  };
  return store;
}

/** @returns {Store} */
function inMemory() {
  const boxes = new Map();
  /** @type {Store} */
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

/**
 * Replace what is stored under `name` by `change(stored)`, which may take its time; undefined removes it.
 * @type {(store: Store, name: string, change: (value: any) => unknown) => Promise<any>}
 */
async function changed(store, name, change) {
  const value = await change(await store.get(name));
  await (value === undefined ? store.remove(name) : store.put(name, value));
  return value;
}

/**
 * Run `work` while no other tab runs its own for this name.
 * @type {(name: string, work: () => Promise<any>) => Promise<any>}
 */
const alone = (name, work) => (navigator.locks ? navigator.locks.request(`${NAME}:${name}`, work) : work());

/** @returns {Promise<IDBDatabase>} */
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

/**
 * The result of one request in a transaction of its own.
 * @template T
 * @param {IDBDatabase} db
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(objects: IDBObjectStore) => IDBRequest<T>} question
 * @returns {Promise<T>}
 */
function ask(db, store, mode, question) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode);
    const request = question(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** The database's own key, made at its first use. @type {(db: IDBDatabase) => Promise<CryptoKey>} */
function storedKey(db) {
  return alone("key", async () => {
    const kept = await ask(db, "keys", "readonly", (keys) => keys.get("seal"));
    if (kept) return kept;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await ask(db, "keys", "readwrite", (keys) => keys.put(key, "seal"));
    return key;
  });
}

/** @type {(key: CryptoKey, value: unknown) => Promise<Box>} */
async function encrypt(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, text: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text) };
}

/** @type {(key: CryptoKey, box: Box) => Promise<any>} */
async function decrypt(key, { iv, text }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, text)));
}
