/* After the sale is on the disk: what to give back, the receipt, the next buyer. */
import { saleRows } from "../core/receipt.js";
import { h, icon, rupiah } from "../dom.js";
import { print, send } from "../printer.js";
import { frame } from "./frame.js";

export function done(app, event) {
  const t = app.t.bind(app);
  const { body } = event;
  const change = body.payments.reduce((sum, p) => sum + (p.change ?? 0), 0);
  const rows = saleRows(event, app.paper());
  const next = h("button.button.primary.large.wide", { onclick: () => app.go("sell"), autofocus: true }, t("next_sale"), h("kbd", {}, "Enter"));
  let printed = false;
  const paper = () => { print(app, rows, { again: printed }); printed = true; };
  const keys = (key) => {
    if (document.querySelector("dialog[open]")) return;
    if (key.key.toLowerCase() === "p" && !key.ctrlKey && !key.metaKey) paper();
    if (key.key === "Escape") app.go("sell");
  };
  document.addEventListener("keydown", keys);
  app.leave = () => document.removeEventListener("keydown", keys);
  app.scanned = null;
  queueMicrotask(() => next.focus());
  return frame(app, "sell", h("section.paid", {},
    h("p.paid-sign", {}, icon("check-circle", "huge")),
    h("h1", {}, t("paid")),
    h("p.paid-sum", {}, rupiah(body.total)),
    change > 0 && h("p.change", { data: { enough: true } }, h("span", {}, t("change")), h("strong", {}, rupiah(change))),
    h("p.mono.muted", { id: "nomor" }, app.book.number(event)),
    next,
    h("div.paid-ways", {},
      h("button.button.large", { onclick: paper }, icon("printer"), t("print"), h("kbd", {}, "P")),
      h("button.button.large", { onclick: () => send(app, rows) }, icon("chat"), "WhatsApp"))));
}
