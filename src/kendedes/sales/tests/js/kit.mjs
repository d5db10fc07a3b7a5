/* For the tests: a store in memory with the rules of the real one, a clock to turn, a server that keeps the protocol. */
import { createHash } from "node:crypto";

import { Moved } from "../../static/sales/till/core/store.js";

export const h = (text) => createHash("sha256").update(text).digest("hex");
export const GENESIS = h("genesis of K3");

export class Memory {
  constructor() {
    this.kept = {};
    this.list = [];
    this.parked = new Map();
    this.full = false;
  }

  #room() {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
  }

  async state(wanted = Object.keys(this.kept)) {
    return structuredClone(Object.fromEntries(wanted.map((key) => [key, this.kept[key]])));
  }

  async put(changes) {
    this.#room();
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) delete this.kept[key];
      else this.kept[key] = structuredClone(value);
    }
  }

  async append(event, changes = {}) {
    this.#room();
    if (this.kept.head.h !== event.prev || this.kept.head.seq !== event.seq - 1) throw new Moved("head");
    this.list.push(structuredClone(event));
    await this.put({ ...changes, head: { seq: event.seq, h: event.h } });
  }

  async events(from = 1, most = Infinity) {
    return this.list.filter((event) => event.seq >= from).slice(0, most);
  }

  async event(seq) {
    return this.list.find((event) => event.seq === seq);
  }

  async byId(id) {
    return this.list.find((event) => event.id === id);
  }

  async about(id) {
    return this.list.filter((event) => event.about === id);
  }

  async prune(seq, before) {
    this.list = this.list.filter((event) => event.seq > seq || event.at >= before);
  }

  copy() {
    const twin = new Memory();
    twin.kept = structuredClone(this.kept);
    twin.list = structuredClone(this.list);
    return twin;
  }
}

export class Clock {
  constructor(at = Date.UTC(2026, 10, 24, 3)) {
    Object.assign(this, { at, started: at, boot: "ab".repeat(16) });
  }

  now() {
    return this.at;
  }

  offset() {
    return 420;
  }

  mono() {
    return Math.max(0, this.at - this.started);
  }
}

/** A till that is paired, with nothing sold. */
export async function paired(store = new Memory(), clock = new Clock()) {
  await store.put({
    device: { code: "K3", token: "t".repeat(43), genesis: GENESIS, zone: "Asia/Jakarta" },
    head: { seq: 0, h: GENESIS },
    sync: { epoch: "e1", acked: 0, safe: 0, at: clock.now(), skew: 0 },
  });
  return { store, clock };
}

/** The server's side of docs/algorithms/sync.md, in memory: what it has committed survives everything but `restore`. */
export class Server {
  constructor() {
    Object.assign(this, { epoch: "e1", rows: [], locked: false, revoked: false, now: Date.UTC(2026, 10, 24, 3), calls: 0, snapshot: null });
  }

  get head() {
    return this.rows.length ? h(this.rows.at(-1)) : GENESIS;
  }

  state(extra = {}) {
    return { sync: 1, v: 1, device: "K3", epoch: this.epoch, acked_seq: this.rows.length, head: this.head, safe_seq: 0, server_time: this.now, ...extra };
  }

  /** Yesterday's copy: the last `lost` events are gone, the epoch is another. */
  restore(lost) {
    this.rows = this.rows.slice(0, Math.max(0, this.rows.length - lost));
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`;
    this.locked = false;
  }

  json(status, body) {
    return { status, type: "application/json", text: JSON.stringify(body) };
  }

  refuse(status, code) {
    return this.json(status, { sync: 1, code, message: code, facts: {} });
  }

  answer({ method, path, body }) {
    this.calls += 1;
    if (this.revoked) return this.refuse(401, "device_revoked");
    if (path.endsWith("/head")) return this.json(200, this.state());
    if (path.endsWith("/snapshot")) return this.snapshot ? { ...this.json(200, this.snapshot), etag: '"1"' } : this.refuse(503, "unavailable");
    if (this.locked) return this.refuse(423, "device_locked");
    const asked = JSON.parse(body);
    if (method !== "POST" || asked.events.length > 100 || Buffer.byteLength(body) > 256 * 1024) return this.refuse(413, "too_large");
    if (asked.epoch !== this.epoch) return this.json(409, this.state({ code: "epoch", results: [] }));
    const results = [];
    for (const [i, text] of asked.events.entries()) {
      const seq = asked.from + i;
      if (seq > this.rows.length + 1) return this.json(409, this.state({ code: "gap", facts: { expected: this.rows.length + 1 }, results }));
      if (seq <= this.rows.length) {
        if (this.rows[seq - 1] !== text) return this.fork(results);
        results.push({ seq, result: "exists", why: [] });
      } else {
        if (JSON.parse(text).prev !== this.head) return this.fork(results);
        this.rows.push(text);
        results.push({ seq, result: "created", why: [] });
      }
    }
    return this.json(200, this.state({ results }));
  }

  fork(results) {
    this.locked = true;
    return this.json(409, this.state({ code: "fork", results }));
  }
}

/** Chance that a seed repeats. */
export function dice(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const line = (over = {}) => ({ code: "SGS-0012-1", lot: "L1", name: "Keripik tempe", qty: 1, price: 15000, ...over });
export const cash = (amount, given = amount) => ({ kind: "cash", amount, given, change: given - amount });
