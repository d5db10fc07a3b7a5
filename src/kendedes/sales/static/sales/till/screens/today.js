/* Receipts of this till: looked up, printed again, undone, given back; those of others while the server can be reached. */
import { clean, readReceiptNumber } from "../core/events.js";
import { moment, refundRows, saleRows } from "../core/receipt.js";
import { due, refund } from "../core/rules.js";
import { dialog, field, fill, h, icon, rupiah } from "../dom.js";
import { preview, print, send } from "../printer.js";
import { approve } from "./approve.js";
import { frame } from "./frame.js";

const SHOWN = 120;

export function today(app) {
  const t = app.t.bind(app);
  const list = h("div");
  const number = h("input", { type: "search", placeholder: t("receipt_number"), "aria-label": t("receipt_number"), autocomplete: "off", autocapitalize: "characters" });
  const draw = async () => fill(list, await recent(app, open));
  const open = async (sale) => {
    await detail(app, sale);
    draw();
  };
  const look = async (event) => {
    event.preventDefault();
    const said = readReceiptNumber(number.value);
    if (!said) return app.say(t("receipt_unreadable"), "bad");
    const sale = await find(app, said, number.value.trim().toUpperCase());
    if (sale) await open(sale);
    return sale;
  };
  draw();
  return frame(app, "today", h("div.page", {},
    h("h1", {}, t("way_today")),
    h("form.searchrow", { onsubmit: look }, h("div.search", {}, number, h("button", { type: "submit", "aria-label": t("look_up") }, icon("search")))),
    h("p.muted.small-text", {}, t("receipt_help")),
    list));
}

async function recent(app, open) {
  const { sales, back } = await app.store.latestSales(SHOWN);
  if (!sales.length) return h("div.empty", {}, icon("list", "huge"), h("p", {}, app.t("no_sales_yet")));
  return h("ul.list", {}, sales.map((event) => {
    const { at, off, body } = JSON.parse(event.text);
    const undone = back.get(event.id);
    return h("li", {}, h("button.row-button", { onclick: async () => open(await app.book.sale(event.id)) },
      h("span.list-text", {}, h("span.list-title", {}, body.lines.map((line) => (line.qty > 1 ? `${line.qty} × ${line.name}` : line.name)).join(", ")),
        h("span.list-sub", {}, `${moment(at, off).slice(-5)} · ${app.book.number(event)}`)),
      undone && h("span.badge.warn", {}, app.t(undone === "void" ? "voided" : "refunded")),
      event.seq > app.book.state.sync.acked && h("span.badge.line", {}, app.t("not_sent")),
      h("strong.num", {}, rupiah(body.total))));
  }));
}

/** The sale behind a number: this till's own from its store, another's from the server. */
async function find(app, said, number) {
  if (said.device === app.book.device.code) {
    const sale = await app.book.saleBySeq(said.seq);
    if (sale && (!said.h || sale.event.h.startsWith(said.h))) return sale;
  }
  const { status, body } = await app.sync.receipt(number);
  if (status === 200 && Array.isArray(body.lines)) return { id: body.sale, number: body.receipt, total: body.total, payments: body.payments, void: body.void, lines: body.lines, own: false, at: body.at, event: null };
  app.say(app.t(status === 404 ? "receipt_unknown" : "receipt_offline"), "bad");
  return null;
}

async function detail(app, sale) {
  const t = app.t.bind(app);
  const rows = sale.own ? saleRows(sale.event, app.paper(JSON.parse(sale.event.text).actor)) : null;
  const left = sale.lines.some((line) => line.qty > line.refunded) && !sale.void;
  const what = await dialog(sale.number, (close) => h("div", {},
    sale.void && h("p.message.warning", {}, icon("undo"), h("div", {}, t("voided"))),
    rows ? preview(rows, 58) : h("ul.list", {}, sale.lines.map((line) => h("li", {}, h("span.list-text", {}, h("span.list-title", {}, `${line.qty} × ${line.name}`), line.refunded > 0 && h("span.list-sub", {}, t("refunded_n", { n: line.refunded }))), h("strong.num", {}, rupiah(line.total))))),
    h("div.form-actions", {},
      rows && h("button.button", { onclick: () => print(app, rows, { again: true }) }, icon("printer"), t("print")),
      rows && h("button.button", { onclick: () => { close(); send(app, rows); } }, icon("chat"), "WhatsApp"),
      app.book.voidable(sale) && h("button.button.danger", { onclick: () => close("void") }, icon("undo"), t("void")),
      left && app.book.shift && h("button.button.danger", { onclick: () => close("refund") }, icon("undo"), t("refund")))), { closing: t("close") });
  if (what === "void") await voidSale(app, sale);
  if (what === "refund") await refundSale(app, sale);
}

