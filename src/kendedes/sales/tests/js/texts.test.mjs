import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Burst } from "../../static/sales/till/scan.js";
import { all, KEYS, words } from "../../static/sales/till/texts.js";

const TILL = join(dirname(fileURLToPath(import.meta.url)), "../../static/sales/till");
const sources = readdirSync(TILL, { recursive: true }).filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(TILL, name), "utf8")).join("\n")
  + readFileSync(join(TILL, "../till.js"), "utf8");

test("every word is there in both languages, with the same facts", () => {
  const facts = (text) => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();
  for (const [key, pair] of Object.entries(all)) {
    assert.equal(pair.length, 2, key);
    assert.ok(pair[0] && pair[1], key);
    assert.deepEqual(facts(pair[0]), facts(pair[1]), key);
  }
  assert.equal(words("en")("here", { n: 3 }), "3 here");
  assert.equal(words("id")("here", { n: 3 }), "3 di sini");
});

test("every word the till asks for exists, and none is left over", () => {
  const asked = new Set([...sources.matchAll(/\bt\("(\w+)"/g)].map((m) => m[1]));
  const heads = [...sources.matchAll(/`(\w+_)\$\{/g)].map((m) => m[1]);
  const quoted = new Set([...sources.matchAll(/"(\w+)"/g)].map((m) => m[1]));
  assert.deepEqual([...asked].filter((key) => !KEYS.includes(key)), []);
  assert.deepEqual(KEYS.filter((key) => !asked.has(key) && !quoted.has(key) && !heads.some((head) => head && key.startsWith(head)) && !/_(title|text)$/.test(key)), []);
});

test("a scanner is told from fingers by its speed; what stood before it is remembered", () => {
  const burst = new Burst();
  const type = (text, gap, at = 0, before = "") => { let hit = null; [...text, "Enter"].forEach((key, i) => { hit = burst.key(key, at + i * gap, i ? `${before}${text.slice(0, i)}` : before); }); return hit; };
  assert.deepEqual(type("8991234567890", 12), { code: "8991234567890", before: "" });
  assert.deepEqual(type("SGS-0012-1", 30, 9000, "3*"), { code: "SGS-0012-1", before: "3*" });
  assert.equal(type("keripik", 140, 20_000), null);
  assert.equal(type("abc", 5, 40_000), null);
  burst.key("k", 50_000);
  burst.key("Backspace", 50_010);
  assert.deepEqual(type("12345", 10, 50_400), { code: "12345", before: "" });
});
