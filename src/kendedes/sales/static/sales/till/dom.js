/* Small helpers that make elements; no screen and no deed is known here. */
import { rupiah } from "./core/receipt.js";

let icons = "";
export const useIcons = (address) => { icons = address; };
export { rupiah };

/** `h("button.button.primary", {onclick, type: "button"}, "Bayar")`; false, null and undefined children are left out. */
export function h(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  if (tag === "button") element.type = "button";
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "value" || key === "checked" || key === "disabled" || key === "hidden") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  fill(element, ...children);
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name, size = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", size ? `icon ${size}` : "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${icons}#${name}`);
  svg.append(use);
  return svg;
}

/** A drawn path (a QR code) that speaks as `label`. */
export function drawing({ d, size }, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("class", "qr");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** A label, its input and a word of help. */
export function field(label, input, help = "") {
  const id = input.id || `f${Math.random().toString(36).slice(2)}`;
  input.id = id;
  if (help) input.setAttribute("aria-describedby", `${id}-h`);
  return h("div.field", {}, h("label", { for: id }, label), input, help && h("span.help", { id: `${id}-h` }, help));
}

export const coarse = () => matchMedia("(pointer: coarse)").matches;

/** An input of whole rupiah, grouped as it is typed; `value()` is the number, 0 when empty. */
export function money(attributes = {}) {
  const { amount = null, onchange, ...more } = attributes;
  const show = (digits) => digits.replace(/^0+(?=\d)/, "").slice(0, 12).replace(/\B(?=(\d{3})+$)/g, ".");
  const input = h("input.input.money", { type: "text", inputmode: coarse() && more.keypad ? "none" : "numeric", autocomplete: "off", enterkeyhint: "done", ...more, keypad: null });
  const box = { input, value: () => Number(input.value.replace(/\D/g, "")), set(n) { input.value = n === null ? "" : show(String(n)); onchange?.(box.value()); } };
  input.addEventListener("input", () => {
    input.value = show(input.value.replace(/\D/g, ""));
    onchange?.(box.value());
  });
  input.addEventListener("focus", () => input.select());
  if (amount !== null) input.value = show(String(amount));
  return box;
}

/** Twelve large keys for thumbs; `press` gets a digit, "000" or "back". */
export function keypad(press, { triple = true, words }) {
  const key = (label, what, name) => h("button.key", { onclick: () => press(what), ...(name ? { "aria-label": name } : {}) }, label);
  return h("div.keypad", { role: "group", "aria-label": words.digits },
    ..."123456789".split("").map((d) => key(d, d)), triple ? key("000", "000") : h("span"), key("0", "0"), key(icon("arrow-left"), "back", words.back));
}

/** Presses of the keypad into a money box: the first one replaces what was proposed. */
export function typing(box) {
  let fresh = true;
  return {
    press(what) {
      const now = fresh ? "" : String(box.value() || "");
      fresh = false;
      box.set(what === "back" ? Number(now.slice(0, -1)) || null : Number((now + what).slice(0, 12)));
    },
    fresh() { fresh = true; },
  };
}

/**
 * A dialog; `build(close)` returns its parts. Resolves with what `close` was given, or null when it was dismissed.
 * `firm`: Escape and a press beside it do not close it.
 */
export function dialog(title, build, { firm = false, kind = "", closing = "" } = {}) {
  return new Promise((resolve) => {
    let said = null;
    const box = h(`dialog.sheet${kind ? `.${kind}` : ""}`, { "aria-label": title });
    const close = (value = null) => {
      said = value;
      box.close();
    };
    box.addEventListener("cancel", (event) => { if (firm) event.preventDefault(); });
    box.addEventListener("close", () => { box.remove(); resolve(said); });
    box.addEventListener("pointerdown", (event) => {
      if (event.target === box && !firm) close();
    });
    fill(box, h("div.sheet-body", {},
      h("div.sheet-head", {}, h("h2", {}, title), !firm && h("button.icon-button", { "aria-label": closing, onclick: () => close() }, icon("close"))),
      build(close)));
    document.body.append(box);
    box.showModal();
    box.querySelector("[autofocus]")?.focus();
  });
}

/** A short word at the edge of the screen. `way`: [words, what to do] of a button; then it stays until it is touched. */
export function toast(text, kind = "", way = null) {
  const place = document.getElementById("toasts");
  const box = h(`div.toast${kind ? `.${kind}` : ""}`, { role: kind === "bad" ? "alert" : "status" }, h("span", {}, text),
    way && h("button.button.small", { onclick: () => { box.remove(); way[1](); } }, way[0]));
  fill(place, box);
  setTimeout(() => box.remove(), way ? 60_000 : kind === "bad" ? 7000 : 2600);
}
