import assert from "node:assert/strict";
import { test } from "node:test";

import { Book } from "../../static/sales/till/core/book.js";
import { firstBreak } from "../../static/sales/till/core/events.js";
import { closeRows } from "../../static/sales/till/core/receipt.js";
import { Moved } from "../../static/sales/till/core/store.js";
import { cash, GENESIS, line, paired } from "./kit.mjs";

async function open(float = 100000) {
  const { store, clock } = await paired();
  const book = await new Book({ store, clock }).load();
  book.actor = 7;
  await book.openShift(float);
  return { store, clock, book };
}
const sell = (book, lines = [line()], payments = [cash(15000, 20000)], more = {}) => book.sell({ basket: { lines }, payments, step: 0, ...more });
const body = (event) => JSON.parse(event.text).body;

test("a sale is one event in the chain, with sums that agree", async () => {
  const { store, book } = await open();

  const sold = await sell(book, [line({ qty: 2 })], [{ kind: "qris", amount: 10000 }, cash(20000, 50000)]);

  assert.deepEqual(body(sold), {
    lines: [{ code: "SGS-0012-1", lot: "L1", name: "Keripik tempe", qty: 2, price: 15000, discount: 0, total: 30000 }],
    payments: [{ kind: "qris", amount: 10000 }, { kind: "cash", amount: 20000, given: 50000, change: 30000 }], rounding: 0, total: 30000,
  });
  assert.equal(await firstBreak(store.list, { genesis: GENESIS }), null);
  assert.equal(JSON.parse(sold.text).actor, 7);
});

test("a sale whose money does not add up is not written", async () => {
  const { store, book } = await open();

  for (const payments of [[], [cash(14000)], [{ kind: "qris", amount: 16000 }], Array.from({ length: 9 }, () => ({ kind: "qris", amount: 1 }))]) {
    await assert.rejects(sell(book, [line()], payments), { code: "sums" });
  }
  await assert.rejects(sell(book, [], [cash(0)]), { code: "sums" });
  assert.equal(store.list.length, 1);
});

test("two taps at once make two sales in order, never a broken chain", async () => {
  const { store, book } = await open();

  await Promise.all([sell(book), sell(book), sell(book)]);

  assert.deepEqual(store.list.map((event) => event.seq), [1, 2, 3, 4]);
  assert.equal(await firstBreak(store.list, { genesis: GENESIS }), null);
});

test("without room nothing is sold, and this is said before money is taken", async () => {
  const { store, book } = await open();
  store.full = true;

  await assert.rejects(book.reserve({ lines: [] }), { code: "full" });
  await assert.rejects(sell(book), { name: "QuotaExceededError" });

  store.full = false;
  await book.reserve({ lines: [line()] });
  assert.equal(store.kept.reserve.length, 65536);
  await sell(book);
  assert.equal(store.kept.reserve, undefined);
  assert.equal(store.kept.draft, undefined);
  assert.deepEqual(store.list.map((event) => event.seq), [1, 2]);
});

test("another tab that moved on makes this one stop, not write a second branch", async () => {
  const { store, clock, book } = await open();
  const other = await new Book({ store, clock }).load();
  await sell(other);

  await assert.rejects(sell(book), Moved);

  assert.equal(store.list.length, 2);
});

test("nothing is sold outside a shift or on a stopped till", async () => {
  const { book } = await open();
  await assert.rejects(book.openShift(1), { code: "shift_open" });
  book.state.sync.stopped = "fork";
  await assert.rejects(sell(book), { code: "stopped" });
  await assert.rejects(book.reserve({}), { code: "stopped" });
  book.state.sync.stopped = undefined;
  await book.closeShift(0);
  await assert.rejects(sell(book), { code: "no_shift" });
});

