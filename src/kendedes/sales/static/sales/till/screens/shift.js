/* The shift: opened with a float, cash in and out, closed by counting; what is expected is shown after the count only. */
import { clean } from "../core/events.js";
import { closeRows, moment } from "../core/receipt.js";
import { coarse, dialog, field, h, icon, keypad, money, rupiah, typing } from "../dom.js";
import { preview, print } from "../printer.js";
import { frame } from "./frame.js";

/** Before the first sale: how much lies in the drawer. */
export function openShift(app) {
  const t = app.t.bind(app);
  const box = money({ id: "modal", keypad: true, autofocus: true, amount: 0 });
  const hand = typing(box);
  const send = async (event) => {
    event.preventDefault();
    try {
      await app.book.openShift(box.value());
      app.send();
    } catch (error) {
      app.refuse(error);
    }
    app.home();
  };
  queueMicrotask(() => box.input.focus());
  return frame(app, "sell", h("div.page.narrow", {}, h("form.panel.form", { onsubmit: send },
    h("h1", {}, t("open_title")), h("p.muted", {}, t("open_text")), field(t("float"), box.input),
    coarse() && keypad(hand.press, { words: { digits: t("digits"), back: t("erase") } }),
    h("button.button.primary.large.wide", { type: "submit" }, t("open_shift")))));
}

export function shift(app) {
  const t = app.t.bind(app);
  const { book } = app;
  if (!book.shift) return frame(app, "shift", h("div.page", {}, h("h1", {}, t("way_shift")), h("div.empty", {}, icon("money", "huge"), h("p", {}, t("shift_none")), h("button.button.primary", { onclick: () => app.home() }, t("open_shift")))));
  const { count } = { count: book.totals };
  return frame(app, "shift", h("div.page", {},
    h("h1", {}, t("way_shift")),
    h("ul.figures", {},
      h("li", {}, h("span.figure-value", {}, String(count.sales)), h("span.figure-label", {}, t("n_sales"))),
      h("li", {}, h("span.figure-value", {}, String(count.pieces)), h("span.figure-label", {}, t("pieces_sold"))),
      h("li", {}, h("span.figure-value", {}, moment(book.shift.at, app.clock.offset()).slice(-5)), h("span.figure-label", {}, t("opened_at")))),
    h("p.muted", {}, t("blind_note")),
    h("div.choices.ways-shift", {},
      h("button.button.large", { onclick: () => cashMove(app, "in") }, icon("arrow-down"), t("cash_in")),
      h("button.button.large", { onclick: () => cashMove(app, "out") }, icon("arrow-up"), t("cash_out")),
      h("button.button.primary.large", { onclick: () => closeShift(app) }, icon("lock"), t("close_shift")))));
}

async function cashMove(app, kind) {
  const t = app.t.bind(app);
  const said = await dialog(t(`cash_${kind}`), (close) => {
    const amount = money({ autofocus: true });
    const reason = h("input.input", { type: "text", maxlength: "200", required: true });
    const purpose = h("select.input", {}, (kind === "in" ? ["office", "other"] : ["expense", "office", "other"]).map((name) => h("option", { value: name }, t(`purpose_${name}_${kind}`))));
    return h("form.form", { onsubmit: (event) => {
      event.preventDefault();
      if (amount.value() >= 1 && clean(reason.value, 200)) close({ kind, amount: amount.value(), purpose: purpose.value, reason: clean(reason.value, 200) });
    } }, field(t("amount"), amount.input), field(t("purpose"), purpose), field(t("reason"), reason), h("div.form-actions", {}, h("button.button.primary.large", { type: "submit" }, t("write_down"))));
  }, { closing: t("close") });
  if (!said) return;
  try {
    await app.book.cash(said);
    app.say(`${t(`cash_${kind}`)} ${rupiah(said.amount)}`);
    app.send();
    app.tell();
  } catch (error) {
    app.refuse(error);
  }
}

async function closeShift(app) {
  const t = app.t.bind(app);
  if (app.basket.lines.length || app.held) return app.say(t(app.held ? "close_held" : "close_basket"), "bad");
  app.refresh(true).catch(() => {}); // while she counts: cash of orders the office put into the drawer meanwhile
  const counted = await dialog(t("count_title"), (close) => {
    const box = money({ id: "hitung", keypad: true, autofocus: true });
    const hand = typing(box);
    return h("form.form", { onsubmit: (event) => { event.preventDefault(); if (box.input.value !== "") close({ n: box.value() }); } },
      h("p.muted", {}, t("count_text")), field(t("counted"), box.input), coarse() && keypad(hand.press, { words: { digits: t("digits"), back: t("erase") } }),
      h("div.form-actions", {}, h("button.button.primary.large.wide", { type: "submit" }, t("close_shift"))));
  }, { closing: t("close") });
  if (!counted) return null;
  try {
    const { event, totals } = await app.book.closeShift(counted.n);
    const rows = closeRows(event, app.paper(), totals);
    app.send();
    app.go("closed", rows, event);
  } catch (error) {
    app.refuse(error);
  }
  return null;
}

export function closed(app, rows, { body }) {
  const t = app.t.bind(app);
  const off = body.counted - body.expected;
  return frame(app, "shift", h("div.page.narrow", {},
    h("h1", {}, t("closed_title")),
    h(`p.message.${off === 0 ? "success" : "warning"}`, {}, icon(off === 0 ? "check-circle" : "warning"), h("div", {}, off === 0 ? t("count_fits") : t(off > 0 ? "count_over" : "count_short", { amount: rupiah(Math.abs(off)) }))),
    h("div.form-actions", {}, h("button.button.primary.large", { onclick: () => print(app, rows) }, icon("printer"), t("print")), h("button.button.large", { onclick: () => { app.book.actor = null; sessionStorage.removeItem("kasir"); app.home(); } }, t("done"))),
    preview(rows, 58)));
}
