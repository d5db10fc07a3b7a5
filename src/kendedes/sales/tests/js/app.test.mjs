import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { App } from "../../static/sales/till/app.js";
import { Clock, line, paired, Server } from "./kit.mjs";

const MINUTE = 60_000;

async function till(server) {
  const { store, clock } = await paired(undefined, new Clock());
  store.held = async () => [];
  const asked = [];
  const transport = async (request) => {
    asked.push(request.path.split("/").at(-1));
    return server.answer(request);
  };
  const app = new App({ root: { dataset: {} }, store, clock, transport, lock: (work) => work(), screens: {} });
  app.home = () => {};
  await app.load();
  return { app, clock, asked };
}

async function settled() {
  for (let i = 0; i < 200; i += 1) await Promise.resolve();
}

test("with nothing to send the till asks where the server stands at its start and every five minutes, and for newer goods", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const server = new Server();
    server.snapshot = {
      sync: 1, v: 1, epoch: "e1", device: { code: "K3" }, association: {}, rules: {}, cashiers: [],
      goods: [{ ...line(), name: "Keripik", here: 5, all: 5 }],
    };
    const { app, clock, asked } = await till(server);

    await app.send();
    assert.deepEqual(asked, ["head", "snapshot"]);
    assert.equal(app.connected, true);

    for (const [minutes, what] of [[4, []], [1, ["head", "snapshot"]], [5, ["head", "snapshot"]]]) {
      asked.length = 0;
      clock.at += minutes * MINUTE;
      mock.timers.tick(minutes * MINUTE);
      await settled();
      assert.deepEqual(asked, what, `after ${minutes} more minutes`);
    }
    clock.at += 8 * MINUTE; // a question without an answer: not connected any more
    assert.equal(app.connected, false);
  } finally {
    mock.timers.reset();
  }
});