test("a sale of this shift is voided as a whole, once", async () => {
  const { book } = await open();
  const sold = await sell(book);
  const sale = await book.sale(sold.id);
  assert.equal(book.voidable(sale), true);

  await book.void({ sale, reason: "salah ketik" });

  const after = await book.sale(sold.id);
  assert.equal(after.void, true);
  assert.equal(after.returned, 15000);
  await assert.rejects(book.void({ sale: after, reason: "lagi" }), { code: "not_voidable" });
  await assert.rejects(book.refund({ sale: after, chosen: { 1: 1 }, kind: "cash", step: 0, reason: "x" }), RangeError);
});

test("pieces come back in parts and give back exactly what was paid", async () => {
  const { book } = await open();
  const sold = await sell(book, [line({ qty: 3, price: 3333, rule: { code: "P", percent: 1 } })], [cash(9900)]);

  let back = 0;
  for (let i = 0; i < 3; i += 1) back += body(await book.refund({ sale: await book.sale(sold.id), chosen: { 1: 1 }, kind: "cash", step: 0, reason: "retur" })).total;

  assert.equal(back, 9900);
  assert.equal(book.voidable(await book.sale(sold.id)), false);
  await assert.rejects(book.refund({ sale: await book.sale(sold.id), chosen: {}, kind: "cash", step: 0, reason: "retur" }), { code: "nothing" });
});

test("closing counts only: the slip carries numbers, head and what was expected", async () => {
  const { store, book } = await open();
  await sell(book);
  await book.cash({ kind: "out", amount: 5000, purpose: "expense", reason: "parkir" });

  const { event, totals } = await book.closeShift(109000);

  assert.deepEqual(body(event), {
    opened: store.list[0].id, counted: 109000, expected: 110000, first_seq: 1, last_seq: 3, head: store.list[2].h, by_kind: { cash: 15000, qris: 0, transfer: 0 },
  });
  assert.equal(totals.sales, 1);
  assert.equal(book.shift, null);
  assert.equal(store.kept.shift, undefined);
});

test("cash of orders that the snapshot tells of is on this shift's slip, another shift's is not", async () => {
  const { store, book } = await open();
  await sell(book);
  const about = { association: { name: "Asosiasi (fiktif)" }, english: false };
  const slip = ({ event, totals }) => closeRows(event, about, totals).filter((row) => row.left === "Uang pesanan").map((row) => row.right);

  book.state.snapshot = { body: { drawer: { shift: "another", amount: 9000 } } };
  assert.equal(book.totals.expected, 115000);
  book.state.snapshot = { body: { drawer: { shift: store.list[0].id, amount: 45000 } } };
  const closed = await book.closeShift(160000);

  assert.equal(body(closed.event).expected, 160000);
  assert.deepEqual(body(closed.event).by_kind, { cash: 15000, qris: 0, transfer: 0 });
  assert.deepEqual(slip(closed), ["45.000"]);
});

test("after a restart in the middle of the shift the sums are the same", async () => {
  const { store, clock, book } = await open();
  await sell(book);
  const again = await new Book({ store, clock }).load();

  assert.deepEqual(again.totals, book.totals);
  await sell(again);
  assert.equal(await firstBreak(store.list, { genesis: GENESIS }), null);
});

test("what was sold since the snapshot is taken off the shelf, what came back is put on again", async () => {
  const { book } = await open();
  const first = await sell(book, [line({ qty: 3 })], [cash(45000)]);
  const second = await sell(book, [line({ lot: "L2" })], [cash(15000)]);
  await book.refund({ sale: await book.sale(first.id), chosen: { 1: 1 }, kind: "cash", step: 0, reason: "r" });
  await book.void({ sale: await book.sale(second.id), reason: "v" });

  assert.deepEqual(Object.fromEntries(await book.soldSince(0)), { L1: 2, L2: 0 });
  assert.deepEqual(Object.fromEntries(await book.soldSince(second.seq)), { L1: -1, L2: -1 });
});

test("money not in cash that nobody but this till knows of is counted", async () => {
  const { book } = await open();
  await sell(book, [line()], [{ kind: "qris", amount: 15000 }]);
  await sell(book);
  assert.equal(await book.noncashUnsent(), 15000);
  book.heard({ ...book.state.sync, acked: 2 });
  assert.equal(await book.noncashUnsent(), 0);
});
