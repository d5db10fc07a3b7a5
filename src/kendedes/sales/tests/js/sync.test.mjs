import assert from "node:assert/strict";
import { test } from "node:test";

import { seal } from "../../static/sales/till/core/events.js";
import { backoff, believe, cleanCode, newToken, pair, Sync } from "../../static/sales/till/core/sync.js";
import { Clock, dice, GENESIS, h, Memory, paired, Server } from "./kit.mjs";

async function sells({ store, clock }, n = 1, note = "") {
  for (let i = 0; i < n; i += 1) {
    const { head } = await store.state();
    await store.append(await seal({ device: "K3", head, clock, actor: 7, type: "sale", body: { n: head.seq, note } }));
  }
}

async function till(server, transport = async (request) => server.answer(request)) {
  const { store, clock } = await paired();
  const sync = new Sync({ store, clock, transport });
  return { store, clock, sync };
}

const acked = async ({ store }) => (await store.state()).sync.acked;
const stopped = async ({ store }) => (await store.state()).sync.stopped;

test("sends everything in order, in batches the server takes", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 250);

  assert.deepEqual(await k3.sync.run(), { result: "done" });

  assert.equal(server.rows.length, 250);
  assert.equal(server.calls, 3);
  assert.equal(await acked(k3), 250);
});

test("large events make smaller batches, and a refusal for size halves them", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 12, "n".repeat(40_000));
  assert.deepEqual(await k3.sync.run(), { result: "done" });
  assert.equal(server.rows.length, 12);

  const strict = new Server(), k4 = await till(strict, async (request) => {
    const n = request.body ? JSON.parse(request.body).events.length : 0;
    return n > 3 ? strict.refuse(413, "too_large") : strict.answer(request);
  });
  await sells(k4, 10);
  assert.deepEqual(await k4.sync.run(), { result: "done" });
  assert.equal(strict.rows.length, 10);
});

test("an answer lost after the commit is asked again and counted once", async () => {
  const server = new Server();
  let lose = 2;
  const k3 = await till(server, async (request) => {
    const answer = server.answer(request);
    if (request.method === "POST" && lose-- > 0) throw new TypeError("connection closed");
    return answer;
  });
  await sells(k3, 5);

  assert.deepEqual(await k3.sync.run(), { result: "later" });
  assert.equal(await acked(k3), 0);
  await k3.sync.run();
  assert.deepEqual(await k3.sync.run(), { result: "done" });

  assert.equal(server.rows.length, 5);
  assert.equal(await acked(k3), 5);
});

test("what is not this protocol is not believed: portals, proxies, halves, other devices", async () => {
  const server = new Server();
  const good = server.json(200, server.state({ acked_seq: 1, head: h("x") }));
  const lies = [
    null,
    { status: 200, type: "text/html", text: "<html>Login Wi-Fi</html>" },
    { status: 200, type: "text/html", text: good.text },
    { status: 200, type: "application/json", text: good.text.slice(0, 40) },
    { status: 200, type: "application/json", text: '{"ok":true,"acked_seq":1}' },
    { status: 200, type: "application/json", text: "null" },
    { status: 302, type: "application/json", text: good.text },
    { status: 502, type: "application/json", text: good.text },
    { status: 200, type: "application/json", text: JSON.stringify(server.state({ device: "K9", acked_seq: 1 })) },
    { status: 200, type: "application/json", text: JSON.stringify(server.state({ acked_seq: "1" })) },
    { status: 200, type: "application/json", text: JSON.stringify(server.state({ head: "" })) },
    { status: 401, type: "text/html", text: "sign in" },
    { status: 404, type: "application/json", text: '{"detail":"not found"}' },
  ];
  for (const lie of lies) {
    const k3 = await till(server, async () => lie);
    await sells(k3);
    assert.equal((await k3.sync.run()).result, "later", JSON.stringify(lie));
    assert.equal(await acked(k3), 0);
    assert.equal(await stopped(k3), undefined);
  }
  assert.ok(believe(good));
});

test("another epoch: the till compares, takes it and sends again from there", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 30);
  await k3.sync.run();
  server.restore(12);
  await sells(k3, 3);

  assert.deepEqual(await k3.sync.run(), { result: "done" });

  assert.equal(server.rows.length, 33);
  assert.equal((await k3.store.state()).sync.epoch, "e2");
});

test("a restored server is noticed also when there is nothing to send", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 10);
  await k3.sync.run();
  server.restore(10);

  assert.deepEqual(await k3.sync.run(), { result: "done" });

  assert.equal(server.rows.length, 10);
});

test("a copy of the till that sold something else stops loudly and keeps everything", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 4);
  await k3.sync.run();
  const twin = { store: k3.store.copy(), clock: k3.clock };
  twin.sync = new Sync({ ...twin, transport: async (request) => server.answer(request) });
  await sells(k3, 2, "first");
  await sells(twin, 3, "second");

  assert.deepEqual(await k3.sync.run(), { result: "done" });
  assert.deepEqual(await twin.sync.run(), { result: "stopped" });

  assert.equal(await stopped(twin), "fork");
  assert.equal(twin.store.list.length, 7);
  assert.equal(server.rows.length, 6);
  assert.deepEqual(await twin.sync.run(), { result: "stopped" });
  await sells(k3);
  assert.deepEqual(await k3.sync.run(), { result: "stopped" });
  assert.equal(await stopped(k3), "locked");
});

test("a server that has more than the till ever made is a sign of a copy", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 2);
  const old = { store: k3.store.copy(), clock: k3.clock };
  old.sync = new Sync({ ...old, transport: async (request) => server.answer(request) });
  await sells(k3, 3);
  await k3.sync.run();

  assert.deepEqual(await old.sync.run(), { result: "stopped" });

  assert.equal(await stopped(old), "copy");
});

