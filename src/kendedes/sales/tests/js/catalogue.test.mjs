import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalogue, fold, near, scanned } from "../../static/sales/till/core/catalogue.js";

const item = (lot, name, over = {}) => ({
  lot, code: `SGS-${lot}`, barcode: "", name, pack: "150 g", unit: "bungkus", producer: "Melati", village: "Sanan", price: 15000, minimum: 13500,
  expires: null, here: 5, all: 5, ...over,
});
const GOODS = [
  item("L1", "Keripik tempe sagu", { barcode: "8991234567890", expires: "2027-01-31" }),
  item("L2", "Keripik tempe sagu", { barcode: "8991234567890", expires: "2026-12-24", producer: "Anggrek" }),
  item("L3", "Kerupuk ikan"), item("L4", "Kopi robusta Dampit"), item("L5", "Batik tulis Singhasari"), item("L6", "Telur asin", { here: 0, all: 0 }),
  item("L7", "Sambal pecel"), item("L8", "Jenang apel Malang"), item("L9", "Sari apel", { expires: "2026-11-01" }), item("L10", "Sari apel", { expires: "2027-05-01" }),
];
const names = (list) => list.map((g) => g.name);
const goods = new Catalogue(GOODS, { today: () => "2026-11-24" });

test("is found as people spell it", () => {
  for (const [typed, name] of [
    ["keripik", "Keripik tempe sagu"], ["kripik tempe", "Keripik tempe sagu"], ["tempeh", "Keripik tempe sagu"], ["krupuk", "Kerupuk ikan"], ["kerupok", "Kerupuk ikan"],
    ["kopi dampit", "Kopi robusta Dampit"], ["kopie", "Kopi robusta Dampit"], ["batik singasari", "Batik tulis Singhasari"], ["telor", "Telur asin"],
    ["djenang", "Jenang apel Malang"], ["jenag", "Jenang apel Malang"], ["SAMBEL", "Sambal pecel"], ["smabal", "Sambal pecel"], ["sgs l7", "Sambal pecel"], ["anggrek kripik", "Keripik tempe sagu"],
  ]) assert.equal(names(goods.search(typed))[0], name, typed);
  assert.deepEqual(goods.search("xyzzy"), []);
  assert.deepEqual(goods.search("  "), []);
});

test("every typed word must fit, and what stands here comes first", () => {
  assert.deepEqual(names(goods.search("apel")), ["Sari apel", "Sari apel", "Jenang apel Malang"].sort((a, b) => names(goods.search("apel")).indexOf(a) - names(goods.search("apel")).indexOf(b)));
  assert.equal(goods.search("apel kopi").length, 0);
  const two = new Catalogue([item("A", "Madu", { here: 0 }), item("B", "Madu")]);
  assert.deepEqual(two.search("madu").map((g) => g.lot), ["B", "A"]);
});

test("a shared barcode proposes the earliest expiry that is still good and here", () => {
  assert.deepEqual(goods.find("8991234567890").map((g) => [g.lot, g.producer]), [["L2", "Anggrek"], ["L1", "Melati"]]);
  const sold = new Catalogue(GOODS, { today: () => "2026-11-24", sold: new Map([["L2", 5]]) });
  assert.equal(sold.find("8991234567890")[0].lot, "L1");
  const later = new Catalogue(GOODS, { today: () => "2026-12-25" });
  assert.equal(later.find("8991234567890")[0].lot, "L1");
  assert.equal(goods.expired(GOODS[8]), true);
  let today = "2026-12-20";
  const overnight = new Catalogue(GOODS, { today: () => today });
  const before = GOODS.map((item) => overnight.expired(item));
  today = "2027-12-31";
  assert.ok(GOODS.some((item, i) => item.expires && !before[i] && overnight.expired(item)));
});

test("labels are found by lot, code, and address in a QR; unknown codes by nothing", () => {
  assert.equal(goods.find("l4")[0].lot, "L4");
  assert.equal(goods.find("SGS-L4")[0].lot, "L4");
  assert.equal(scanned("https://galeri.example/t/SGS-L4/?x=1"), "SGS-L4");
  assert.deepEqual(goods.find("000"), []);
  assert.equal(goods.lot("L4").name, "Kopi robusta Dampit");
});

test("letters that sound alike fold together, near words are one step apart", () => {
  assert.equal(fold("keripik"), fold("kripik"));
  assert.equal(fold("tjoekoep"), fold("cukup"));
  assert.notEqual(fold("madu"), fold("mede"));
  assert.ok(near("sambal", "sambel") && near("sambal", "smabal") && near("sambal", "sambl") && !near("sambal", "sumbel"));
});

test("two thousand goods are searched in a blink", () => {
  const many = new Catalogue(Array.from({ length: 2000 }, (_, i) => item(`N${i}`, `${["Keripik", "Kopi", "Batik", "Sambal"][i % 4]} macam ${i}`)));
  const start = performance.now();
  for (const typed of ["k", "kripik", "sambel macam 77", "zzzz", "batk 1203"]) many.search(typed);
  assert.ok(performance.now() - start < 400);
  assert.equal(many.search("macam 1203")[0].lot, "N1203");
});
