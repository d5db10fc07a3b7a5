import assert from "node:assert/strict";
import { test } from "node:test";

import { seal } from "../../static/sales/till/core/events.js";
import { ascii, encode as escpos } from "../../static/sales/till/core/escpos.js";
import { fits, wait } from "../../static/sales/till/core/pin.js";
import * as qris from "../../static/sales/till/core/qris.js";
import { encode as qr } from "../../static/sales/till/core/qr.js";
import { closeRows, lines, message, moment, refundRows, rupiah, saleRows, whatsapp } from "../../static/sales/till/core/receipt.js";
import { Clock, GENESIS, line } from "./kit.mjs";

const STATIC = "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID00000000000010303UMI5204594753033605802ID5913GALERI CONTOH6011KAB. MALANG6105651536304D400";
const WITH_AMOUNT = "00020101021226680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID00000000000010303UMI5204594753033605405250005802ID5913GALERI CONTOH6011KAB. MALANG6105651536304E8FF";

test("QRIS: the known checksum, the published vectors, and the merchant's name", () => {
  assert.equal(qris.crc("123456789"), "29B1");
  assert.equal(qris.dynamic(STATIC, 25000), WITH_AMOUNT);
  assert.deepEqual(qris.merchant(STATIC), { name: "GALERI CONTOH", city: "KAB. MALANG", nmid: "ID0000000000001" });
  const billed = qris.dynamic(STATIC, 25000, "K3-000041");
  assert.ok(billed.includes("62130109K3-000041"));
  assert.equal(qris.check(billed).find(([id]) => id === "54")[1], "25000");
});

test("QRIS: a damaged, cut or foreign code is refused, and so is an amount beyond the limit", () => {
  for (const bad of [STATIC.replace("CONTOH6011", "CONTOH6012"), STATIC.slice(0, -1), `${STATIC.slice(0, -4)}0000`, "", "hello", WITH_AMOUNT.replace("5405", "5406")]) {
    assert.throws(() => qris.check(bad), qris.BadCode, bad);
  }
  for (const amount of [0, -1, 1.5, 10_000_001]) assert.throws(() => qris.dynamic(STATIC, amount), qris.BadCode);
});

test("QR: size follows the text; too much is refused", () => {
  assert.equal(qr("A").length, 21);
  assert.equal(qr(WITH_AMOUNT).length, 57);
  assert.throws(() => qr("x".repeat(2000)), RangeError);
});

const about = { association: { name: "Asosiasi UPK (fiktif)", gallery: "Galeri Kendedes", address: "Jl. Raya 1, Singosari" }, place: "Galeri Kendedes", footer: "Terima kasih", cashier: "Sri" };
const event = (type, body) => seal({ device: "K3", head: { seq: 40, h: GENESIS }, clock: new Clock(), actor: 7, type, body });

test("a receipt on narrow paper: nothing is wider than the paper, the total and the number stand on it", async () => {
  const sold = await event("sale", {
    lines: [{ ...line({ name: "Keripik tempe sagu rasa daun jeruk purut pedas manis sekali", qty: 3 }), discount: 4500, total: 40500, discount_code: "P10" }],
    payments: [{ kind: "cash", amount: 40500, given: 50000, change: 9500 }], rounding: 0, total: 40500,
  });
  const rows = saleRows(sold, about);

  for (const width of [32, 48]) assert.deepEqual(lines(rows, width).filter((row) => row.length > width), []);
  const text = lines(rows, 32).join("\n");
  assert.match(text, new RegExp(`K3-000041-${sold.h.slice(0, 8)}`));
  assert.match(text, /TOTAL +Rp40\.500/);
  assert.match(text, /Kembali +9\.500/);
  assert.match(text, /24-11-2026 10\.00 +Sri/);
  assert.match(message(rows), /TOTAL: \*Rp40\.500\*/);
  assert.match(lines(saleRows(sold, { ...about, english: true }), 32).join("\n"), /Change +9\.500/);
});

test("the slips of a refund and of the closing name what they must", async () => {
  const back = await event("refund", { sale: "x", lines: [], payments: [], rounding: 0, total: 5000, reason: "basi" });
  assert.match(lines(refundRows(back, about, "K3-000001-aabbccdd", 5000), 32).join("\n"), /PENGEMBALIAN[\s\S]*K3-000001-aabbccdd[\s\S]*Rp5\.000[\s\S]*basi/);
  const closed = await event("shift.close", { opened: "x", counted: 90000, expected: 100000, first_seq: 3, last_seq: 40, head: GENESIS, by_kind: { cash: 1, qris: 2, transfer: 3 } });
  const slip = lines(closeRows(closed, about, { sales: 4, voids: 0, refunds: 1, float: 5, cashIn: 0, cashOut: 0 }), 32).join("\n");
  assert.match(slip, /K3 3-41/);
  assert.match(slip, /Selisih +−10\.000/);
  assert.ok(slip.includes(closed.h.slice(0, 32)) && slip.includes(closed.h.slice(32)));
});

