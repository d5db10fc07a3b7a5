/* Before selling: pairing with a code of the office, waiting for the goods, who is at the till. */
import { cleanCode, pair } from "../core/sync.js";
import { clean } from "../core/events.js";
import { fill, h, icon } from "../dom.js";
import { field } from "../dom.js";
import { check, pinPad } from "./approve.js";

function front(app, ...children) {
  return [h("main.front", { id: "isi" }, h("div.front-brand", {}, icon("mark"), h("span", {}, "Kendedes")), ...children, languages(app))];
}

export function languages(app) {
  const pick = async (language) => {
    await app.setPrefs({ language });
    app.go(app.screen);
  };
  return h("div.languages", { role: "group", "aria-label": "Bahasa / Language" },
    [["id", "Bahasa Indonesia"], ["en", "English"]].map(([code, name]) => h("button.link-button", { lang: code, "aria-pressed": String(app.prefs.language === code), onclick: () => pick(code) }, name)));
}

export function pairScreen(app) {
  const t = app.t.bind(app);
  const code = h("input.input.code", { type: "text", autocapitalize: "characters", autocomplete: "off", spellcheck: "false", placeholder: "ABCDE-FGHJK", required: true, value: app.offeredCode ?? "" });
  const name = h("input.input", { type: "text", maxlength: "60", placeholder: t("device_name_like") });
  const note = h("p.field-error", { role: "alert" });
  const go = h("button.button.primary.large.wide", { type: "submit" }, t("pair"));
  const send = async (event) => {
    event.preventDefault();
    const bare = cleanCode(code.value);
    note.textContent = bare ? "" : t("code_wrong");
    if (!bare) return;
    go.disabled = true;
    fill(go, t("pairing"));
    const said = await pair({ store: app.store, transport: (request) => app.transport(request).catch(() => null), code: bare, name: clean(name.value, 60), now: () => app.clock.now() });
    if (!said.ok) {
      go.disabled = false;
      fill(go, t("pair"));
      note.textContent = said.code === "unreachable" ? t("pair_unreachable") : said.message || t("code_unknown");
      return;
    }
    app.offeredCode = "";
    history.replaceState(null, "", location.pathname);
    navigator.storage?.persist?.().catch(() => {});
    await app.load();
    app.home();
    app.send();
  };
  queueMicrotask(() => (app.offeredCode ? go : code).focus());
  return front(app, h("form.panel.form", { onsubmit: send },
    h("h1", {}, t("pair_title")), h("p.muted", {}, t("pair_text")), field(t("code"), code), field(t("device_name"), name), note, go));
}

export function waitScreen(app) {
  const t = app.t.bind(app);
  const note = h("p.muted");
  const again = async () => {
    fill(note, t("fetching"));
    const said = await app.refresh(true);
    if (said !== "new") fill(note, t(app.stopped ? `stopped_${app.stopped}` : "fetch_failed"));
  };
  queueMicrotask(again);
  return front(app, h("div.panel.form", {}, h("h1", {}, t("wait_title")), note, h("button.button", { onclick: again }, icon("refresh"), t("try_again"))));
}

/** Who is at the till: a name, then a PIN. */
export function door(app) {
  const t = app.t.bind(app);
  const sellers = app.cashiers.filter((c) => c.may.includes("sell"));
  const box = h("div.panel.form");
  const choose = () => fill(box, h("h1", {}, t("who_sells")), h("div.choices", {}, sellers.map((c) => h("button.button.large.wide", { onclick: () => ask(c) }, icon("user"), c.name))),
    !sellers.length && h("p.message.warning", {}, t("no_sellers")));
  const ask = (cashier) => {
    fill(box, h("h1", {}, cashier.name), pinPad(app, async (pin) => {
      const said = await check(app, cashier, pin);
      if (said) return said;
      app.book.actor = cashier.id;
      sessionStorage.setItem("kasir", String(cashier.id));
      app.home();
      return "";
    }), sellers.length > 1 && h("button.button.quiet", { onclick: choose }, icon("arrow-left"), t("someone_else")));
    box.querySelector("input").focus();
  };
  if (sellers.length === 1) queueMicrotask(() => ask(sellers[0]));
  else choose();
  return front(app, box, h("button.button.quiet", { onclick: () => app.go("device") }, icon("device"), t("way_device")));
}
