/* The counter: goods on one side, the basket on the other; on a phone the basket lies under a bar. */
import { cart, fits, MOST_LINES, MOST_QTY } from "../core/rules.js";
import { clean } from "../core/events.js";
import { coarse, dialog, field, fill, h, icon, money, rupiah } from "../dom.js";
import { GAP as BURST, hasCamera, watch } from "../scan.js";
import { sure } from "./ask.js";
import { frame } from "./frame.js";
import { pay } from "./pay.js";

export function sell(app) {
  const t = app.t.bind(app);
  const input = h("input", { type: "search", id: "cari", placeholder: t("search"), "aria-label": t("search"), autocomplete: "off", enterkeyhint: "search", spellcheck: "false", role: "combobox", "aria-controls": "hasil", "aria-expanded": "true" });
  const list = h("ul.goods", { id: "hasil", role: "listbox", "aria-label": t("goods") });
  const none = h("div.none", { role: "status" });
  const basket = h("section.basket", { "aria-label": t("basket") });
  const bar = h("div.paybar");
  const frequent = often(app);
  let rows = [], chosen = 0, pending = null, lastTyped = -Infinity;

  const wanted = () => input.value.replace(/^\s*\d{1,4}\s*[*x×]\s*/i, "").trim();
  const drawGoods = () => {
    clearTimeout(pending);
    pending = null;
    const what = wanted();
    rows = what ? app.catalogue.search(what) : frequent();
    chosen = 0;
    fill(list, rows.map((item, i) => goodsRow(app, item, i, () => add(item))));
    list.hidden = !rows.length;
    none.hidden = rows.length > 0;
    fill(none, what && !rows.length && [h("p", {}, t("nothing_found", { what })), h("button.button", { onclick: () => unknown(what) }, icon("plus"), t("sell_unknown"))]);
    if (what && rows.length) point(0);
    else input.removeAttribute("aria-activedescendant");
  };
  /** A scanner types letters faster than a slow phone draws lists: while letters still come, the list waits. */
  const drawGoodsSoon = () => {
    const now = performance.now();
    clearTimeout(pending);
    pending = setTimeout(drawGoods, now - lastTyped < BURST ? BURST + 15 : 0);
    lastTyped = now;
  };
  const point = (to) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = Math.max(0, Math.min(rows.length - 1, to));
    const row = list.children[chosen];
    row?.setAttribute("aria-selected", "true");
    if (row) input.setAttribute("aria-activedescendant", row.id);
    if (to) row?.scrollIntoView({ block: "nearest" });
  };
  const drawBasket = () => {
    const sum = cart(app.basket.lines, app.basket.whole);
    drawLines(app, basket, sum, { edit: (i) => editLine(app, i).then(changed), change: (i, by) => step(i, by), whole: () => wholeDiscount(app).then(changed), clear, hold, payNow });
    fill(bar,
      h("button.bar-sum", { onclick: () => document.body.classList.toggle("basket-open"), "aria-label": t("basket") },
        h("span.bar-count", {}, String(sum.pieces)), h("strong", {}, rupiah(sum.subtotal)), icon("chevron-up")),
      h("button.button.primary.large", { onclick: payNow, disabled: !sum.lines.length }, t("pay")));
    document.body.classList.toggle("basket-empty", !sum.lines.length);
  };
  const changed = () => {
    app.basket.payments = [];
    drawBasket();
    app.saveBasket();
    app.tell();
  };

  const add = async (item, { asked = false } = {}) => {
    if (app.catalogue.expired(item) && !asked && !(await confirmExpired(app, item))) return;
    const { lines } = app.basket;
    const at = lines.findIndex((line) => line.lot === item.lot && line.price === item.price && !line.rule);
    if (at >= 0) {
      const [line] = lines.splice(at, 1);
      lines.push({ ...line, qty: Math.min(MOST_QTY, line.qty + count()) });
    } else if (lines.length >= MOST_LINES) {
      app.say(t("too_many_lines"), "bad");
      return;
    } else lines.push(asLine(item, count()));
    afterAdd();
  };
  const afterAdd = () => {
    if (input.value) {
      input.value = "";
      drawGoods();
    }
    changed();
    if (!coarse()) input.focus();
  };
  /** "3*" before a code or name: three pieces. */
  const count = () => Number(/^\s*(\d{1,4})\s*[*x×]/i.exec(typed)?.[1] ?? 1) || 1;
  let typed = "";

  const scan = async (code, before = "") => {
    typed = before;
    const lots = app.catalogue.find(code);
    if (!lots.length) return unknown("", code);
    requestAnimationFrame(() => setTimeout(beep)); // the line first, then the sound
    const makers = new Set(lots.filter((lot) => lot.all > 0).map((lot) => lot.producer));
    const item = makers.size > 1 ? await whose(app, lots) : lots[0];
    if (item) await add(item);
    return true;
  };
  const unknown = async (name, code = "") => {
    const line = await unknownGoods(app, name, code);
    if (!line) return;
    app.basket.lines.push(line);
    afterAdd();
  };
  const step = (i, by) => {
    const line = app.basket.lines[i];
    line.qty = Math.min(MOST_QTY, line.qty + by);
    if (line.qty < 1) app.basket.lines.splice(i, 1);
    changed();
  };
  const clear = async () => {
    if (!app.basket.lines.length || !(await sure(app, t("clear_sure"), t("clear")))) return;
    app.clearBasket();
    changed();
  };
  const hold = () => (app.basket.lines.length ? holdBasket(app).then(() => changed()) : recall(app).then(changed));
  const payNow = () => app.basket.lines.length && pay(app);

  input.addEventListener("input", () => {
    typed = input.value;
    drawGoodsSoon();
  });
  const enter = () => {
    const text = wanted();
    if (!text) return;
    if (pending) drawGoods(); // what is chosen is what was typed
    const exact = app.catalogue.find(text);
    if (exact.length) scan(text, input.value);
    else if (rows[chosen]) add(rows[chosen]);
    else unknown(text);
  };
  const keys = (event) => {
    if (document.querySelector("dialog[open]")) return;
    const inInput = event.target === input;
    const empty = !input.value;
    const last = app.basket.lines.length - 1;
    const act = {
      F2: () => input.focus(), F4: () => wholeDiscount(app).then(changed), F8: hold, F9: payNow,
      ArrowDown: () => point(chosen + 1), ArrowUp: () => point(chosen - 1), Enter: inInput && enter,
      Escape: () => { input.value = ""; drawGoods(); document.body.classList.remove("basket-open"); },
      "+": empty && last >= 0 && (() => step(last, 1)), "-": empty && last >= 0 && (() => step(last, -1)), Delete: empty && last >= 0 && (() => step(last, -app.basket.lines[last].qty)),
    }[event.ctrlKey && event.key === "Enter" ? "F9" : event.key];
    if (act) {
      event.preventDefault();
      act();
    } else if (!inInput && event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey && event.target === document.body) input.focus();
  };
  document.addEventListener("keydown", keys);
  app.scanned = scan;
  app.leave = () => {
    clearTimeout(pending);
    document.removeEventListener("keydown", keys);
    app.scanned = null;
    document.body.classList.remove("basket-open", "basket-empty");
  };
  app.redrawGoods = drawGoods;
  drawGoods();
  drawBasket();
  if (!coarse()) queueMicrotask(() => input.focus());

  return frame(app, "sell",
    h("h1.sr", {}, t("way_sell")),
    h("div.counter", {},
      h("section.shelf", { "aria-label": t("goods") },
        h("div.searchrow", {}, h("div.search", {}, input, h("button", { "aria-label": t("clear_search"), onclick: () => { input.value = ""; drawGoods(); input.focus(); } }, icon("close"))),
          hasCamera() && h("button.icon-button.camera", { "aria-label": t("camera"), onclick: () => camera(app, scan) }, icon("camera", "large"))),
        list, none),
      basket),
    bar);
}

