/*
 * How a till sends what it sold (docs/algorithms/sync.md). Store, transport, clock and lock are handed in.
 * An answer is believed only when its status, content type and shape are this protocol's; everything else is "not now".
 */
import { bytes } from "./events.js";

const MOST_EVENTS = 100;
const MOST_BYTES = 250 * 1024; // the server takes 256 KB; the rest is the envelope
const STANDING = ["device", "head", "sync", "snapshotTag"];
const KEEP = 60 * 86_400_000;
const HASH = /^[0-9a-f]{64}$/;
const STOPS = { device_revoked: "revoked", device_unknown: "unknown", device_locked: "locked", fork: "fork" };
const KNOWN = new Set([200, 201, 304, 400, 401, 404, 409, 413, 423, 429, 503]);

/** The answer's body if it is one of ours, else null. `answer`: {status, type, text}. */
export function believe(answer) {
  if (!answer || !KNOWN.has(answer.status) || !/^application\/json\s*(;|$)/i.test(answer.type ?? "")) return null;
  try {
    const body = JSON.parse(answer.text);
    return body && typeof body === "object" && body.sync === 1 ? body : null;
  } catch {
    return null;
  }
}

/** Whether a body says where the server stands with this device. */
export function isState(body, device) {
  return body.v === 1 && body.device === device && typeof body.epoch === "string" && body.epoch !== ""
    && Number.isInteger(body.acked_seq) && body.acked_seq >= 0 && HASH.test(body.head ?? "")
    && Number.isInteger(body.safe_seq ?? 0) && Number.isInteger(body.server_time);
}

/** Whether a body is a snapshot the till can sell from. */
export function isSnapshot(body, device) {
  return body?.sync === 1 && body.v === 1 && body.device?.code === device && Array.isArray(body.goods) && Array.isArray(body.cashiers)
    && body.rules && typeof body.rules === "object" && body.association && typeof body.association === "object"
    && body.goods.every((g) => typeof g.lot === "string" && typeof g.name === "string" && Number.isInteger(g.price));
}

