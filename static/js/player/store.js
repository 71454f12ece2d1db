/**
 * What this phone stores for use without a network, in one IndexedDB database. Everything is encrypted (AES-GCM) with
 * a key that scripts can use but never read out, so a copy of the browser's files reveals no health data.
 *
 * What the database does not take (full, closed by the system, denied in a private window) stays in the page's memory
 * until it does; `persistent` says whether all is truly on the phone.
 */

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, text: ArrayBuffer }} Box An encrypted value as it is stored. */
/** @typedef {{ db: IDBDatabase, key: CryptoKey }} Connection */

const NAME = "practice";
const OPENING = 4000; // milliseconds a database may take to open: some browsers never answer
let isForgotten = false; // after a sign-out this page stores nothing any more

/** @type {Store | undefined} */
let shared;
/** The store of this page, the same for all its scripts. */
export const sharedStore = () => (shared ??= openStore());

/** A store of its own; the database is opened at its first use. @returns {Store} */
export function openStore() {
  /** Values the database has not taken, by name; undefined where one is to be removed. @type {Map<string, any>} */
  const unsaved = new Map();
  /** @type {Promise<Connection> | null} */
  let connection = null;
  let works = false;
  let hasWorked = false;

  /** @returns {Promise<Connection>} */
  function connect() {
    connection ??= opened(() => (connection = null));
    return connection;
  }

  /**
   * Ask the database; where the system has closed the connection, once more through a new one.
   * @template T
   * @param {(connection: Connection) => Promise<T>} question
   * @returns {Promise<T>}
   */
  async function asked(question) {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await question(await connect());
        works = hasWorked = true;
        return answer;
      } catch (error) {
        connection = null;
        works = false;
        if (tries === 2) throw error;
      }
    }
  }

  /** Hand what is in memory to the database, as far as it takes it. */
  async function save() {
    for (const [name, value] of [...unsaved]) {
      try {
        await asked((open) => write(open, name, value));
      } catch {
        continue; // it stays in memory, and `persistent` says so
      }
      if (unsaved.get(name) === value) unsaved.delete(name);
    }
  }

  /** @type {Store} */
  const store = {
    get persistent() {
      return works && !unsaved.size;
    },
    get isLost() {
      return hasWorked && !works;
    },
    async get(name) {
      if (unsaved.has(name)) return unsaved.get(name);
      return asked((open) => read(open, name)).catch(() => undefined); // as if it were not there; nothing is removed
    },
    async put(name, value) {
      unsaved.set(name, value);
      await save();
    },
    async remove(name) {
      unsaved.set(name, undefined);
      await save();
    },
    async names() {
      if (unsaved.size) await save(); // asked for in every round of the outbox: the database may be well again
      const saved = await asked(({ db }) => ask(db, "boxes", "readonly", (boxes) => boxes.getAllKeys())).catch(() => []);
      const names = new Set(saved.map(String));
      for (const [name, value] of unsaved) {
        if (value === undefined) names.delete(name);
        else names.add(name);
      }
      return [...names];
    },
    update: (name, change) => alone(name, () => changed(store, name, change)),
  };
  return store;
}

/** Forget everything, the key included, and store nothing more from this page. @returns {Promise<unknown>} */
export function forgetAll() {
  isForgotten = true;
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

/**
 * Replace what is stored under `name` by `change(stored)`, which may take its time; undefined removes it.
 * @type {(store: Store, name: string, change: (value: any) => unknown) => Promise<any>}
 */
async function changed(store, name, change) {
  const before = await store.get(name);
  const value = await change(before);
  if (value !== undefined) await store.put(name, value);
  else if (before !== undefined) await store.remove(name); // what could not be read stays
  return value;
}

/**
 * Run `work` while no other tab runs its own for this name.
 * @type {(name: string, work: () => Promise<any>) => Promise<any>}
 */
function alone(name, work) {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(`${NAME}:${name}`, work) : work();
}

/** The open database and its key. @param {() => void} onClose @returns {Promise<Connection>} */
async function opened(onClose) {
  if (isForgotten) throw new Error("signed out");
  const db = await openDatabase(onClose);
  return { db, key: await storedKey(db) };
}

/** @param {() => void} onClose @returns {Promise<IDBDatabase>} */
function openDatabase(onClose) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    setTimeout(() => reject(new Error("the database does not answer")), OPENING);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("boxes");
    };
    request.onsuccess = () => {
      const db = request.result;
      db.onclose = onClose;
      db.onversionchange = () => {
        db.close();
        onClose();
      };
      resolve(db);
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

/**
 * The value under `name`; undefined without one, or where it cannot be decrypted.
 * @type {(open: Connection, name: string) => Promise<any>}
 */
async function read({ db, key }, name) {
  /** @type {Box | undefined} */
  const box = await ask(db, "boxes", "readonly", (boxes) => boxes.get(name));
  return box && decrypt(key, box).catch(() => undefined); // another key sealed it, which is lost
}

/** @type {(open: Connection, name: string, value: unknown) => Promise<void>} */
async function write({ db, key }, name, value) {
  if (value === undefined) {
    await ask(db, "boxes", "readwrite", (boxes) => boxes.delete(name));
  } else {
    const box = await encrypt(key, value);
    await ask(db, "boxes", "readwrite", (boxes) => boxes.put(box, name));
  }
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
