/* Taking money: cash with change, QRIS and transfer confirmed by hand, or parts of each. Room for the sale is taken first. */
import { cart, cashPayment, due, likely, MOST_PAYMENTS } from "../core/rules.js";
import { clean } from "../core/events.js";
import { path, encode } from "../core/qr.js";
import { dynamic, merchant } from "../core/qris.js";
import { coarse, drawing, field, fill, h, icon, keypad, money, rupiah, typing } from "../dom.js";
import { approve } from "./approve.js";
import { sure } from "./ask.js";

/** From the basket to the screen of paying; says no before money is taken. */
export async function pay(app) {
  const sum = cart(app.basket.lines, app.basket.whole);
  let approvedBy = null;
  if (sum.below.length) {
    approvedBy = await approve(app, app.t("approve_price"));
    if (!approvedBy) return;
  }
  try {
    await app.book.reserve(app.basket);
  } catch (error) {
    app.refuse(error);
    return;
  }
  app.go("pay", approvedBy);
}

const NAMES = { cash: "cash", qris: "qris", transfer: "transfer" };

export function payScreen(app, approvedBy) {
  const t = app.t.bind(app);
  const sum = cart(app.basket.lines, app.basket.whole);
  const payments = app.basket.payments;
  const kinds = ["cash", ...(app.rules.qris?.static ? ["qris"] : []), "transfer"];
  const panel = h("section.pay-panel");
  const head = h("section.pay-head");
  let kind = "cash", busy = false;

  const now = () => due(sum.subtotal, payments, kind, app.step);
  const take = async (payment) => {
    if (busy || payment.amount < 0) return;
    if (payment.kind !== "cash" && !(await capped(app, payment.amount, payments))) return;
    payments.push(payment);
    const left = due(sum.subtotal, payments, payment.kind, app.step).left;
    if (left > 0) {
      if (payments.length >= MOST_PAYMENTS - 1) kind = "cash";
      app.store.put({ draft: app.basket }).catch(() => {});
      draw();
      return;
    }
    busy = true;
    app.root.setAttribute("aria-busy", "true");
    try {
      const event = await app.book.sell({ basket: app.basket, payments, step: app.step, approvedBy, note: clean(app.basket.note, 200) });
      app.moved(event.body.lines);
      app.clearBasket();
      app.go("done", event);
      app.send();
    } catch (error) {
      payments.pop();
      app.refuse(error);
      draw();
    } finally {
      busy = false;
      app.root.removeAttribute("aria-busy");
    }
  };
  const back = async () => {
    if (busy) return;
    if (payments.length && !(await sure(app, t("give_back", { amount: rupiah(payments.reduce((a, p) => a + p.amount, 0)) }), t("given_back")))) return;
    app.basket.payments = [];
    app.store.put({ reserve: undefined, draft: app.basket }, { strict: false }).catch(() => {});
    app.go("sell");
  };
  const draw = () => {
    const sumNow = now();
    fill(head,
      h("button.button.quiet", { onclick: back }, icon("arrow-left"), t("back"), h("kbd", {}, "Esc")),
      h("p.pay-label", {}, payments.length ? t("left_to_pay") : t("to_pay")),
      h("p.pay-sum", {}, rupiah(sumNow.left)),
      sumNow.rounding !== 0 && h("p.muted.center", {}, t("rounded", { amount: rupiah(sumNow.rounding) })),
      payments.length > 0 && h("ul.pay-parts", {}, payments.map((p, i) => h("li", {}, icon("check"), t(NAMES[p.kind]), h("strong", {}, rupiah(p.amount)),
        h("button.icon-button", { "aria-label": t("remove"), onclick: () => { payments.splice(i, 1); draw(); } }, icon("close"))))));
    const build = { cash: cashPanel, qris: qrisPanel, transfer: transferPanel }[kind];
    fill(panel,
      h("div.kinds", { role: "group", "aria-label": t("how_paid") }, kinds.map((name, i) => h("button.kind", { "aria-pressed": String(name === kind), onclick: () => { kind = name; draw(); } },
        icon({ cash: "money", qris: "qr", transfer: "send" }[name]), h("span", {}, t(NAMES[name])), h("kbd", {}, `F${i + 5}`)))),
      build(app, now().left, take));
    panel.querySelector("[autofocus]")?.focus();
  };
  const keys = (event) => {
    if (document.querySelector("dialog[open]")) return;
    const index = ["F5", "F6", "F7"].indexOf(event.key);
    if (event.key === "Escape") back();
    else if (index >= 0 && kinds[index]) {
      event.preventDefault();
      kind = kinds[index];
      draw();
    } else if (index >= 0) event.preventDefault();
  };
  document.addEventListener("keydown", keys);
  app.leave = () => document.removeEventListener("keydown", keys);
  queueMicrotask(draw);
  return [h("main.pay", { id: "isi" }, h("h1.sr", {}, t("pay")), head, panel)];
}

