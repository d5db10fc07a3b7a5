/*
 * What is printed, as rows that screen, paper printer and WhatsApp draw alike.
 * A row: {text, align?, bold?, big?} · {left, right, bold?} · {rule: true}.
 */
import { receiptNumber } from "./events.js";

export const WIDTH = { 58: 32, 80: 48 };
const ENGLISH = { cash: "Cash", qris: "QRIS", transfer: "Transfer" };
const INDONESIAN = { cash: "Tunai", qris: "QRIS", transfer: "Transfer" };

export const rupiah = (n) => `${n < 0 ? "−" : ""}Rp${String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ".")}`;
const plain = (n) => rupiah(n).replace("Rp", "");

/** "24-11-2026 14.05" as the device's wall clock said it. */
export function moment(at, off) {
  const d = new Date(at + off * 60_000);
  const two = (n) => String(n).padStart(2, "0");
  return `${two(d.getUTCDate())}-${two(d.getUTCMonth() + 1)}-${d.getUTCFullYear()} ${two(d.getUTCHours())}.${two(d.getUTCMinutes())}`;
}

function top({ association, place }) {
  const rows = [{ text: association.gallery || association.name, align: "center", bold: true, big: true }];
  if (association.gallery && association.name) rows.push({ text: association.name, align: "center" });
  if (association.address) rows.push({ text: association.address, align: "center" });
  if (place && place !== association.gallery) rows.push({ text: place, align: "center" });
  return [...rows, { rule: true }];
}

/** `event`: {text, seq, h} as stored; `about`: {association, place, footer, zone, cashier, english}. */
export function saleRows(event, about) {
  const { dev, at, off, body } = JSON.parse(event.text);
  const say = (id, en) => (about.english ? en : id);
  const kinds = about.english ? ENGLISH : INDONESIAN;
  const rows = top(about);
  rows.push({ left: receiptNumber(dev, event.seq, event.h), right: "" });
  rows.push({ left: moment(at, off), right: about.cashier ?? "" }, { rule: true });
  for (const line of body.lines) {
    rows.push({ text: line.name });
    const amount = `${line.qty} x ${plain(line.price)}`;
    rows.push({ left: `  ${amount}`, right: plain(line.qty * line.price) });
    if (line.discount) rows.push({ left: `  ${say("potongan", "discount")}${line.discount_code ? ` ${line.discount_code}` : ""}`, right: `-${plain(line.discount)}` });
  }
  rows.push({ rule: true });
  if (body.rounding) rows.push({ left: say("Pembulatan", "Rounding"), right: plain(body.rounding) });
  rows.push({ left: "TOTAL", right: rupiah(body.total), bold: true, big: true });
  for (const pay of body.payments) {
    rows.push({ left: kinds[pay.kind] + (pay.ref ? ` ${pay.ref}` : ""), right: plain(pay.kind === "cash" ? pay.given : pay.amount) });
    if (pay.change) rows.push({ left: say("Kembali", "Change"), right: plain(pay.change) });
  }
  rows.push({ rule: true });
  if (about.footer) rows.push({ text: about.footer, align: "center" });
  return rows;
}

/** The slip of a refund or a void; `sale`: the receipt number it gives back. */
export function refundRows(event, about, sale, amount) {
  const { dev, at, off, type, body } = JSON.parse(event.text);
  const say = (id, en) => (about.english ? en : id);
  const rows = top(about);
  rows.push({ text: type === "void" ? say("PEMBATALAN", "VOID") : say("PENGEMBALIAN", "REFUND"), align: "center", bold: true });
  rows.push({ text: receiptNumber(dev, event.seq, event.h) }, { left: moment(at, off), right: about.cashier ?? "" });
  rows.push({ text: `${say("Struk", "Receipt")} ${sale}` }, { rule: true });
  for (const line of about.lines ?? []) rows.push({ left: `${line.qty} x ${line.name}`, right: "" });
  rows.push({ left: say("Dikembalikan", "Given back"), right: rupiah(amount), bold: true });
  rows.push({ text: `${say("Alasan", "Reason")}: ${body.reason}` }, { rule: true });
  rows.push({ text: say("Tanda tangan pembeli", "Buyer's signature") }, { text: "" }, { text: "" }, { text: "...................." });
  return rows;
}

