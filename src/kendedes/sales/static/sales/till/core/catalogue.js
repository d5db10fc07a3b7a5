/*
 * The goods of the snapshot: found by code, by barcode, by name as people spell it.
 * A lot is whose goods they are; where several share a code, the one that expires first is proposed and its producer shown.
 */

/** Letters only as they sound: accents, old spelling, doubled letters, and vowels that are often swapped or left out. */
export function fold(word) {
  return word
    .replace(/oe/g, "u").replace(/dj/g, "j").replace(/tj/g, "c").replace(/[sz]y/g, "s").replace(/ph|[fv]/g, "p")
    .replace(/x/g, "ks").replace(/q/g, "k").replace(/kh/g, "k").replace(/z/g, "s").replace(/y/g, "i").replace(/o/g, "u")
    .replace(/(.)\1+/g, "$1").replace(/h$/, "")
    .replace(/^(.[^aiu]?)e(?=[lr][aiu])/, "$1"); // keripik, kripik; kerupuk, krupuk
}

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const words = (text) => plain(text).match(/[a-z0-9]+/g) ?? [];

/** Whether `a` becomes `b` by one letter more, less, other, or two swapped. */
export function near(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  if (i === a.length && i === b.length) return true;
  if (a.length === b.length) {
    return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
}

/** Codes as scanned: labels may carry an address that ends in the code. */
export function scanned(text) {
  const bare = text.trim();
  const last = /^https?:\/\//i.test(bare) ? bare.replace(/[?#].*$/, "").replace(/\/+$/, "").split("/").at(-1) : bare;
  return last.toUpperCase();
}

export class Catalogue {
  /** `today()`: "2026-11-24" in the association's zone, asked anew each time: a till stays open over midnight; `sold`: pieces by lot this till has sold since the snapshot. */
  constructor(goods, { today = () => "", sold = new Map() } = {}) {
    this.goods = goods;
    this.today = today;
    this.sold = sold;
    this.codes = new Map();
    this.vocabulary = new Map();
    goods.forEach((item, i) => this.#enter(item, i));
  }

  #enter(item, i) {
    for (const code of new Set([item.lot, item.code, item.barcode])) {
      if (!code) continue;
      const key = code.toUpperCase();
      if (!this.codes.has(key)) this.codes.set(key, []);
      this.codes.get(key).push(item);
    }
    const seen = new Map();
    const put = (text, weight) => {
      for (const word of words(text)) {
        const key = fold(word);
        if (key) seen.set(key, Math.max(weight, seen.get(key) ?? 0));
      }
    };
    put(item.name, 4);
    put(item.pack ?? "", 2);
    put(item.code, 2);
    put(`${item.producer ?? ""} ${item.village ?? ""}`, 1);
    for (const [key, weight] of seen) {
      if (!this.vocabulary.has(key)) this.vocabulary.set(key, []);
      this.vocabulary.get(key).push(i, weight);
    }
  }

  /** Pieces at this till's place as far as it knows. */
  here(item) {
    return item.here - (this.sold.get(item.lot) ?? 0);
  }

  expired(item) {
    return Boolean(item.expires && item.expires < this.today());
  }

  lot(id) {
    return this.codes.get(id.toUpperCase())?.find((item) => item.lot === id) ?? null;
  }

  /** Lots a code may mean, the proposed one first: still good and here, then the earliest expiry. */
  find(code) {
    const rank = (item) => (this.expired(item) ? 4 : 0) + (this.here(item) > 0 ? 0 : item.all > 0 ? 1 : 2);
    const late = (item) => item.expires ?? "9999-12-31";
    return [...(this.codes.get(scanned(code)) ?? [])].sort((a, b) => rank(a) - rank(b) || late(a).localeCompare(late(b)));
  }

  /** Goods whose words fit what was typed, best first. Every word must fit somewhere. */
  search(text, most = 40) {
    const asked = words(text);
    if (!asked.length) return [];
    const exact = this.find(text);
    let found = this.#match(asked, false);
    if (!found.size && !exact.length) found = this.#match(asked, true);
    const rows = [...found].map(([i, score]) => [score + (this.here(this.goods[i]) > 0 ? 0.5 : 0), i]);
    rows.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const rest = rows.map(([, i]) => this.goods[i]).filter((item) => !exact.includes(item));
    return [...exact, ...rest].slice(0, most);
  }

  #match(asked, loose) {
    let all = null;
    for (const word of asked) {
      const key = fold(word) || word;
      const hits = new Map();
      for (const [known, places] of this.vocabulary) {
        const how = closeness(key, known, loose);
        if (!how) continue;
        for (let p = 0; p < places.length; p += 2) {
          const score = how * 4 + places[p + 1];
          if (score > (hits.get(places[p]) ?? 0)) hits.set(places[p], score);
        }
      }
      if (all === null) all = hits;
      else for (const [i, score] of all) { if (hits.has(i)) all.set(i, score + hits.get(i)); else all.delete(i); }
    }
    return all ?? new Map();
  }
}

function closeness(key, known, loose) {
  if (known === key) return 4;
  if (known.startsWith(key)) return 3;
  if (key.length >= 3 && known.includes(key)) return 2;
  if (loose && key.length >= 4 && (near(key, known) || near(key, known.slice(0, key.length)) || near(key, known.slice(0, key.length + 1)))) return 1;
  return 0;
}
