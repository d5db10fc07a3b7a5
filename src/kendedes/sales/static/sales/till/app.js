/* What all screens share: the book, the sender, the goods, the cashier, the words; and which screen is shown. */
import { Book, No } from "./core/book.js";
import { Catalogue } from "./core/catalogue.js";
import { rescue } from "./core/events.js";
import { running } from "./core/rules.js";
import { Moved } from "./core/store.js";
import { backoff, Sync } from "./core/sync.js";
import { fill, toast } from "./dom.js";
import { download } from "./printer.js";
import { words } from "./texts.js";

const PULSE = 5 * 60_000; // with nothing to send: how often the till asks where the server stands, and for newer goods

export class App {
  constructor({ root, store, clock, transport, lock, screens }) {
    Object.assign(this, { root, store, clock, screens, failed: 0, timer: null, refreshed: -Infinity, online: null, listeners: new Set(), basket: emptyBasket() });
    this.book = new Book({ store, clock });
    this.sync = new Sync({ store, clock, transport, lock, heard: (sync) => this.#heard(sync) });
    this.transport = transport;
  }

  async load() {
    await this.book.load();
    const { state } = this.book;
    this.prefs = { language: "id", paper: 58, print: "browser", drawer: false, ...state.prefs };
    this.words = words(this.prefs.language);
    if (state.snapshot) await this.useSnapshot(state.snapshot);
    if (state.draft) this.basket = { ...emptyBasket(), ...state.draft };
    this.held = (await this.store.held()).length;
    return this;
  }

  /** A word in the cashier's language; `{n}` is replaced. */
  t(key, facts = {}) {
    return this.words(key, facts);
  }

  get snapshot() {
    return this.book.state.snapshot?.body ?? null;
  }

  get rules() {
    const now = this.clock.now();
    if (this.ruled?.of !== this.snapshot || Math.abs(now - this.ruled.at) > PULSE) {
      const rules = this.snapshot?.rules ?? {};
      this.ruled = { of: this.snapshot, at: now, rules: { ...rules, discounts: running([...(rules.discounts ?? []), ...(rules.limited ?? [])], this.today()) } };
    }
    return this.ruled.rules;
  }

  get step() {
    return this.rules.rounding ?? 0;
  }

  get cashiers() {
    return this.snapshot?.cashiers ?? [];
  }

  get cashier() {
    return this.cashiers.find((c) => c.id === this.book.actor) ?? null;
  }

  get stopped() {
    return this.book.state.sync?.stopped ?? "";
  }

  nameOf(id) {
    return this.cashiers.find((c) => c.id === id)?.name ?? "";
  }

  /** What receipts say beside the sale. */
  paper(actor = this.book.actor) {
    const { association = {}, device = {} } = this.snapshot ?? {};
    return { association, place: device.place_name, footer: this.rules.footer, cashier: this.nameOf(actor), english: this.prefs.language === "en" };
  }

  /** Today in the association's zone, by the server's clock as last heard. */
  today() {
    const at = this.clock.now() + (this.book.state.sync?.skew ?? 0);
    const zone = this.snapshot?.zone ?? "Asia/Jakarta";
    if (this.day?.zone !== zone) this.day = { zone, text: new Intl.DateTimeFormat("en-CA", { timeZone: zone }) };
    return this.day.text.format(at);
  }

  async useSnapshot(snapshot) {
    this.book.state.snapshot = snapshot;
    this.catalogue = new Catalogue(snapshot.body.goods, { today: () => this.today(), sold: await this.book.soldSince(snapshot.seq) });
    this.refreshed = Math.max(this.refreshed, snapshot.at);
  }

  /** Pieces that just left or came back: the shelf follows without asking the server. */
  moved(lines, sign = 1) {
    for (const { lot, qty } of lines) if (lot) this.catalogue.sold.set(lot, (this.catalogue.sold.get(lot) ?? 0) + sign * qty);
  }

  async setPrefs(changes) {
    Object.assign(this.prefs, changes);
    this.words = words(this.prefs.language);
    document.documentElement.lang = this.prefs.language;
    await this.store.put({ prefs: this.prefs }, { strict: false });
  }

  // --- screens ---

  go(name, ...args) {
    this.leave?.();
    this.leave = null;
    this.screen = name;
    this.root.dataset.screen = name;
    fill(this.root, this.screens[name](this, ...args));
    globalThis.scrollTo(0, 0);
  }

  /** The first screen that fits: pairing, who is selling, the shift, the sale. */
  home() {
    const { book } = this;
    if (!book.device) this.go("pair");
    else if (!this.snapshot) this.go("wait");
    else if (this.stopped) this.go("device");
    else if (this.cashiers.length && !this.cashier) this.go("door");
    else if (!book.shift) this.go("open");
    else this.go("sell");
  }

  /** Something all screens may want to show has changed. */
  tell() {
    for (const listener of this.listeners) listener();
  }

  onTell(listener) {
    this.listeners.add(listener);
    listener();
    return () => this.listeners.delete(listener);
  }

  say(text, kind, way) {
    toast(text, kind, way);
  }

  /** Says why a deed was not done. */
  refuse(error) {
    const code = error instanceof No ? error.code : "full";
    this.say(this.t(`no_${code}`), "bad", code === "full" ? [this.t("rescue"), () => this.rescue().catch((reason) => this.refuse(reason))] : null);
    if (error instanceof Moved) location.reload(); // what this page knows is old
    else if (!(error instanceof No)) console.warn(error);
  }

  /** Everything this till still keeps, as the file the office can read in. */
  async rescue() {
    const { device, sync, head } = this.book.state;
    const file = rescue({ device: device.code, epoch: sync.epoch, genesis: device.genesis, events: await this.store.events(1), head: head.h });
    download(file.name, file.text);
  }

  /** Somebody cleared the browser's data under an open till: nothing can be kept here any more. */
  wiped() {
    if (!this.book.device || this.stopped) return;
    this.book.heard({ ...this.book.state.sync, stopped: "wiped" });
    this.go("device");
  }

  // --- basket ---

  saveBasket() {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.store.put({ draft: this.basket.lines.length ? this.basket : undefined }, { strict: false }).catch(() => {}), 150);
  }

  clearBasket() {
    clearTimeout(this.saving);
    this.basket = emptyBasket();
  }

  get idle() {
    return !this.basket.lines.length && !document.querySelector("dialog[open]") && this.screen !== "pay";
  }

  // --- sending ---

  #heard(sync) {
    this.book.heard(sync);
    this.online = true;
    this.tell();
  }

