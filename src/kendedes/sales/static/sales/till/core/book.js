/*
 * What this till did and may do: the shift, its sales, what comes back. Every deed is one event, written once,
 * one after the other; what it returns is on the disk. Store, clock and crypto are handed in; no screen is known here.
 */
import { receiptNumber, seal } from "./events.js";
import { cart, due, MOST_PAYMENTS, refund, shiftTotals } from "./rules.js";

const RESERVE = "x".repeat(64 * 1024); // more than the longest event: room taken before money changes hands
const parse = (event) => ({ ...event, body: JSON.parse(event.text).body });

/** Why a deed is not done: `code` names a text. */
export class No extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export class Book {
  constructor({ store, clock, crypto = globalThis.crypto }) {
    Object.assign(this, { store, clock, crypto, queue: Promise.resolve(), actor: null });
  }

  async load() {
    this.state = await this.store.state();
    const { shift } = this.state;
    this.events = shift ? (await this.store.events(shift.seq)).map(parse) : [];
    return this;
  }

  get device() {
    return this.state.device;
  }

  get shift() {
    return this.state.shift ?? null;
  }

  get unsent() {
    return this.state.head ? this.state.head.seq - this.state.sync.acked : 0;
  }

  get totals() {
    return shiftTotals(this.events, this.orders);
  }

  /** Cash of orders from the site that lies in this shift's drawer, as far as the snapshot has told. */
  get orders() {
    const told = this.state.snapshot?.body?.drawer;
    return told && told.shift === this.shift?.id && Number.isInteger(told.amount) ? told.amount : 0;
  }

  /** Takes what the uploader learnt. */
  heard(sync) {
    this.state.sync = sync;
  }

  number(event) {
    return receiptNumber(this.device.code, event.seq, event.h);
  }

