/* The till page: one tab sells, scripts and goods are here before the network is, new versions wait for an empty basket. */
import { App } from "./till/app.js";
import { Store } from "./till/core/store.js";
import { fill, h, useIcons } from "./till/dom.js";
import { listen } from "./till/scan.js";
import { device } from "./till/screens/device.js";
import { done } from "./till/screens/done.js";
import { payScreen } from "./till/screens/pay.js";
import { sell } from "./till/screens/sell.js";
import { closed, openShift, shift } from "./till/screens/shift.js";
import { door, pairScreen, waitScreen } from "./till/screens/start.js";
import { today } from "./till/screens/today.js";
import { words } from "./till/texts.js";

const TIMEOUT = 30_000;
const LOCK_AFTER = 15 * 60_000; // a till left alone asks for the PIN again
const root = document.getElementById("kasir");
useIcons(root.dataset.icons);

const boot = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const clock = { now: () => Math.max(0, Date.now()), offset: () => -new Date().getTimezoneOffset(), boot, mono: () => Math.floor(performance.now()) };

async function transport({ method, path, headers = {}, body }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const response = await fetch(path, {
      method, body, headers: { ...headers, ...(body ? { "Content-Type": "application/json" } : {}) },
      signal: stop.signal, cache: "no-store", credentials: "omit", redirect: "error",
    });
    return {
      status: response.status, type: response.headers.get("Content-Type") ?? "", text: response.status === 304 ? "" : await response.text(),
      etag: response.headers.get("ETag"), retryAfter: response.headers.get("Retry-After"),
    };
  } finally {
    clearTimeout(timer);
  }
}

const screens = { pair: pairScreen, wait: waitScreen, door, open: openShift, sell, pay: payScreen, done, today, shift, closed, device };

/** A page that cannot be a till says why. */
function cannot(key, language = "id") {
  const t = words(language);
  fill(root, h("main.front", {}, h("div.panel.form", {}, h("h1", {}, t(`${key}_title`)), h("p", {}, t(`${key}_text`)))));
}

async function start() {
  const store = await Store.open();
  const app = new App({ root, store, clock, transport, screens, lock: (work) => navigator.locks.request("kendedes-sync", work) });
  globalThis.addEventListener("hashchange", () => location.reload());
  app.offeredCode = /^#pasang=([A-Za-z0-9-]{1,20})$/.exec(location.hash)?.[1] ?? "";
  await app.load();
  store.wiped = () => app.wiped();
  document.documentElement.lang = app.prefs.language;
  const kept = Number(sessionStorage.getItem("kasir"));
  if (kept && app.cashiers.some((c) => c.id === kept && c.may.includes("sell"))) app.book.actor = kept;
  app.home();
  app.send();

  listen(document, () => {
    if (document.querySelector("dialog[open]") || app.screen === "pay") return "swallow";
    return app.scanned ? "take" : "leave";
  }, (code, before) => app.scanned(code, before));
  globalThis.addEventListener("online", () => app.send());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) app.send(); });
  setInterval(() => app.tell(), 60_000);
  let touched = Date.now();
  for (const what of ["pointerdown", "keydown"]) document.addEventListener(what, () => { touched = Date.now(); }, { capture: true, passive: true });
  setInterval(() => {
    if (Math.abs(Date.now() - touched) < LOCK_AFTER || !app.idle || !app.cashiers.length || !app.book.actor) return;
    app.book.actor = null;
    sessionStorage.removeItem("kasir");
    app.home();
  }, 30_000);
  globalThis.addEventListener("beforeunload", (event) => { if (app.screen === "pay" && app.basket.payments.length) event.preventDefault(); });
  keepFresh(app);
  root.dataset.ready = "yes";
}

/** The service worker makes the page start without a network; a new one takes over only between two buyers. */
async function keepFresh(app) {
  if (!("serviceWorker" in navigator)) return;
  let had = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (had) location.reload(); had = true; });
  const registration = await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope, updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  const settle = () => {
    app.updating = Boolean(registration.waiting && navigator.serviceWorker.controller);
    if (app.updating && app.idle && app.screen !== "done") registration.waiting.postMessage("take over");
    app.tell();
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", settle));
  settle();
  setInterval(settle, 3000);
  setInterval(() => registration.update().catch(() => {}), 30 * 60_000);
}

if (!globalThis.isSecureContext || !navigator.locks || !crypto.subtle) cannot("insecure");
else {
  // A second tab waits until the first is closed, then goes on by itself.
  navigator.locks.request("kendedes-till", { ifAvailable: true }, (lock) => {
    if (!lock) {
      cannot("other_tab");
      root.dataset.ready = "other";
      return navigator.locks.request("kendedes-till", () => { location.reload(); return new Promise(() => {}); });
    }
    start().catch((error) => {
      cannot("broken");
      root.dataset.ready = "broken";
      throw error;
    });
    return new Promise(() => {}); // held until the page goes
  });
}
