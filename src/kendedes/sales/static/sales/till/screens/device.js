/* This till itself: what is not sent yet, how fresh it is, printing, language, rescue, giving it back. */
import { dialog, field, h, icon } from "../dom.js";
import { hasSerial, print } from "../printer.js";
import { sure } from "./ask.js";
import { age, frame } from "./frame.js";
import { languages } from "./start.js";

export function device(app) {
  const t = app.t.bind(app);
  const { state, unsent } = app.book;
  const facts = h("dl.facts");
  const draw = async () => {
    const { sync } = app.book.state;
    const [room, kept] = await Promise.all([navigator.storage?.estimate?.().catch(() => null), navigator.storage?.persisted?.().catch(() => false)]);
    const rows = [
      [t("device_code"), `${state.device.code} · ${app.snapshot?.device?.place_name ?? ""}`],
      [t("last_sync"), `${age(app, app.clock.now() - sync.at)}${app.connected ? "" : ` · ${t("offline")}`}`],
      [t("not_sent"), String(app.book.unsent)],
      [t("last_number"), `${state.head.seq} · ${state.head.h.slice(0, 8)}`],
      [t("goods"), app.snapshot ? t("goods_of", { n: app.snapshot.goods.length, age: age(app, app.clock.now() - (app.book.state.snapshot?.at ?? 0)) }) : "–"],
      [t("storage"), `${room ? `${(room.usage / 1e6).toFixed(1)} MB` : "–"} · ${kept ? t("storage_kept") : t("storage_may_go")}`],
      Math.abs(sync.skew ?? 0) > 600_000 && [t("clock"), t("clock_off", { n: Math.round(Math.abs(sync.skew) / 60_000) })],
      sync.trouble && [t("trouble"), sync.trouble],
    ].filter(Boolean);
    facts.replaceChildren(...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
  };
  const forget = app.onTell(draw);
  app.leave = forget;
  const notes = state.sync.notes ?? [];
  return frame(app, "device", h("div.page", {},
    h("h1", {}, t("way_device")),
    app.stopped && h("div.message.error", {}, icon("error"), h("div", {}, h("p", {}, t(`stopped_${app.stopped}`)), h("p", {}, t(app.stopped === "wiped" ? "wiped_what" : "stopped_what", { n: unsent })),
      app.stopped !== "wiped" && h("div.form-actions", {}, h("button.button", { onclick: () => again(app) }, icon("refresh"), t("ask_again"))))),
    facts,
    app.stopped !== "wiped" && h("div.stack-s", {}, h("div.form-actions", {},
      h("button.button.primary", { onclick: () => { app.refreshed = -Infinity; app.send().then(draw); } }, icon("refresh"), t("send_now")),
      h("button.button", { onclick: () => app.rescue().catch((reason) => app.refuse(reason)) }, icon("download"), t("rescue"))),
    h("p.muted.small-text", {}, t("rescue_help"))),
    notes.length > 0 && h("details.disclosure", {}, h("summary", {}, t("notes", { n: notes.length })), h("ul.plain", {}, notes.slice().reverse().map((note) => h("li.small-text", {}, `${state.device.code}-${String(note.seq).padStart(6, "0")} · ${note.result} · ${(note.why ?? []).join(", ")}`)))),
    h("section.stack", {}, h("h2", {}, t("settings")), ...printing(app), h("div", {}, h("p.label", {}, t("language")), languages(app)),
      h("button.button", { onclick: () => document.dispatchEvent(new CustomEvent("kendedes:theme", { detail: document.documentElement.dataset.theme === "dark" ? "light" : "dark" })) }, icon("moon"), t("theme"))),
    h("section.stack", {}, h("h2", {}, t("give_back_title")), h("p.muted", {}, unsent ? t("unpair_blocked", { n: unsent }) : t("unpair_text")),
      h("button.button.danger", { onclick: () => unpair(app), disabled: unsent > 0 || Boolean(app.book.shift) }, icon("logout"), t("unpair")))));
}

function printing(app) {
  const t = app.t.bind(app);
  const select = (key, options) => {
    const box = h("select.input", { onchange: () => app.setPrefs({ [key]: key === "paper" ? Number(box.value) : box.value }) }, options.map(([value, name]) => h("option", { value }, name)));
    box.value = String(app.prefs[key]);
    return box;
  };
  const drawer = h("input.check", { type: "checkbox", checked: app.prefs.drawer, onchange: () => app.setPrefs({ drawer: drawer.checked }) });
  return [h("div.form-grid", {},
    field(t("paper"), select("paper", [["58", "58 mm"], ["80", "80 mm"]])),
    field(t("printing"), select("print", [["browser", t("print_browser")], ...(hasSerial() ? [["serial", t("print_serial")]] : []), ["rawbt", t("print_rawbt")]]))),
  h("label.choice", {}, drawer, h("span", {}, t("drawer"))),
  h("button.button", { onclick: () => print(app, [{ text: "Kendedes", align: "center", bold: true, big: true }, { rule: true }, { left: t("print_test"), right: "1234567890" }]) }, icon("printer"), t("print_test"))];
}

/** After the office mended something: forget that we stopped and ask where the server stands. */
async function again(app) {
  const { sync } = await app.store.state(["sync"]);
  const next = { ...sync, stopped: undefined };
  await app.store.put({ sync: next });
  app.book.heard(next);
  await app.send();
  app.home();
}

async function unpair(app) {
  // asked of the disk, not of memory: nothing unsent is ever wiped
  const { sync, head, shift } = await app.store.state(["sync", "head", "shift"]);
  if (head.seq > sync.acked || shift || app.held) {
    await dialog(app.t("unpair"), (close) => h("div", {}, h("p", {}, app.t(shift || app.held ? "unpair_shift" : "unpair_blocked", { n: head.seq - sync.acked })), h("div.form-actions", {}, h("button.button.primary", { onclick: () => close() }, app.t("done")))));
    return;
  }
  if (!(await sure(app, app.t("unpair_sure"), app.t("unpair")))) return;
  await app.store.clear();
  sessionStorage.removeItem("kasir");
  location.reload();
}