/** The size, unless the name says it already. */
const pack = (item) => (item.pack && !item.name.endsWith(item.pack) ? ` ${item.pack}` : "");

/** A size is not broken over two rows: "150 g". */
const whole = (name) => name.replace(/(\d) (\p{L}{1,4})$/u, "$1\u00a0$2");

const asLine = (item, qty = 1) => ({ code: item.code.slice(0, 60), lot: item.lot, name: clean(item.name + pack(item)), qty, price: item.price, minimum: item.minimum ?? 0, listed: item.price, producer: item.producer ?? "", discounts: item.discounts ?? [] });

/** What this till sold lately stands on top while nothing is searched. */
function often(app) {
  const counts = new Map();
  for (const { type, body } of app.book.events) {
    if (type === "sale") for (const line of body.lines) counts.set(line.lot, (counts.get(line.lot) ?? 0) + line.qty);
  }
  return () => {
    const { goods } = app.catalogue;
    const top = [...counts].sort((a, b) => b[1] - a[1]).map(([lot]) => lot && app.catalogue.lot(lot)).filter(Boolean).slice(0, 12);
    const rest = [];
    for (let i = 0; i < goods.length && top.length + rest.length < 40; i += 1) if (goods[i].here > 0 && !top.includes(goods[i])) rest.push(goods[i]);
    return [...top, ...rest];
  };
}