const REASONS = ["reason_wrong", "reason_damaged", "reason_changed"];

function reasonField(app) {
  const input = h("input.input", { type: "text", maxlength: "200", required: true, autocomplete: "off" });
  const quick = h("div.chips", {}, REASONS.map((key) => h("button.chip", { onclick: () => { input.value = app.t(key); } }, app.t(key))));
  return { node: h("div.stack-s", {}, field(app.t("reason"), input), quick), value: () => clean(input.value, 200) };
}

/** Does `work`, then shows its slip; a no is said in words. */
async function deed(app, work, slip) {
  try {
    const event = await work();
    const rows = slip(event);
    app.send();
    app.tell();
    await dialog(app.t("given_back_done"), (close) => h("div", {}, preview(rows, 58), h("div.form-actions", {},
      h("button.button.primary", { onclick: () => { print(app, rows); } , autofocus: true }, icon("printer"), app.t("print")), h("button.button", { onclick: () => close() }, app.t("done")))), { closing: app.t("close") });
  } catch (error) {
    app.refuse(error);
  }
}

/** A second person where the sum is large: her number, "" when none is wanted, null when she did not agree. */
const second = (app, amount) => (amount > (app.rules.second_person_above ?? Infinity) ? approve(app, app.t("approve_back", { amount: rupiah(amount) })) : "");

async function voidSale(app, sale) {
  const t = app.t.bind(app);
  const reason = reasonField(app);
  const said = await dialog(t("void_title"), (close) => h("form.form", { onsubmit: (event) => { event.preventDefault(); if (reason.value()) close(reason.value()); } },
    h("p", {}, t("void_text", { amount: rupiah(sale.total) })), reason.node, h("div.form-actions", {}, h("button.button.danger.large", { type: "submit" }, t("void")))), { closing: t("close") });
  if (!said) return;
  const approvedBy = await second(app, sale.total);
  if (approvedBy === null) return;
  await deed(app, async () => {
    const event = await app.book.void({ sale, reason: said, approvedBy });
    app.moved(sale.lines, -1);
    return event;
  }, (event) => refundRows(event, { ...app.paper(), lines: sale.lines }, sale.number, sale.total));
}

async function refundSale(app, sale) {
  const t = app.t.bind(app);
  const chosen = Object.fromEntries(sale.lines.map((line) => [line.line, sale.lines.length === 1 ? line.qty - line.refunded : 0]));
  const reason = reasonField(app);
  let kind = "cash";
  const said = await dialog(t("refund_title"), (close) => {
    const sum = h("p.pay-sum.small");
    const lines = h("ul.list");
    const draw = () => {
      const { sum: amount } = refund(sale.lines, chosen);
      const paid = due(amount, [], kind, app.step);
      fill(sum, rupiah(paid.total));
      fill(lines, sale.lines.map((line) => h("li", {}, h("span.list-text", {}, h("span.list-title", {}, line.name), h("span.list-sub", {}, t("of_pieces", { n: line.qty - line.refunded }))),
        h("div.stepper", {},
          h("button", { "aria-label": t("fewer", { name: line.name }), onclick: () => { chosen[line.line] = Math.max(0, chosen[line.line] - 1); draw(); } }, icon("minus")),
          h("span.num", {}, String(chosen[line.line])),
          h("button", { "aria-label": t("more", { name: line.name }), onclick: () => { chosen[line.line] = Math.min(line.qty - line.refunded, chosen[line.line] + 1); draw(); } }, icon("plus"))))));
    };
    const way = h("select.input", { onchange: () => { kind = way.value; draw(); } }, ["cash", "transfer", "qris"].map((name) => h("option", { value: name }, t(name))));
    draw();
    return h("form.form", { onsubmit: (event) => { event.preventDefault(); if (reason.value() && Object.values(chosen).some(Boolean)) close(reason.value()); } },
      lines, field(t("how_back"), way), reason.node, sum, h("div.form-actions", {}, h("button.button.danger.large", { type: "submit" }, t("refund"))));
  }, { closing: t("close") });
  if (!said) return;
  const amount = due(refund(sale.lines, chosen).sum, [], kind, app.step).total;
  const approvedBy = await second(app, amount);
  if (approvedBy === null) return;
  const back = sale.lines.filter((line) => chosen[line.line]).map((line) => ({ ...line, qty: chosen[line.line] }));
  await deed(app, async () => {
    const event = await app.book.refund({ sale, chosen, kind, step: app.step, reason: said, approvedBy });
    app.moved(back, -1);
    return event;
  }, (event) => refundRows(event, { ...app.paper(), lines: back }, sale.number, amount));
}

