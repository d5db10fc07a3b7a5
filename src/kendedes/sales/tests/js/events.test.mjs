import assert from "node:assert/strict";
import { test } from "node:test";

import * as events from "../../static/sales/till/core/events.js";
import { Clock, GENESIS, h } from "./kit.mjs";

const make = (head, body = { float: 1 }) => events.seal({ device: "K3", head, clock: new Clock(), actor: 7, type: "shift.open", body });

test("an event is its text: the hash is of the bytes, the chain of the hashes", async () => {
  const first = await make({ seq: 0, h: GENESIS });
  const second = await make({ seq: 1, h: first.h }, { float: 2, note: "Kelepon – enak 🥥" });

  assert.equal(second.h, h(second.text));
  assert.deepEqual(Object.keys(JSON.parse(second.text)), ["v", "id", "dev", "seq", "prev", "at", "off", "boot", "mono", "actor", "type", "body"]);
  assert.equal(JSON.parse(second.text).prev, first.h);
  assert.equal(await events.firstBreak([first, second], { genesis: GENESIS }), null);
  assert.equal(await events.firstBreak([first, second], { genesis: h("another") }), 1);
  assert.equal(await events.firstBreak([first, { ...second, text: second.text.replace(":2", ":3") }]), 2);
  assert.equal(await events.firstBreak([first, await make({ seq: 1, h: GENESIS })]), 2);
});

test("identifiers are of version 7 and carry the clock, whatever it says", () => {
  for (const at of [0, Date.UTC(2019, 0, 1), Date.UTC(2026, 10, 24), 2 ** 48 - 1]) {
    const id = events.uuid7(at);
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(parseInt(id.replace("-", "").slice(0, 12), 16), at);
  }
  assert.equal(new Set(Array.from({ length: 2000 }, () => events.uuid7(5))).size, 2000);
});

test("words lose control characters, broken halves and what is too long", () => {
  assert.equal(events.clean("  a\u0000b\n\tc\u007f  "), "a b c");
  assert.equal(events.clean("x\ud800y").isWellFormed(), true);
  assert.equal(Array.from(events.clean("🥥".repeat(130))).length, 120);
  assert.equal(events.clean(null), "");
});

test("a receipt number is read with and without its hash", () => {
  assert.equal(events.receiptNumber("K3", 41, "9f2c41aa".padEnd(64, "0")), "K3-000041-9f2c41aa");
  assert.deepEqual(events.readReceiptNumber(" k3-000041-9F2C41AA "), { device: "K3", seq: 41, h: "9f2c41aa" });
  assert.deepEqual(events.readReceiptNumber("K3-41"), { device: "K3", seq: 41, h: "" });
  assert.equal(events.readReceiptNumber("keripik"), null);
});

test("a text longer than the server takes is not made", async () => {
  await assert.rejects(make({ seq: 0, h: GENESIS }, { note: "é".repeat(25_000) }), RangeError);
});

test("the rescue file holds the texts as they are, one a line, in order", async () => {
  const first = await make({ seq: 0, h: GENESIS });
  const second = await make({ seq: 1, h: first.h });

  const file = events.rescue({ device: "K3", epoch: "e1", genesis: GENESIS, events: [first, second], head: second.h });

  assert.equal(file.name, "kendedes-K3-1-2.ndjson");
  const rows = file.text.trimEnd().split("\n").map((row) => JSON.parse(row));
  assert.deepEqual(rows, [{ sync: 1, dev: "K3", epoch: "e1", genesis: GENESIS, events: 2, head: second.h }, first.text, second.text]);
});