/** The Z slip: paper is the third copy, so it carries the first and last number and the head of the chain. */
export function closeRows(event, about, totals) {
  const { dev, at, off, body } = JSON.parse(event.text);
  const say = (id, en) => (about.english ? en : id);
  const off2 = body.counted - body.expected;
  return [
    ...top(about),
    { text: say("TUTUP GILIRAN (Z)", "SHIFT CLOSED (Z)"), align: "center", bold: true },
    { left: moment(at, off), right: about.cashier ?? "" },
    { left: say("Nomor", "Numbers"), right: `${dev} ${body.first_seq}-${event.seq}` },
    { rule: true },
    { left: say("Penjualan", "Sales"), right: `${totals.sales}` },
    { left: say("Batal / kembali", "Voids / refunds"), right: `${totals.voids} / ${totals.refunds}` },
    { left: say("Tunai bersih", "Net cash"), right: plain(body.by_kind.cash) },
    { left: "QRIS", right: plain(body.by_kind.qris) },
    { left: "Transfer", right: plain(body.by_kind.transfer) },
    { rule: true },
    { left: say("Uang awal", "Float"), right: plain(totals.float) },
    { left: say("Kas masuk", "Cash in"), right: plain(totals.cashIn) },
    { left: say("Kas keluar", "Cash out"), right: plain(totals.cashOut) },
    ...(totals.orders ? [{ left: say("Uang pesanan", "Orders' cash"), right: plain(totals.orders) }] : []),
    { left: say("Seharusnya", "Expected"), right: plain(body.expected) },
    { left: say("Dihitung", "Counted"), right: plain(body.counted) },
    { left: say("Selisih", "Difference"), right: off2 > 0 ? `+${plain(off2)}` : plain(off2), bold: true },
    { rule: true },
    { text: say("Kepala rantai", "Head of the chain") },
    { text: event.h.slice(0, 32) }, { text: event.h.slice(32) },
    { text: "" },
    { text: say("Kasir", "Cashier") }, { text: "" }, { text: "...................." },
  ];
}

/** Words of at most `width` letters a row; what is set in stays set in. */
function wrap(said, width) {
  const text = said.trimStart(), inset = " ".repeat(said.length - text.length), room = width - inset.length;
  const out = [];
  let row = "";
  for (const word of text.split(" ")) {
    if (row && row.length + 1 + word.length > room) {
      out.push(row);
      row = word;
    } else row = row ? `${row} ${word}` : word;
    while (row.length > room) {
      out.push(row.slice(0, room));
      row = row.slice(room);
    }
  }
  return [...out, row].map((line) => inset + line);
}

/** The rows as lines of `width` letters. */
export function lines(rows, width) {
  return rows.flatMap((row) => {
    if (row.rule) return ["-".repeat(width)];
    if (row.left !== undefined) {
      const room = width - row.right.length - 1;
      const parts = wrap(row.left, Math.max(room, 8));
      const last = parts.pop();
      return [...parts, last + row.right.padStart(width - last.length)].map((line) => line.trimEnd());
    }
    return wrap(row.text, width).map((line) => (row.align === "center" ? " ".repeat(Math.floor((width - line.length) / 2)) + line : line));
  });
}

/** Text for a message: no ruled columns, a phone's letters are not of one width. */
export function message(rows) {
  return rows.map((row) => {
    if (row.rule) return "";
    if (row.left !== undefined) return row.right ? `${row.left.trim()}: ${row.bold ? `*${row.right}*` : row.right}` : row.left.trim();
    return row.bold && row.text ? `*${row.text}*` : row.text;
  }).join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** An address that opens WhatsApp with the text; `number` as typed, or empty to choose there. It is kept nowhere. */
export function whatsapp(text, number = "") {
  const digits = number.replace(/\D/g, "").replace(/^0/, "62").replace(/^(?=8)/, "62");
  return `https://wa.me/${digits}?text=${encodeURIComponent(text)}`;
}
