import assert from "node:assert/strict";
import { test } from "node:test";

import * as rules from "../../static/sales/till/core/rules.js";
import { cash, dice, line } from "./kit.mjs";

test("a discount on the whole cart is divided to the rupiah, the earlier line first", () => {
  assert.deepEqual(rules.divide(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(rules.divide(5, [0, 0]), [0, 0]);

  const sum = rules.cart([line({ price: 3333 }), line({ lot: "L2", price: 3333 }), line({ lot: "L3", price: 3334 })], { code: "PAMERAN10", percent: 10 });

  assert.deepEqual(sum.lines.map((l) => [l.discount, l.total, l.discount_code]), [[333, 3000, "PAMERAN10"], [333, 3000, "PAMERAN10"], [334, 3000, "PAMERAN10"]]);
  assert.equal(sum.subtotal, 9000);
});

test("a line with a discount of its own takes no part in the one on the whole cart", () => {
  const sum = rules.cart([line({ rule: { code: "SETENGAH", percent: 50 } }), line({ lot: "L2", price: 10000 })], { code: "P10", percent: 10 });

  assert.deepEqual(sum.lines.map((l) => [l.discount, l.discount_code]), [[7500, "SETENGAH"], [1000, "P10"]]);
});

test("a discount for some goods falls on those only, and on goods nobody knows never", () => {
  const few = { code: "APEL", percent: 10, limit: "Unit Poncokusumo" };
  const lines = [line({ discounts: ["APEL"], price: 10000 }), line({ lot: "L2", price: 30000 }), line({ lot: null, price: 5000 })];

  const sum = rules.cart(lines, few);

  assert.deepEqual(sum.lines.map((l) => [l.discount, l.discount_code]), [[1000, "APEL"], [0, undefined], [0, undefined]]);
  assert.deepEqual(lines.map((l) => rules.fits(few, l)), [true, false, false]);
  assert.deepEqual(lines.map((l) => rules.fits({ code: "SEMUA", percent: 5 }, l)), [true, true, true]);
});

test("divided amounts always add up, also at the largest sums", () => {
  const chance = dice(7);
  for (let i = 0; i < 500; i += 1) {
    const weights = Array.from({ length: 1 + Math.floor(chance() * 9) }, () => Math.floor(chance() * 1e9));
    const amount = Math.floor(chance() * 1e9);
    const whole = weights.reduce((a, b) => a + b, 0);
    const parts = rules.divide(amount, weights);
    assert.equal(parts.reduce((a, b) => a + b, 0), whole ? amount : 0);
    parts.forEach((part, k) => assert.ok(Math.abs(part - (amount * weights[k]) / (whole || 1)) <= 1.001));
  }
});

test("a price below the agreed minimum is noticed, also when a discount makes it so", () => {
  assert.deepEqual(rules.cart([line({ minimum: 13500 })]).below, []);
  assert.deepEqual(rules.cart([line({ minimum: 13500, rule: { code: "X", percent: 20 } })]).below, [0]);
  assert.deepEqual(rules.cart([line({ minimum: 13500 }), line({ lot: "L2", price: 13499, minimum: 13500, qty: 3 })]).below, [1]);
});

test("goods nobody knows are marked and have no lot", () => {
  const [found] = rules.cart([line({ lot: null, code: "8991" })]).lines;

  assert.deepEqual(found, { code: "8991", lot: null, name: "Keripik tempe", qty: 1, price: 15000, discount: 0, total: 15000, unknown: true });
});

test("cash is rounded to the nearest step, in doubt to the buyer; other money is not", () => {
  assert.deepEqual([0, 49, 50, 51, 99, 100].map((n) => rules.rounding(1000 + n, 100)), [0, -49, -50, 49, 1, 0]);
  assert.equal(rules.rounding(12345, 0), 0);
  assert.deepEqual(rules.due(12345, [], "cash", 100), { rounding: -45, total: 12300, left: 12300 });
  assert.deepEqual(rules.due(12345, [], "qris", 100), { rounding: 0, total: 12345, left: 12345 });
  assert.deepEqual(rules.due(12345, [{ kind: "qris", amount: 10000 }], "cash", 100), { rounding: -45, total: 12300, left: 2300 });
});

test("cash gives change, and may be a part", () => {
  assert.deepEqual(rules.cashPayment(12300, 20000), { kind: "cash", amount: 12300, given: 20000, change: 7700 });
  assert.deepEqual(rules.cashPayment(12300, 5000), { kind: "cash", amount: 5000, given: 5000, change: 0 });
  assert.deepEqual(rules.likely(12300), [12300, 15000, 20000, 50000, 100000]);
  assert.deepEqual(rules.likely(50000), [50000, 60000, 100000]);
});

test("giving everything back in any order gives back exactly everything", () => {
  const chance = dice(3);
  for (let i = 0; i < 300; i += 1) {
    const sold = 1 + Math.floor(chance() * 40);
    const total = Math.floor(chance() * 1e9);
    let already = 0, back = 0;
    while (already < sold) {
      const qty = 1 + Math.floor(chance() * (sold - already));
      back += rules.refundPart({ total, sold, already, qty });
      already += qty;
    }
    assert.equal(back, total);
  }
  assert.throws(() => rules.refund([{ total: 100, qty: 2, refunded: 1 }], { 1: 2 }), RangeError);
});

test("a shift adds up what the drawer should hold", () => {
  const sale = (id, total, payments) => ({ type: "sale", id, body: { lines: [{ qty: 2 }], total, payments } });
  const totals = rules.shiftTotals([
    { type: "shift.open", id: "o", body: { float: 100000 } },
    sale("a", 15000, [cash(15000, 20000)]),
    sale("b", 30000, [{ kind: "qris", amount: 10000 }, cash(20000)]),
    sale("c", 7000, [{ kind: "transfer", amount: 7000 }]),
    { type: "void", id: "v", body: { sale: "a" } },
    { type: "refund", id: "r", body: { sale: "zz", total: 5000, payments: [{ kind: "cash", amount: 5000 }] } },
    { type: "cash", id: "i", body: { kind: "in", amount: 50000 } },
    { type: "cash", id: "k", body: { kind: "out", amount: 8000 } },
  ]);

  assert.deepEqual(totals, {
    by_kind: { cash: 15000, qris: 10000, transfer: 7000 }, float: 100000, cashIn: 50000, cashOut: 8000, orders: 0, expected: 157000,
    sold: 52000, returned: 20000, sales: 3, voids: 1, refunds: 1, pieces: 6,
  });
});

test("cash of orders that the office put into the drawer is expected there", () => {
  const totals = rules.shiftTotals([{ type: "shift.open", id: "o", body: { float: 100000 } }], 45000);

  assert.deepEqual([totals.orders, totals.cashIn, totals.expected], [45000, 0, 145000]);
});

test("discounts run on their own days, the first and the last included", () => {
  const all = [{ code: "A" }, { code: "B", since: "2026-12-02", until: "2026-12-04" }, { code: "C", since: "2026-12-03", until: null }];
  const on = (day) => rules.running(all, day).map((rule) => rule.code).join("");

  assert.deepEqual(["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"].map(on), ["A", "AB", "ABC", "ABC", "AC"]);
});
