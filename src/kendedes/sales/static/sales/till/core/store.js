/*
 * What a till keeps, in IndexedDB. Words: state (key → value), events (by seq), held (parked carts).
 * Everything a receipt depends on is written with durability "strict": browsers' default loses sales at a power cut.
 */

const NAME = "kendedes-till";
const VERSION = 1;

function upgrade(db) {
  db.createObjectStore("state");
  const events = db.createObjectStore("events", { keyPath: "seq" });
  events.createIndex("id", "id", { unique: true });
  events.createIndex("about", "about");
  db.createObjectStore("held", { keyPath: "id" });
}

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Another tab has moved on: what this one knows is old. */
export class Moved extends Error {}

export class Store {
  static async open(indexedDB = globalThis.indexedDB, name = NAME) {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => upgrade(request.result);
    const db = await done(request);
    db.onversionchange = () => db.close();
    const store = new Store(db);
    db.onclose = () => store.wiped?.(); // not by us: the browser's data was cleared, or the disk is gone
    return store;
  }

  constructor(db) {
    this.db = db;
  }

  /** Runs `work(stores…)` in one transaction and waits until it is on the disk (`strict`) or at least committed. */
  #write(names, work, durability = "strict") {
    return new Promise((resolve, reject) => {
      const tx = this.db.transaction(names, "readwrite", { durability });
      let error = null;
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(error ?? tx.error ?? new Error("aborted"));
      const fail = (reason) => {
        error = reason;
        tx.abort();
      };
      try {
        work(...names.map((name) => tx.objectStore(name)), fail);
      } catch (reason) {
        fail(reason);
      }
    });
  }

  #read(name) {
    return this.db.transaction(name, "readonly").objectStore(name);
  }

  /** The state as one object: all of it, or only `wanted` keys (the snapshot is large). */
  async state(wanted = null) {
    const store = this.#read("state");
    const [keys, values] = await Promise.all(wanted ? [wanted, Promise.all(wanted.map((key) => done(store.get(key))))] : [done(store.getAllKeys()), done(store.getAll())]);
    return Object.fromEntries(keys.map((key, i) => [key, values[i]]));
  }

  /** Puts (or, with undefined, removes) values of the state. */
  put(changes, { strict = true } = {}) {
    return this.#write(["state"], (state) => write(state, changes), strict ? "strict" : "relaxed");
  }

  /** The event and the new head in one strict transaction, only if the head is still the one it was made for. */
  append(event, changes = {}) {
    return this.#write(["state", "events"], (state, events, fail) => {
      const head = state.get("head");
      head.onsuccess = () => {
        if (head.result?.h !== event.prev || head.result.seq !== event.seq - 1) fail(new Moved("head"));
        else {
          events.add(event);
          write(state, { ...changes, head: { seq: event.seq, h: event.h } });
        }
      };
    });
  }

  /** Up to `most` events from seq `from` on, in order. */
  events(from = 1, most = undefined) {
    return done(this.#read("events").getAll(IDBKeyRange.lowerBound(from), most));
  }

  /** The last `most` sales, newest first, and what came back of them by id: "void" or "refund". */
  latestSales(most) {
    return new Promise((resolve, reject) => {
      const sales = [], back = new Map();
      const request = this.#read("events").openCursor(null, "prev");
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor || sales.length >= most) return resolve({ sales, back });
        const { type, about } = cursor.value;
        if (type === "sale") sales.push(cursor.value);
        else if (about) back.set(about, type); // a return is younger than its sale, so it was met before
        return cursor.continue();
      };
    });
  }

  event(seq) {
    return done(this.#read("events").get(seq));
  }

  byId(id) {
    return done(this.#read("events").index("id").get(id));
  }

  /** Voids and refunds of a sale, in order. */
  about(id) {
    return done(this.#read("events").index("about").getAll(id));
  }

  /** Forgets events up to `seq` that were made before `before` (they are in two backups of the server). */
  prune(seq, before) {
    return this.#write(["events"], (events) => {
      const request = events.openCursor(IDBKeyRange.upperBound(seq));
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor || cursor.value.at >= before) return;
        cursor.delete();
        cursor.continue();
      };
    }, "relaxed");
  }

  held() {
    return done(this.#read("held").getAll());
  }

  hold(cart) {
    return this.#write(["held"], (held) => held.put(cart));
  }

  release(id) {
    return this.#write(["held"], (held) => held.delete(id));
  }

  /** Only after everything was sent: the device is given back. */
  clear() {
    return this.#write(["state", "events", "held"], (...stores) => stores.slice(0, 3).forEach((store) => store.clear()));
  }
}

function write(state, changes) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) state.delete(key);
    else state.put(value, key);
  }
}