function cashPanel(app, left, take) {
  const t = app.t.bind(app);
  const change = h("p.change", { "aria-live": "polite" });
  const go = h("button.button.primary.large.wide", { type: "submit" });
  const show = (given) => {
    const enough = given >= left;
    change.dataset.enough = enough;
    fill(change, h("span", {}, enough ? t("change") : t("short_of")), h("strong", {}, rupiah(Math.abs(given - left))));
    fill(go, enough ? t("receive") : t("receive_part"), h("kbd", {}, "Enter"));
    go.disabled = given < 1 && left > 0;
  };
  const box = money({ id: "diterima", keypad: true, autofocus: true, amount: left, onchange: show, "aria-label": t("received") });
  const hand = typing(box);
  const quick = likely(left).map((sum, i) => h("button.quick", { onclick: () => { box.set(sum); hand.fresh(); box.input.focus(); } }, i === 0 ? t("exact") : rupiah(sum)));
  show(left);
  return h("form.cash", { onsubmit: (event) => { event.preventDefault(); take(cashPayment(left, box.value())); } },
    field(t("received"), box.input), h("div.quicks", {}, quick), change, go, coarse() && keypad(hand.press, { words: { digits: t("digits"), back: t("erase") } }));
}

function qrisPanel(app, left, take) {
  const t = app.t.bind(app);
  const { qris } = app.rules;
  let plain = !qris.dynamic;
  const amount = money({ amount: left, onchange: () => draw() });
  const ref = h("input.input", { type: "text", maxlength: "60", autocomplete: "off" });
  const code = h("div.qris");
  const go = h("button.button.primary.large.wide", { onclick: () => take(other("qris", amount.value(), ref.value)) }, icon("check"), t("money_arrived"));
  const draw = () => {
    const sum = Math.min(amount.value(), left);
    go.disabled = sum < 1;
    try {
      const text = plain ? qris.static : dynamic(qris.static, sum);
      const { name, city } = merchant(text);
      fill(code, drawing(path(encode(text)), t("qris_of", { name })), h("p.strong.center", {}, `${name}, ${city}`),
        h("p.center", {}, plain ? t("qris_plain", { amount: rupiah(sum) }) : t("qris_fixed", { amount: rupiah(sum) })),
        qris.dynamic && h("button.button.quiet.small", { onclick: () => { plain = !plain; draw(); } }, plain ? t("qris_with") : t("qris_without")));
    } catch {
      fill(code, h("p.message.error", {}, t("qris_bad")));
      go.disabled = true;
    }
  };
  draw();
  return h("div.noncash", {}, code, h("div.form", {}, field(t("amount"), amount.input), field(t("reference"), ref, t("reference_help")), h("p.muted", {}, t("qris_hand")), go));
}

function transferPanel(app, left, take) {
  const t = app.t.bind(app);
  const amount = money({ amount: left, autofocus: true });
  const ref = h("input.input", { type: "text", maxlength: "60", autocomplete: "off" });
  return h("form.form.noncash", { onsubmit: (event) => { event.preventDefault(); if (amount.value() >= 1) take(other("transfer", Math.min(amount.value(), left), ref.value)); } },
    field(t("amount"), amount.input), field(t("reference"), ref, t("transfer_help")),
    h("button.button.primary.large.wide", { type: "submit" }, icon("check"), t("transfer_arrived")));
}

const other = (kind, amount, ref) => ({ kind, amount, ...(clean(ref, 60) ? { ref: clean(ref, 60) } : {}) });

/** What is not cash is bounded while the server cannot be reached; cash never is. */
async function capped(app, amount, payments) {
  if (app.connected) return true;
  const { noncash_offline_sale: one, noncash_offline_total: all } = app.rules;
  const here = amount + payments.reduce((sum, p) => sum + (p.kind === "cash" ? 0 : p.amount), 0);
  const before = await app.book.noncashUnsent();
  if ((one && here > one) || (all && before + here > all)) {
    app.say(app.t("noncash_capped", { one: rupiah(one ?? 0), all: rupiah(all ?? 0) }), "bad");
    return false;
  }
  return true;
}
