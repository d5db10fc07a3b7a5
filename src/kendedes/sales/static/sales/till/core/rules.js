/* Arithmetic of a till: discounts, rounding, change, refunds, what a shift should have. Whole rupiah, whole pieces. */

/** The discounts of a day (`2026-12-01`); one without days always runs. */
export const running = (discounts, day) => discounts.filter((rule) => (!rule.since || rule.since <= day) && (!rule.until || day <= rule.until));

/** Whether a discount may be given on a line; `limit`: it is for some goods only, whose lots name it. */
export const fits = (rule, line) => !rule.limit || (line.discounts ?? []).includes(rule.code);

export const MOST_LINES = 200;
export const MOST_PAYMENTS = 8;
export const MOST_AMOUNT = 1_000_000_000;
export const MOST_QTY = 100_000;

/** `amount` divided by `weights`, to the rupiah: largest remainder, earlier one first. */
export function divide(amount, weights) {
  const whole = weights.reduce((a, b) => a + b, 0);
  if (!whole) return weights.map(() => 0);
  const big = weights.map((w) => BigInt(amount) * BigInt(w));
  const parts = big.map((x) => Number(x / BigInt(whole)));
  const rest = big.map((x, i) => [Number(x % BigInt(whole)), i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  let left = amount - parts.reduce((a, b) => a + b, 0);
  for (const [, i] of rest) {
    if (left-- <= 0) break;
    parts[i] += 1;
  }
  return parts;
}

/** `percent` (whole) of `amount`, rounded down, without leaving the whole numbers. */
export function percentOf(amount, percent) {
  return Math.floor(amount / 100) * percent + Math.floor(((amount % 100) * percent) / 100);
}

/**
 * The cart as it will stand in the event. `lines`: {code, lot, name, qty, price, minimum?, rule?, unknown?, discounts?}; `rule` and
 * `whole`: a discount {code, percent, limit?}. Lines with a rule of their own, and those it is not for, are left out of the one on the
 * whole cart.
 */
export function cart(lines, whole = null) {
  const gross = lines.map((line) => line.qty * line.price);
  const shared = lines.map((line, i) => (line.rule || (whole && !fits(whole, line)) ? 0 : gross[i]));
  const base = shared.reduce((a, b) => a + b, 0);
  const spread = whole ? divide(percentOf(base, whole.percent), shared) : lines.map(() => 0);
  const done = lines.map((line, i) => {
    const rule = line.rule ?? (whole && spread[i] ? whole : null);
    const discount = line.rule ? percentOf(gross[i], line.rule.percent) : spread[i];
    const out = { code: line.code, lot: line.lot, name: line.name, qty: line.qty, price: line.price, discount, total: gross[i] - discount };
    if (rule && discount) out.discount_code = rule.code;
    if (line.lot === null) out.unknown = true;
    return out;
  });
  return {
    lines: done,
    gross: gross.reduce((a, b) => a + b, 0),
    discount: done.reduce((a, line) => a + line.discount, 0),
    subtotal: done.reduce((a, line) => a + line.total, 0),
    pieces: lines.reduce((a, line) => a + line.qty, 0),
    // total ÷ qty below the agreed minimum asks a second person
    below: lines.flatMap((line, i) => (line.minimum && done[i].total < line.minimum * line.qty ? [i] : [])),
  };
}

/** What rounding to `step` adds or takes when something is paid in cash: to the nearest, in doubt to the buyer. */
export function rounding(total, step) {
  if (!step) return 0;
  const rest = total % step;
  return rest * 2 > step ? step - rest : rest === 0 ? 0 : -rest;
}

/** What is still to be paid, when the next payment is of `kind`: {rounding, total, left}. */
export function due(subtotal, payments, kind, step) {
  const cash = kind === "cash" || payments.some((p) => p.kind === "cash");
  const off = cash ? rounding(subtotal, step) : 0;
  return { rounding: off, total: subtotal + off, left: subtotal + off - payments.reduce((a, p) => a + p.amount, 0) };
}

/** One payment of cash: `given` may be less than is left (the rest is paid otherwise) or more (change). */
export function cashPayment(left, given) {
  const amount = Math.min(left, given);
  return { kind: "cash", amount, given, change: given - amount };
}

/** Notes a buyer is likely to hand over for `left`: exact first, then the next round sums. */
export function likely(left) {
  const sums = [5_000, 10_000, 20_000, 50_000, 100_000].map((note) => Math.ceil(left / note) * note);
  return [left, ...new Set(sums.filter((sum) => sum > left))].sort((a, b) => a - b).slice(0, 5);
}

/** The part of a sold line's `total` that `qty` pieces give back after `already`: all pieces give back exactly all. */
export function refundPart({ total, sold, already, qty }) {
  const upTo = (n) => Number((BigInt(total) * BigInt(n)) / BigInt(sold));
  return upTo(already + qty) - upTo(already);
}

/** A refund of chosen pieces. `lines`: of the sale, {total, qty, refunded}; `chosen`: pieces by line number (from 1). */
export function refund(lines, chosen) {
  const parts = [];
  let sum = 0;
  for (const [line, qty] of Object.entries(chosen)) {
    const sold = lines[line - 1];
    if (!qty) continue;
    if (!sold || qty > sold.qty - sold.refunded) throw new RangeError("more than was sold");
    sum += refundPart({ total: sold.total, sold: sold.qty, already: sold.refunded, qty });
    parts.push({ line: Number(line), qty });
  }
  return { lines: parts, sum };
}

/**
 * What the drawer and the other ways of paying should hold. `events`: of the shift, from its opening, as {type, id, body};
 * `orders`: cash of orders from the site that the office put into this drawer.
 */
export function shiftTotals(events, orders = 0) {
  const kinds = { cash: 0, qris: 0, transfer: 0 };
  const sales = new Map();
  const count = { sales: 0, voids: 0, refunds: 0, pieces: 0 };
  let float = 0, cashIn = 0, cashOut = 0, returned = 0, sold = 0;
  const add = (payments, sign) => {
    for (const p of payments) kinds[p.kind] += sign * p.amount;
  };
  for (const { type, id, body } of events) {
    if (type === "shift.open") float = body.float;
    else if (type === "sale") {
      sales.set(id, body);
      add(body.payments, 1);
      count.sales += 1;
      count.pieces += body.lines.reduce((a, line) => a + line.qty, 0);
      sold += body.total;
    } else if (type === "void") {
      const sale = sales.get(body.sale);
      if (sale) add(sale.payments, -1);
      count.voids += 1;
      returned += sale ? sale.total : 0;
    } else if (type === "refund") {
      add(body.payments, -1);
      count.refunds += 1;
      returned += body.total;
    } else if (type === "cash") {
      if (body.kind === "in") cashIn += body.amount;
      else cashOut += body.amount;
    }
  }
  return { by_kind: kinds, float, cashIn, cashOut, orders, expected: float + kinds.cash + cashIn - cashOut + orders, sold, returned, ...count };
}