  /** One event, after those already asked for. */
  #write(type, body, changes = {}) {
    const work = async () => {
      if (this.state.sync.stopped) throw new No("stopped");
      const event = await seal({ device: this.device.code, head: this.state.head, clock: this.clock, actor: this.actor, type, body, crypto: this.crypto })
        .catch((error) => { throw error instanceof RangeError ? new No("too_long") : error; });
      const wanted = typeof changes === "function" ? changes(event) : changes;
      await this.store.append(event, wanted);
      Object.assign(this.state, wanted, { head: { seq: event.seq, h: event.h } });
      const told = { ...event, body };
      if (this.shift || type === "shift.close") this.events.push(told);
      return told;
    };
    const next = this.queue.then(work, work);
    this.queue = next.catch(() => {});
    return next;
  }

  async openShift(float) {
    if (this.shift) throw new No("shift_open");
    this.events = [];
    return this.#write("shift.open", { float }, (event) => ({ shift: { id: event.id, seq: event.seq, at: event.at } }));
  }

  /**
   * Room for one more sale, on the disk, before money is taken; throws when there is none. Also keeps the cart over a
   * reload in the middle of paying.
   */
  async reserve(draft) {
    if (!this.shift) throw new No("no_shift");
    if (this.state.sync.stopped) throw new No("stopped");
    try {
      await this.store.put({ reserve: RESERVE, draft });
    } catch {
      throw new No("full");
    }
  }

  /** A sale that happened. `basket`: {lines, whole?}; `payments` cover it exactly. */
  async sell({ basket, payments, step, approvedBy = null, note = "" }) {
    if (!this.shift) throw new No("no_shift");
    const sum = cart(basket.lines, basket.whole);
    const paid = due(sum.subtotal, payments, payments[0]?.kind, step);
    if (!sum.lines.length || !payments.length || payments.length > MOST_PAYMENTS || paid.left !== 0) throw new No("sums");
    const body = { lines: sum.lines, payments, rounding: paid.rounding, total: paid.total };
    if (approvedBy) body.approved_by = approvedBy;
    if (note) body.note = note;
    return this.#write("sale", body, { reserve: undefined, draft: undefined });
  }

  /** A sale of this till with what already came back: {event, lines, void, refunded}; null when it is not (or no longer) here. */
  async sale(id) {
    const event = await this.store.byId(id);
    return event?.type === "sale" ? this.#withReturns(event) : null;
  }

  async saleBySeq(seq) {
    const event = await this.store.event(seq);
    return event?.type === "sale" ? this.#withReturns(event) : null;
  }

  async #withReturns(stored) {
    const event = parse(stored);
    const lines = event.body.lines.map((line, i) => ({ ...line, line: i + 1, refunded: 0 }));
    const back = (await this.store.about(event.id)).map(parse);
    let voided = false;
    for (const { type, body } of back) {
      if (type === "void") {
        voided = true;
        for (const line of lines) line.refunded = line.qty;
      } else for (const part of body.lines) lines[part.line - 1].refunded += part.qty;
    }
    const returned = back.reduce((sum, { type, body }) => sum + (type === "void" ? event.body.total : body.total), 0);
    return { id: event.id, event, number: this.number(event), total: event.body.total, payments: event.body.payments, lines, void: voided, returned, own: true };
  }

  /** May be undone as a whole: a sale of this shift of which nothing came back. */
  voidable(sale) {
    return Boolean(this.shift && sale.own && sale.event.seq > this.shift.seq && !sale.void && sale.lines.every((line) => line.refunded === 0));
  }

  async void({ sale, reason, approvedBy = null }) {
    if (!this.voidable(sale)) throw new No("not_voidable");
    return this.#write("void", { sale: sale.id, reason, ...(approvedBy ? { approved_by: approvedBy } : {}) });
  }

  /** `chosen`: pieces by line number; `kind`: how the money goes back. */
  async refund({ sale, chosen, kind, step, reason, approvedBy = null }) {
    if (!this.shift) throw new No("no_shift");
    const { lines, sum } = refund(sale.lines, chosen);
    if (!lines.length) throw new No("nothing");
    const paid = due(sum, [], kind, step);
    const body = { sale: sale.id, lines, payments: [{ kind: paid.total ? kind : "cash", amount: paid.total }], rounding: paid.rounding, total: paid.total, reason };
    return this.#write("refund", approvedBy ? { ...body, approved_by: approvedBy } : body);
  }

  async cash({ kind, amount, purpose, reason, approvedBy = null }) {
    if (!this.shift) throw new No("no_shift");
    if (!(amount >= 1)) throw new No("sums");
    return this.#write("cash", { kind, amount, purpose, reason, ...(approvedBy ? { approved_by: approvedBy } : {}) });
  }

  /** Closes blindly: `counted` was typed before anybody saw what was expected. Returns the event and the totals for the slip. */
  async closeShift(counted) {
    const { shift } = this;
    if (!shift) throw new No("no_shift");
    await this.queue;
    const totals = this.totals;
    const { head } = this.state;
    const body = { opened: shift.id, counted, expected: totals.expected, first_seq: shift.seq, last_seq: head.seq, head: head.h, by_kind: totals.by_kind };
    const event = await this.#write("shift.close", body, { shift: undefined });
    delete this.state.shift;
    this.events = [];
    return { event, totals };
  }

  /** Pieces by lot sold here that the snapshot does not know of yet. */
  async soldSince(seq) {
    const sold = new Map();
    const add = (lot, n) => lot && sold.set(lot, (sold.get(lot) ?? 0) + n);
    for (const { type, body } of (await this.store.events(seq + 1)).map(parse)) {
      if (type === "sale") for (const line of body.lines) add(line.lot, line.qty);
      if (type !== "void" && type !== "refund") continue;
      const sale = await this.store.byId(body.sale);
      const lines = sale ? parse(sale).body.lines : [];
      if (type === "void") for (const line of lines) add(line.lot, -line.qty);
      else for (const part of body.lines) add(lines[part.line - 1]?.lot, -part.qty);
    }
    return sold;
  }

  /** Money taken other than in cash that the server does not know of yet. */
  async noncashUnsent() {
    const events = (await this.store.events(this.state.sync.acked + 1)).map(parse).filter((event) => event.type === "sale");
    return events.flatMap((event) => event.body.payments).reduce((sum, p) => sum + (p.kind === "cash" ? 0 : p.amount), 0);
  }
}
