/* QRIS as a merchant shows it (EMVCo): read a static code, check it, make one with an amount. */

export class BadCode extends Error {}

/** CRC-16/CCITT-FALSE as 4 capital hex digits; of "123456789" it is 29B1. */
export function crc(text) {
  let value = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    value ^= byte << 8;
    for (let i = 0; i < 8; i += 1) value = value & 0x8000 ? ((value << 1) ^ 0x1021) & 0xffff : (value << 1) & 0xffff;
  }
  return value.toString(16).toUpperCase().padStart(4, "0");
}

/** [[id, value], …] of a text of tags; throws where a length does not fit. */
export function read(text) {
  const tags = [];
  for (let at = 0; at < text.length;) {
    const head = /^(\d{2})(\d{2})$/.exec(text.slice(at, at + 4));
    if (!head) throw new BadCode("tag");
    const value = text.slice(at + 4, at + 4 + Number(head[2]));
    if (value.length !== Number(head[2])) throw new BadCode("length");
    tags.push([head[1], value]);
    at += 4 + value.length;
  }
  return tags;
}

export const write = (tags) => tags.map(([id, value]) => `${id}${String(value.length).padStart(2, "0")}${value}`).join("");

/** The tags of a merchant's code, checked: what must be there is there and the CRC fits. */
export function check(text) {
  const tags = read(text);
  const has = (id) => tags.some(([tag]) => tag === id);
  const missing = ["00", "01", "52", "53", "58", "59", "60", "63"].find((id) => !has(id));
  if (missing) throw new BadCode(missing);
  if (!tags.some(([id]) => id >= "26" && id <= "51")) throw new BadCode("26");
  if (tags.at(-1)[0] !== "63" || crc(text.slice(0, -4)) !== tags.at(-1)[1].toUpperCase()) throw new BadCode("crc");
  return tags;
}

/** The static code with an amount and, if given, a bill number: what the buyer scans pays exactly this. */
export function dynamic(text, amount, bill = "") {
  if (!Number.isInteger(amount) || amount < 1 || amount > 10_000_000) throw new BadCode("amount");
  const out = [];
  for (const [id, value] of check(text)) {
    if (["54", "55", "56", "57", "63"].includes(id) || (id === "62" && bill)) continue;
    if (id === "58") out.push(["54", String(amount)]);
    out.push([id, id === "01" ? "12" : value]);
  }
  if (bill) out.push(["62", write([["01", bill.slice(0, 25)]])]);
  const body = `${write(out)}6304`;
  return body + crc(body);
}

/** Whose code it is, for the cashier's eye: {name, city, nmid}. */
export function merchant(text) {
  const tags = Object.fromEntries(check(text));
  const own = tags["51"] ? Object.fromEntries(read(tags["51"])) : {};
  return { name: tags["59"], city: tags["60"], nmid: own["02"] ?? "" };
}