test("a revoked till stops and keeps what it has", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 2);
  server.revoked = true;

  assert.deepEqual(await k3.sync.run(), { result: "stopped" });

  assert.equal(await stopped(k3), "revoked");
  assert.equal(k3.store.list.length, 2);
});

test("a server older than what the till still keeps stops it: nothing is left out in silence", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 20);
  await k3.sync.run();
  k3.store.list = k3.store.list.filter((event) => event.seq > 15);
  server.restore(20);

  assert.deepEqual(await k3.sync.run(), { result: "stopped" });

  assert.equal(await stopped(k3), "old_server");
});

test("waits as long as the server asks, and longer after each failure", async () => {
  const server = new Server(), k3 = await till(server, async () => ({ ...server.refuse(503, "unavailable"), retryAfter: "17" }));
  await sells(k3);

  assert.deepEqual(await k3.sync.run(), { result: "later", after: 17000 });
  assert.deepEqual([1, 2, 3, 8, 20].map((n) => backoff(n, () => 0.5)), [2000, 4000, 8000, 256000, 300000]);
});

test("pairing asks again with the same token when the answer was lost", async () => {
  const store = new Memory(), asked = [];
  let lose = true;
  const transport = async ({ body }) => {
    asked.push(JSON.parse(body));
    if (lose) throw new TypeError("gone");
    return { status: 200, type: "application/json", text: JSON.stringify({ sync: 1, v: 1, device: "K3", genesis: GENESIS, epoch: "e1", acked_seq: 0, head: GENESIS, server_time: 5, zone: "Asia/Jakarta" }) };
  };
  const ask = () => pair({ store, transport: (r) => transport(r).catch(() => null), code: "ABCDEFGHJK", name: "HP", now: () => 4 });

  assert.equal((await ask()).ok, false);
  lose = false;
  assert.deepEqual(await ask(), { ok: true, device: "K3" });

  assert.equal(asked[0].token, asked[1].token);
  assert.match(asked[0].token, /^[A-Za-z0-9_-]{43}$/);
  assert.deepEqual((await store.state()).head, { seq: 0, h: GENESIS });
  assert.notEqual(newToken(), newToken());
});

test("codes are read as people type them", () => {
  assert.equal(cleanCode("abcde-fghjk"), "ABCDEFGHJK");
  assert.equal(cleanCode("https://x/kasir/#pasang=ABCDEFGHJK"), "ABCDEFGHJK");
  assert.equal(cleanCode("oOiIl 23456"), "0011123456");
  assert.equal(cleanCode("ABCDE-FGHJU"), "");
});

test("only old events that are acknowledged and in two backups are forgotten", async () => {
  const server = new Server(), k3 = await till(server);
  await sells(k3, 6);
  await k3.sync.run();
  k3.clock.at += 61 * 86_400_000;
  await sells(k3, 2);
  await k3.sync.prune();
  assert.equal(k3.store.list.length, 8);

  await k3.store.put({ sync: { ...(await k3.store.state()).sync, safe: 5 } });
  await k3.sync.prune(4);

  assert.deepEqual(k3.store.list.map((event) => event.seq), [4, 5, 6, 7, 8]);
});

/* One life of a till: it sells, the line drops, doubles and shuffles, the page restarts, the clock jumps, the server is restored. */
async function life(seed, { believing = true } = {}) {
  const chance = dice(seed), server = new Server(), late = [];
  const wire = async (request) => {
    const luck = chance();
    if (luck < 0.15) throw new TypeError("lost on the way");
    if (luck < 0.25) return { status: 200, type: "text/html", text: "<html>portal</html>" };
    if (luck < 0.35) late.push(request);
    const answer = server.answer(request);
    if (luck > 0.85) throw new TypeError("answer lost");
    if (luck > 0.8) server.answer(request);
    return answer;
  };
  const k3 = await till(server, wire);
  if (!believing) k3.sync.transport = async (request) => (await wire(request).catch(() => null)) ?? server.json(200, server.state({ acked_seq: 1e9 }));
  for (let step = 0; step < 60; step += 1) {
    const luck = chance();
    if (luck < 0.45) await sells(k3, 1 + Math.floor(chance() * 4));
    else if (luck < 0.85) await k3.sync.run();
    else if (luck < 0.9) k3.clock.at += Math.floor((chance() - 0.5) * 1e10);
    else if (luck < 0.94 && late.length) server.answer(late[Math.floor(chance() * late.length)]);
    else if (luck < 0.97) server.restore(Math.floor(chance() * 10));
    else k3.sync = new Sync({ store: k3.store, clock: k3.clock, transport: k3.sync.transport });
  }
  k3.sync.transport = async (request) => server.answer(request);
  for (let i = 0; i < 5; i += 1) if ((await k3.sync.run()).result === "done") break;
  return { server, k3 };
}

test("three hundred lives: at the end the server has exactly what the till has", async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const { server, k3 } = await life(seed);
    assert.deepEqual(server.rows, k3.store.list.map((event) => event.text), `seed ${seed}, stopped: ${await stopped(k3)}`);
  }
});

test("control: a till that believes any answer does not get there", async () => {
  let wrong = 0;
  for (let seed = 1; seed <= 20; seed += 1) {
    const { server, k3 } = await life(seed, { believing: false });
    if (server.rows.length !== k3.store.list.length) wrong += 1;
  }
  assert.ok(wrong > 10, `${wrong} of 20`);
});