function goodsRow(app, item, i, add) {
  const here = app.catalogue.here(item);
  const expired = app.catalogue.expired(item);
  return h("li.goods-item", { role: "option", id: `g${i}`, "aria-selected": "false", onclick: add },
    h("span.goods-text", {},
      h("span.goods-name", {}, whole(item.name), pack(item) && h("span.goods-pack", {}, whole(pack(item)))),
      h("span.goods-by", {}, [item.producer, item.village].filter(Boolean).join(", "))),
    h("span.goods-side", {}, h("span.goods-price", {}, rupiah(item.price)),
      expired ? h("span.badge.bad", {}, app.t("expired")) : h(`span.goods-here${here > 0 ? "" : ".low"}`, {}, app.t("here", { n: here }))));
}

function drawLines(app, box, sum, deeds) {
  const t = app.t.bind(app);
  const { lines, whole } = app.basket;
  fill(box,
    h("div.basket-head", {},
      h("h2", {}, t("basket")),
      h("button.button.quiet.small", { onclick: deeds.hold }, icon("archive"), lines.length ? t("hold") : t("held", { n: app.held }), h("kbd", {}, "F8")),
      lines.length > 0 && h("button.icon-button", { "aria-label": t("clear"), onclick: deeds.clear }, icon("trash"))),
    lines.length
      ? h("ol.lines", {}, lines.map((line, i) => h("li.line", { data: { low: sum.below.includes(i) } },
        h("button.line-text", { onclick: () => deeds.edit(i), "aria-label": t("edit_line", { name: line.name }) },
          h("span.line-name", {}, line.name),
          h("span.line-by", {}, line.lot === null ? h("span.badge.warn", {}, t("unknown")) : line.producer, ` · ${rupiah(line.price)}`,
            sum.lines[i].discount > 0 && h("span.badge.accent", {}, `−${rupiah(sum.lines[i].discount)}`),
            sum.below.includes(i) && h("span.badge.warn", {}, t("below_minimum")))),
        h("div.stepper", {},
          h("button", { "aria-label": t("fewer", { name: line.name }), onclick: () => deeds.change(i, -1) }, icon(line.qty > 1 ? "minus" : "trash")),
          h("span.num", { "aria-label": t("pieces") }, String(line.qty)),
          h("button", { "aria-label": t("more", { name: line.name }), onclick: () => deeds.change(i, 1) }, icon("plus"))),
        h("strong.line-total", {}, rupiah(sum.lines[i].total)))))
      : h("div.basket-none", {}, icon("basket", "huge"), h("p", {}, t("basket_empty"))),
    h("div.basket-foot", {},
      lines.length > 0 && forCart(app).length > 0 && h("button.button.quiet.small", { onclick: deeds.whole }, icon("percent"), whole ? `${whole.code} −${whole.percent}%` : t("discount"), h("kbd", {}, "F4")),
      sum.discount > 0 && h("div.sumline", {}, h("span", {}, t("discount")), h("span", {}, `−${rupiah(sum.discount)}`)),
      h("div.sumline.total", {}, h("span", {}, t("total")), h("strong", {}, rupiah(sum.subtotal))),
      h("button.button.primary.large.wide", { onclick: deeds.payNow, disabled: !lines.length }, t("pay"), h("kbd", {}, "F9"))));
  // in the frame that is drawn anyway; asked for now it would be laid out twice
  requestAnimationFrame(() => { const list = box.querySelector(".lines"); if (list) list.scrollTop = list.scrollHeight; });
}

