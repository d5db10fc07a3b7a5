/* One thing a till did, as the exact text that is hashed, stored and sent (docs/algorithms/sync.md, 1). */

export const LONGEST = 48 * 1024;
const utf8 = new TextEncoder();

export const bytes = (text) => utf8.encode(text).length;
export const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, "0")).join("");

export async function sha256(text, crypto = globalThis.crypto) {
  return hex(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
}

/** A UUID of version 7: its time is a help for databases, nobody trusts it. */
export function uuid7(ms, crypto = globalThis.crypto) {
  const b = crypto.getRandomValues(new Uint8Array(16));
  let left = Math.max(0, Math.floor(ms));
  for (let i = 5; i >= 0; i -= 1) {
    b[i] = left % 256;
    left = Math.floor(left / 256);
  }
  b[6] = (b[6] & 0x0f) | 0x70;
  b[8] = (b[8] & 0x3f) | 0x80;
  const h = hex(b);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** Words as an event may carry them: no control characters, no broken pairs, at most `most` characters. */
export function clean(text, most = 120) {
  // eslint-disable-next-line no-control-regex
  const plain = String(text ?? "").toWellFormed().replace(/[\u0000-\u001f\u007f]+/g, " ").replace(/\s+/g, " ").trim();
  return Array.from(plain).slice(0, most).join("").trim();
}

/**
 * The next event of a chain. `head`: {seq, h} of the one before (seq 0, h = genesis at the beginning).
 * `clock`: {now(), offset(), boot, mono()}. Throws when the text would be longer than the server takes.
 */
export async function seal({ device, head, clock, actor, type, body, crypto = globalThis.crypto }) {
  const at = clock.now();
  const event = {
    v: 1, id: uuid7(at, crypto), dev: device, seq: head.seq + 1, prev: head.h,
    at, off: clock.offset(), boot: clock.boot, mono: clock.mono(), actor, type, body,
  };
  const text = JSON.stringify(event);
  if (bytes(text) > LONGEST) throw new RangeError("too_long");
  const about = type === "void" || type === "refund" ? body.sale : "";
  return { seq: event.seq, id: event.id, h: await sha256(text, crypto), prev: event.prev, text, type, at, about };
}

/** `K3-000041-9f2c41aa`: unique without asking anybody. */
export function receiptNumber(device, seq, h) {
  return `${device}-${String(seq).padStart(6, "0")}-${h.slice(0, 8)}`;
}

/** What somebody typed or scanned as a receipt number: {device, seq, h} or null; the hash may be missing. */
export function readReceiptNumber(text) {
  const found = /^\s*(K\d+)-0*(\d{1,10})(?:-([0-9a-f]{8}))?\s*$/i.exec(text);
  return found ? { device: found[1].toUpperCase(), seq: Number(found[2]), h: (found[3] ?? "").toLowerCase() } : null;
}

/** Walks stored events: the first thing that does not fit, or null. `genesis` only when the chain starts at 1. */
export async function firstBreak(events, { genesis = "", crypto = globalThis.crypto } = {}) {
  let before = null;
  for (const event of events) {
    const said = JSON.parse(event.text);
    const h = await sha256(event.text, crypto);
    if (h !== event.h || said.seq !== event.seq) return event.seq;
    if (before && (event.seq !== before.seq + 1 || said.prev !== before.h)) return event.seq;
    if (!before && event.seq === 1 && genesis && said.prev !== genesis) return 1;
    before = event;
  }
  return null;
}

/** The file for the office when a till cannot send: one line of head, then the JSON string of each text. */
export function rescue({ device, epoch, genesis, events, head }) {
  const first = { sync: 1, dev: device, epoch, genesis, events: events.length, head };
  const name = `kendedes-${device}-${events[0]?.seq ?? 0}-${events.at(-1)?.seq ?? 0}.ndjson`;
  return { name, text: `${[first, ...events.map((event) => event.text)].map((x) => JSON.stringify(x)).join("\n")}\n` };
}
