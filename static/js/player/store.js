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

/**
 * A store of its own; the database is opened at its first use, and made where there is none unless `makes` is false.
 * @returns {Store}
 */
export function openStore({ makes = true } = {}) {
  /** Values the database has not taken, by name; undefined where one is to be removed. @type {Map<string, any>} */
  const unsaved = new Map();
  /** @type {Promise<Connection> | null} */
  let connection = null;
  let works = false;
  let hasWorked = false;
  let saving = Promise.resolve(); // one after the other, or an older value could be written over a newer one

  /** @returns {Promise<Connection>} */
  function connect() {
    connection ??= opened(makes, () => (connection = null));
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

  /** Hand what is in memory to the database: all of it in one transaction, or what still fits into a full one. */
  function save() {
    saving = saving.then(async () => {
      const waiting = [...unsaved];
      if (waiting.length && (await isTooMuch(waiting))) for (const one of waiting) await isTooMuch([one]);
    });
    return saving;
  }

  /** Store these values; true where there is no room for them. @param {[string, any][]} values */
  async function isTooMuch(values) {
    try {
      await asked((open) => write(open, values));
    } catch (error) {
      return error instanceof DOMException && error.name === "QuotaExceededError"; // `persistent` says what is not stored
    }
    for (const [name, value] of values) if (unsaved.get(name) === value) unsaved.delete(name);
    return false;
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
    update: async (name, change) => (await store.updateAll([name], async ([before]) => [await change(before)]))[0],
    async updateAll(names, change) {
      return aloneWith([...names].sort(), async () => {
        const before = await Promise.all(names.map(store.get));
        const values = await change(before);
        for (const [at, name] of names.entries()) {
          const isKnown = (values[at] ?? before[at]) !== undefined; // what could not be read stays
          if (isKnown) unsaved.set(name, values[at]);
        }
        await save();
        return values;
      });
    },
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
 * Run `work` while no other tab runs its own for this name.
 * @type {(name: string, work: () => Promise<any>) => Promise<any>}
 */
function alone(name, work) {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(`${NAME}:${name}`, work) : work();
}

/**
 * The same for several names, which everybody takes in one order.
 * @type {(names: string[], work: () => Promise<any>) => Promise<any>}
 */
function aloneWith([name, ...others], work) {
  return alone(name, others.length ? () => aloneWith(others, work) : work);
}

/** The open database and its key. @param {boolean} makes @param {() => void} onClose @returns {Promise<Connection>} */
async function opened(makes, onClose) {
  if (isForgotten) throw new Error("signed out");
  const db = await openDatabase(makes, onClose);
  return { db, key: await storedKey(db) };
}

/** @param {boolean} makes @param {() => void} onClose @returns {Promise<IDBDatabase>} */
function openDatabase(makes, onClose) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    setTimeout(() => reject(new Error("the database does not answer")), OPENING);
    request.onupgradeneeded = () => {
      if (!makes) return request.transaction?.abort(); // there was none, and none is left
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

/**
 * Store these values, all or none; undefined removes.
 * @type {(open: Connection, values: [string, unknown][]) => Promise<void>}
 */
async function write({ db, key }, values) {
  /** @type {[string, Box | undefined][]} */
  const boxes = [];
  for (const [name, value] of values) boxes.push([name, value === undefined ? value : await encrypt(key, value)]);
  await new Promise((resolve, reject) => {
    const transaction = db.transaction("boxes", "readwrite");
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
    const objects = transaction.objectStore("boxes");
    try {
      for (const [name, box] of boxes) box ? objects.put(box, name) : objects.delete(name);
    } catch (error) {
      transaction.abort();
      throw error;
    }
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