  /** Whether the server answered lately: what is not cash has other limits when it did not. */
  get connected() {
    return this.online === true && this.clock.now() - (this.book.state.sync?.at ?? 0) < 1.5 * PULSE;
  }

  /** Sends now; the next try comes by itself. */
  async send() {
    clearTimeout(this.timer);
    if (!this.book.device) return;
    if (this.sending) {
      this.again = true;
      return;
    }
    this.sending = true;
    const step = await this.sync.run().catch(() => ({ result: "later" }));
    this.sending = false;
    this.failed = step.result === "later" ? this.failed + 1 : 0;
    if (step.result === "later") this.online = false;
    if (step.result === "done") await this.refresh();
    if (step.result === "stopped" && this.stopped && this.screen !== "device") this.go("device");
    this.tell();
    const again = this.again && step.result === "done";
    this.again = false;
    if (step.result !== "stopped") this.timer = setTimeout(() => this.send(), again ? 0 : step.result === "done" ? PULSE : step.after ?? backoff(this.failed));
  }

  async refresh(force = false) {
    if (!force && this.snapshot && Math.abs(this.clock.now() - this.refreshed) < PULSE - 10_000) return "same";
    const said = await this.sync.refresh().catch(() => "later");
    if (said === "later" || said === "stopped") return said;
    this.refreshed = this.clock.now();
    if (said === "new") {
      const waiting = !this.snapshot;
      const { snapshot } = await this.store.state(["snapshot"]);
      await this.useSnapshot(snapshot);
      if (waiting) this.home();
    }
    await this.sync.prune(this.book.shift?.seq).catch(() => {});
    return said;
  }
}

export const emptyBasket = () => ({ lines: [], whole: null, note: "", payments: [] });