const START = [0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x74, 0]; // ESC @, FS ., ESC t 0
const CUT = [0x1b, 0x64, 4, 0x1d, 0x56, 0x42, 0]; // four lines, GS V 66 0
const said = (text) => Array.from(text, (letter) => letter.charCodeAt(0));
/** ESC a n, ESC E n, GS ! n, the text, LF. */
const printed = (align, bold, tall, ...rows) => [0x1b, 0x61, align, 0x1b, 0x45, bold, 0x1d, 0x21, tall, ...rows.flatMap((row) => [...said(row), 0x0a])];

test("bytes for a printer, one by one: as new, code page, place, bold, tall, 32 or 48 letters a line, cut", () => {
  const rows = [
    { text: "Galeri Kendedes", align: "center", bold: true, big: true }, { rule: true },
    { text: "Keripik tempe sagu rasa daun jeruk purut pedas" }, { left: "  2 x 15.000", right: "30.000" }, { left: "TOTAL", right: "Rp30.000", bold: true, big: true },
  ];

  assert.deepEqual([...escpos(rows, { paper: 58 })], [
    ...START,
    ...printed(1, 1, 1, "Galeri Kendedes"), ...printed(0, 0, 0, "-".repeat(32)),
    ...printed(0, 0, 0, "Keripik tempe sagu rasa daun", "jeruk purut pedas"),
    ...printed(0, 0, 0, "  2 x 15.000              30.000"), ...printed(0, 1, 1, "TOTAL                   Rp30.000"),
    ...CUT,
  ]);
  assert.deepEqual([...escpos(rows, { paper: 80 })], [
    ...START,
    ...printed(1, 1, 1, "Galeri Kendedes"), ...printed(0, 0, 0, "-".repeat(48)),
    ...printed(0, 0, 0, "Keripik tempe sagu rasa daun jeruk purut pedas"),
    ...printed(0, 0, 0, "  2 x 15.000                              30.000"), ...printed(0, 1, 1, "TOTAL                                   Rp30.000"),
    ...CUT,
  ]);
});

test("the message for WhatsApp is the receipt in words, the sum in bold", async () => {
  const sold = await event("sale", {
    lines: [{ ...line({ name: "Keripik tempe sagu 150 g", qty: 2 }), discount: 3000, total: 27000, discount_code: "P10" }],
    payments: [{ kind: "qris", amount: 7000, ref: "9a" }, { kind: "cash", amount: 20000, given: 50000, change: 30000 }], rounding: 0, total: 27000,
  });

  assert.equal(message(saleRows(sold, about)), [
    "*Galeri Kendedes*", "Asosiasi UPK (fiktif)", "Jl. Raya 1, Singosari", "", `K3-000041-${sold.h.slice(0, 8)}`, "24-11-2026 10.00: Sri", "",
    "Keripik tempe sagu 150 g", "2 x 15.000: 30.000", "potongan P10: -3.000", "", "TOTAL: *Rp27.000*", "QRIS 9a: 7.000", "Tunai: 50.000", "Kembali: 30.000", "", "Terima kasih",
  ].join("\n"));
});

test("bytes for a printer are plain letters between commands, cut at the end", async () => {
  const sold = await event("sale", { lines: [{ ...line({ name: "Wédang “uwuh” – 100 g 🥥" }), discount: 0, total: 15000 }], payments: [{ kind: "qris", amount: 15000, ref: "9" }], rounding: 0, total: 15000 });
  const out = escpos(saleRows(sold, about), { paper: 58, drawer: true });

  assert.deepEqual([...out.slice(0, 12)], [...START, 0x1b, 0x70, 0, 25, 250]);
  assert.deepEqual([...out.slice(-4)], [0x1d, 0x56, 0x42, 0]);
  assert.ok([...out].every((b) => b < 0x7f || b === 250));
  assert.match(String.fromCharCode(...out), /Wedang "uwuh" - 100 g \?/);
  assert.equal(ascii("−5 × 3…"), "-5 x 3...");
});

test("money, moments and links as people here write them", () => {
  assert.deepEqual([0, 500, 15000, 1234567, -2500].map(rupiah), ["Rp0", "Rp500", "Rp15.000", "Rp1.234.567", "−Rp2.500"]);
  assert.equal(moment(Date.UTC(2026, 11, 31, 17, 5), 420), "01-01-2027 00.05");
  assert.equal(whatsapp("a b\nc", "0812-3456-789"), "https://wa.me/628123456789?text=a%20b%0Ac");
  assert.equal(whatsapp("x"), "https://wa.me/?text=x");
});

test("a PIN fits its verifier only; wrong ones wait longer and longer", async () => {
  const verifier = { alg: "PBKDF2-SHA-256", iterations: 1000, salt: "00112233445566778899aabbccddeeff", hash: "" };
  const { pbkdf2Sync } = await import("node:crypto");
  verifier.hash = pbkdf2Sync("246810", Buffer.from(verifier.salt, "hex"), 1000, 32, "sha256").toString("hex");

  assert.equal(await fits("246810", verifier), true);
  assert.equal(await fits("246811", verifier), false);
  assert.equal(await fits("246810", { ...verifier, alg: "md5" }), false);
  assert.deepEqual([0, 4, 5, 6, 7, 20].map((n) => wait(n, 1000)), [0, 0, 31000, 61000, 121000, 901000]);
});
