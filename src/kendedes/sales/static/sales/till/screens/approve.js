/* PINs: who is selling, and the second person where one is wanted. Wrong ones wait longer and longer, over restarts too. */
import { fits, wait } from "../core/pin.js";
import { coarse, dialog, fill, h, icon, keypad } from "../dom.js";

/** Six dots and keys; resolves `done(pin)` when six digits are in. */
export function pinPad(app, done) {
  const t = app.t.bind(app);
  const input = h("input.pin-input", { type: "password", inputmode: coarse() ? "none" : "numeric", maxlength: "6", autocomplete: "off", "aria-label": t("pin"), autofocus: true });
  const dots = h("div.dots", { "aria-hidden": "true" });
  const note = h("p.pin-note", { role: "alert" });
  let busy = false;
  const draw = () => fill(dots, Array.from({ length: 6 }, (_, i) => h(`span${i < input.value.length ? ".on" : ""}`)));
  const changed = async () => {
    input.value = input.value.replace(/\D/g, "").slice(0, 6);
    draw();
    if (input.value.length < 6 || busy) return;
    busy = true;
    note.textContent = "";
    const said = await done(input.value);
    busy = false;
    input.value = "";
    draw();
    if (said) note.textContent = said;
    input.focus();
  };
  input.addEventListener("input", changed);
  draw();
  const press = (what) => {
    input.value = what === "back" ? input.value.slice(0, -1) : input.value + what;
    changed();
  };
  return h("div.pin", { onclick: () => input.focus() }, input, dots, note, keypad(press, { triple: false, words: { digits: t("pin"), back: t("erase") } }));
}

/** Checks a PIN and keeps count of wrong ones: "" when it fits, else what to say. */
export async function check(app, cashier, pin) {
  const tries = app.book.state.tries ?? {};
  const mine = tries[cashier.id] ?? { wrong: 0, at: 0 };
  const until = wait(mine.wrong, mine.at);
  const now = app.clock.now();
  if (now < until && mine.at <= now) return app.t("pin_wait", { n: Math.ceil((until - now) / 1000) });
  const good = await fits(pin, cashier.pin);
  const next = { ...tries, [cashier.id]: good ? { wrong: 0, at: 0 } : { wrong: mine.wrong + 1, at: now } };
  app.book.state.tries = next;
  await app.store.put({ tries: next }, { strict: false }).catch(() => {});
  return good ? "" : app.t("pin_wrong");
}

/** A second cashier who may approve types her PIN here; her number, or null. */
export async function approve(app, why) {
  const t = app.t.bind(app);
  const who = app.cashiers.filter((c) => c.may.includes("approve") && c.id !== app.book.actor);
  return dialog(t("approve_title"), (close) => {
    if (!who.length) return h("div", {}, h("p", {}, why), h("p.message.warning", {}, icon("warning"), h("div", {}, t("approve_nobody"))));
    const place = h("div");
    const pick = (cashier) => fill(place, h("p.center.strong", {}, cashier.name), pinPad(app, async (pin) => {
      const said = await check(app, cashier, pin);
      if (!said) close(cashier.id);
      return said;
    }));
    if (who.length === 1) pick(who[0]);
    else fill(place, h("div.choices", {}, who.map((c) => h("button.button.wide.large", { onclick: () => { pick(c); place.querySelector("input").focus(); } }, c.name))));
    return h("div", {}, h("p.muted", {}, why), place);
  }, { closing: t("close") });
}