const confirmExpired = (app, item) => sure(app, app.t("expired_sure", { name: item.name, date: item.expires }), app.t("sell_anyway"));

/** Several producers share a code: the one that expires first stands on top and Enter takes it. */
function whose(app, lots) {
  return dialog(app.t("whose"), (close) => h("ul.list", {}, lots.map((lot, i) => h("li", {},
    h("span.list-text", {}, h("span.list-title", {}, lot.producer || lot.lot), h("span.list-sub", {}, `${lot.name} · ${app.t("here", { n: app.catalogue.here(lot) })}${lot.expires ? ` · ${app.t("until", { date: lot.expires })}` : ""}`)),
    h(`button.button${i ? "" : ".primary"}`, { onclick: () => close(lot), autofocus: i === 0 }, rupiah(lot.price))))), { closing: app.t("close") });
}

function unknownGoods(app, name, code) {
  const t = app.t.bind(app);
  return dialog(t("unknown_title"), (close) => {
    const what = h("input.input", { type: "text", maxlength: "120", value: name, required: true, autofocus: !name });
    const price = money({ autofocus: Boolean(name) });
    const send = (event) => {
      event.preventDefault();
      const said = clean(what.value);
      if (said && price.value() >= 1) close({ code: clean(code, 60), lot: null, name: said, qty: 1, price: price.value(), minimum: 0, listed: price.value(), producer: "" });
    };
    return h("form.form", { onsubmit: send }, h("p.muted", {}, code ? t("unknown_code", { code }) : t("unknown_help")), field(t("what_is_it"), what), field(t("price"), price.input),
      h("div.form-actions", {}, h("button.button.primary.large", { type: "submit" }, t("add"))));
  }, { closing: t("close") });
}

/** Pieces, discount and price of one line. */
function editLine(app, i) {
  const t = app.t.bind(app);
  const line = app.basket.lines[i];
  return dialog(line.name, (close) => {
    const qty = h("input.input.money", { type: "text", inputmode: "numeric", value: String(line.qty) });
    qty.addEventListener("focus", () => qty.select());
    const price = money({ amount: line.price });
    const rules = (app.rules.discounts ?? []).filter((r) => fits(r, line));
    const rule = h("select.input", {}, h("option", { value: "" }, t("no_discount")), rules.map((r) => h("option", { value: r.code }, `${r.name} (${r.percent}%)`)));
    rule.value = line.rule?.code ?? "";
    const send = (event) => {
      event.preventDefault();
      const n = Math.min(MOST_QTY, Number(qty.value.replace(/\D/g, "")));
      if (!n) app.basket.lines.splice(i, 1);
      else Object.assign(line, { qty: n, price: price.value(), rule: rules.find((r) => r.code === rule.value) });
      close(true);
    };
    const lots = line.lot === null ? [] : app.catalogue.find(line.code).filter((lot) => lot.lot !== line.lot && lot.all > 0);
    return h("form.form", { onsubmit: send },
      h("p.muted", {}, [line.producer, line.code].filter(Boolean).join(" · ")),
      field(t("pieces"), qty), rules.length > 0 && field(t("discount"), rule), field(t("price"), price.input, line.minimum ? t("minimum", { amount: rupiah(line.minimum) }) : ""),
      lots.length > 0 && h("div", {}, h("p.label", {}, t("other_lots")), h("ul.list", {}, lots.map((lot) => h("li", {}, h("span.list-text", {}, h("span.list-title", {}, lot.producer), h("span.list-sub", {}, lot.expires ? t("until", { date: lot.expires }) : lot.code)),
        h("button.button.small", { onclick: () => { app.basket.lines[i] = { ...asLine(lot, line.qty) }; close(true); } }, t("take")))))),
      h("div.form-actions", {}, h("button.button.primary", { type: "submit" }, t("done")), h("button.button.danger", { onclick: () => { app.basket.lines.splice(i, 1); close(true); } }, icon("trash"), t("remove"))));
  }, { closing: t("close") });
}