/** 32 random bytes as the token this till will be known by. */
export function newToken(crypto = globalThis.crypto) {
  const raw = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
  return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** A code as typed or scanned: look-alikes read as meant, empty when it cannot be one. */
export function cleanCode(text) {
  const bare = text.replace(/^.*#pasang=/, "").replace(/[\s-]/g, "").toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(bare) ? bare : "";
}

/** Pairs this till. The token is stored before it is asked for, so that a lost answer can be asked for again. */
export async function pair({ store, transport, code, name = "", crypto = globalThis.crypto, now }) {
  const state = await store.state(["pairing"]);
  const asked = state.pairing?.code === code ? state.pairing : { code, token: newToken(crypto) };
  await store.put({ pairing: asked });
  const body = { v: 1, code, token: asked.token, ...(name ? { name } : {}) };
  const answer = await transport({ method: "POST", path: "/sync/pair", body: JSON.stringify(body) });
  const said = believe(answer);
  if (!said) return { ok: false, code: "unreachable", message: "" };
  if (answer.status !== 201 && answer.status !== 200) return { ok: false, code: said.code ?? "", message: said.message ?? "" };
  if (!isState({ ...said, server_time: said.server_time }, said.device) || !HASH.test(said.genesis ?? "")) return { ok: false, code: "unreachable", message: "" };
  await store.put({
    pairing: undefined,
    device: { code: said.device, token: asked.token, genesis: said.genesis, zone: said.zone ?? "Asia/Jakarta", pairedAt: now() },
    head: { seq: said.acked_seq, h: said.head },
    sync: { epoch: said.epoch, acked: said.acked_seq, safe: 0, at: now(), skew: said.server_time - now() },
  });
  return { ok: true, device: said.device };
}

export class Sync {
  /**
   * `clock`: {now(), offset(), boot, mono()}; `lock(work)` runs `work` while no other tab uploads;
   * `heard(sync)` is told after each believed answer.
   */
  constructor({ store, transport, clock, lock = (work) => work(), heard = () => {} }) {
    Object.assign(this, { store, transport, clock, lock, heard, most: MOST_EVENTS });
  }

  /** Sends until nothing is left. Returns {result: "done" | "later" | "stopped", after?: ms the server wants to be left alone}. */
  run() {
    return this.lock(async () => {
      let talked = false;
      for (;;) {
        const state = await this.store.state(STANDING);
        if (!state.device || state.sync.stopped) return { result: "stopped" };
        const { acked, epoch } = state.sync;
        const before = [acked, epoch, this.most].join();
        const batch = acked < state.head.seq ? await this.#batch(acked + 1) : [];
        if (acked < state.head.seq && batch[0]?.seq !== acked + 1) return this.#stop("old_server");
        if (!batch.length && talked) return { result: "done" };
        const step = batch.length ? await this.#upload(state, batch) : await this.#heard(state, await this.#call(state, "GET", "head"));
        if (step.result !== "again") return step;
        talked = true;
        const { sync } = await this.store.state(STANDING);
        if (batch.length && [sync.acked, sync.epoch, this.most].join() === before) return { result: "later" };
      }
    });
  }

  async #batch(from) {
    const events = await this.store.events(from, this.most);
    let size = 0;
    const fit = [];
    for (const event of events) {
      size += bytes(JSON.stringify(event.text)) + 1;
      if (fit.length && size > MOST_BYTES) break;
      fit.push(event);
    }
    return fit;
  }

  async #upload(state, batch) {
    const body = JSON.stringify({
      v: 1, epoch: state.sync.epoch, from: batch[0].seq, events: batch.map((event) => event.text),
      sent: { at: this.clock.now(), off: this.clock.offset(), boot: this.clock.boot, mono: this.clock.mono() },
    });
    return this.#heard(state, await this.#call(state, "POST", "upload", body));
  }

  async #call(state, method, what, body, etag) {
    const headers = { Authorization: `Bearer ${state.device.token}`, ...(etag ? { "If-None-Match": etag } : {}) };
    try {
      return await this.transport({ method, path: `/sync/${state.device.code}/${what}`, headers, body });
    } catch {
      return null;
    }
  }

  /** What an answer means: "again" (go on), "later", "stopped". */
  async #heard(state, answer) {
    const body = believe(answer);
    if (!body) return { result: "later" };
    const { status } = answer;
    if (isState(body, state.device.code)) {
      const step = await this.#compare(state, body, Boolean(STOPS[body.code]));
      if (step) return step;
      if (STOPS[body.code]) return this.#stop(STOPS[body.code]);
      if (status === 200) return { result: "again" };
    }
    if (STOPS[body.code]) return this.#stop(STOPS[body.code]);
    if (status === 409) return { result: "again" };
    if (status === 413) {
      this.most = Math.max(1, Math.floor(this.most / 2));
      return { result: "again" };
    }
    if (status === 400) await this.#note({ trouble: body.message || body.code || "400" });
    return { result: "later", after: Number(answer.retryAfter) > 0 ? Number(answer.retryAfter) * 1000 : undefined };
  }

  /** Holds the server's head against our own chain; writes down what it has. Null when all is well. */
  async #compare(state, body, stopping) {
    const { acked_seq: acked, head } = body;
    const last = state.head.seq;
    if (acked > last) return this.#stop("copy");
    const own = acked === 0 ? state.device.genesis : acked === last ? state.head.h : (await this.store.event(acked))?.h;
    if (own === undefined) return this.#stop("old_server"); // restored from before what this till still keeps
    if (own !== head) return this.#stop("fork");
    if (stopping) return null;
    const results = (body.results ?? []).filter((r) => r.result === "parked" || r.result === "flagged");
    const notes = [...(state.sync.notes ?? []), ...results].slice(-50);
    await this.#note({
      epoch: body.epoch, acked, safe: body.safe_seq ?? 0, at: this.clock.now(), skew: body.server_time - this.clock.now(),
      notes, trouble: undefined,
    });
    return null;
  }

  async #note(changes) {
    const { sync } = await this.store.state(STANDING);
    const next = { ...sync, ...changes };
    await this.store.put({ sync: next });
    this.heard(next);
  }

  async #stop(reason) {
    await this.#note({ stopped: reason, stoppedAt: this.clock.now() });
    return { result: "stopped" };
  }

  /** Takes a newer snapshot if there is one: "new", "same", "later" or "stopped". */
  async refresh() {
    const state = await this.store.state(STANDING);
    if (!state.device || state.sync.stopped) return "stopped";
    const answer = await this.#call(state, "GET", "snapshot", undefined, state.snapshotTag);
    if (answer?.status === 304 && state.snapshotTag) return "same";
    const body = believe(answer);
    if (!body) return "later";
    if (STOPS[body.code]) {
      await this.#stop(STOPS[body.code]);
      return "stopped";
    }
    if (answer.status !== 200 || !isSnapshot(body, state.device.code)) return "later";
    const now = await this.store.state(STANDING);
    const at = this.clock.now();
    await this.store.put({ snapshot: { body, seq: state.sync.acked, at }, snapshotTag: answer.etag ?? "", sync: { ...now.sync, at } }, { strict: false });
    return "new";
  }

  /** A sale of another till, to give it back: {status, body}. Only while the server can be reached. */
  async receipt(number) {
    const state = await this.store.state(STANDING);
    const answer = await this.#call(state, "GET", `receipt/${encodeURIComponent(number)}`);
    const body = believe(answer);
    return body ? { status: answer.status, body } : { status: 0, body: null };
  }

  /** Forgets what is old, acknowledged and in two backups of the server; never the shift that is open. */
  async prune(openSeq = Infinity) {
    const { sync } = await this.store.state(STANDING);
    const upto = Math.min(sync?.safe ?? 0, sync?.acked ?? 0, openSeq - 1);
    if (upto > 0) await this.store.prune(upto, this.clock.now() - KEEP);
  }
}

/** Milliseconds until the next try after `failed` tries in a row: 2, 4, 8 … 300 s, each give or take a quarter. */
export function backoff(failed, random = Math.random) {
  return Math.min(300, 2 ** Math.max(1, failed)) * 1000 * (0.75 + random() * 0.5);
}