/** Discounts that fit something in the basket. */
const forCart = (app) => (app.rules.discounts ?? []).filter((rule) => app.basket.lines.some((line) => fits(rule, line)));

async function wholeDiscount(app) {
  const rules = forCart(app);
  if (!rules.length) return;
  const chosen = await dialog(app.t("discount_whole"), (close) => h("div.choices", {},
    h("button.button.wide", { onclick: () => close({ rule: null }) }, app.t("no_discount")),
    rules.map((rule) => h("button.button.wide", { onclick: () => close({ rule }) }, [rule.name, `${rule.percent}%`, rule.limit].filter(Boolean).join(" · ")))), { closing: app.t("close") });
  if (chosen) app.basket.whole = chosen.rule && { code: chosen.rule.code, percent: chosen.rule.percent, limit: chosen.rule.limit };
}

async function holdBasket(app) {
  const id = crypto.randomUUID();
  await app.store.hold({ id, at: app.clock.now(), by: app.book.actor, basket: app.basket });
  app.held += 1;
  app.clearBasket();
  app.say(app.t("held_now"));
}

async function recall(app) {
  const all = (await app.store.held()).sort((a, b) => a.at - b.at);
  app.held = all.length;
  const one = await dialog(app.t("held_title"), (close) => (all.length
    ? h("ul.list", {}, all.map((cartHeld) => {
      const sum = cart(cartHeld.basket.lines, cartHeld.basket.whole);
      return h("li", {}, h("span.list-text", {}, h("span.list-title", {}, cartHeld.basket.lines.map((line) => line.name).join(", ")), h("span.list-sub", {}, `${app.t("n_pieces", { n: sum.pieces })} · ${rupiah(sum.subtotal)}`)),
        h("button.button.primary", { onclick: () => close(cartHeld), autofocus: cartHeld === all[0] }, app.t("recall")));
    }))
    : h("p.muted", {}, app.t("held_none"))), { closing: app.t("close") });
  if (!one) return;
  await app.store.release(one.id);
  app.held -= 1;
  app.basket = one.basket;
}

function camera(app, scan) {
  let stop = () => {};
  const video = h("video.finder", { playsinline: true, muted: true });
  return dialog(app.t("camera"), (close) => {
    watch(video, (code) => { navigator.vibrate?.(40); scan(code); }).then((end) => { stop = end; }, () => { app.say(app.t("camera_no"), "bad"); close(); });
    return h("div", {}, video, h("p.muted.center", {}, app.t("camera_help")));
  }, { closing: app.t("close") }).then(() => stop());
}

let sound = null;
function beep() {
  try {
    sound ??= new AudioContext();
    const tone = sound.createOscillator(), gain = sound.createGain();
    tone.frequency.value = 1320;
    gain.gain.value = 0.06;
    tone.connect(gain).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.06);
  } catch { /* a till without sound still sells */ }
}
