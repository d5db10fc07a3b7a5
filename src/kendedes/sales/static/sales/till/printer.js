/* Where a receipt goes: the browser's printing, a printer on a serial or USB port, an app that prints over Bluetooth, WhatsApp. */
import { encode } from "./core/escpos.js";
import { lines, message, whatsapp, WIDTH } from "./core/receipt.js";
import { dialog, field, fill, h, icon } from "./dom.js";

export const hasSerial = () => "serial" in navigator;

let port = null;

/** Prints rows the way this till is set to. `again`: a copy of what was printed before; it opens no drawer. */
export async function print(app, rows, { again = false } = {}) {
  const { paper, print: how } = app.prefs;
  const drawer = app.prefs.drawer && !again;
  try {
    if (how === "serial" && hasSerial()) await toSerial(encode(rows, { paper, drawer }));
    else if (how === "rawbt") location.href = `rawbt:base64,${base64(encode(rows, { paper, drawer }))}`;
    else toBrowser(rows, paper);
  } catch {
    app.say(app.t("print_failed"), "bad");
  }
}

function toBrowser(rows, paper) {
  const place = document.getElementById("kertas");
  place.dataset.paper = paper;
  fill(place, slip("pre", rows, paper));
  globalThis.print();
}

async function toSerial(data) {
  port ??= (await navigator.serial.getPorts())[0] ?? (await navigator.serial.requestPort());
  if (!port.writable) await port.open({ baudRate: 9600 });
  const writer = port.writable.getWriter();
  await writer.write(data);
  writer.releaseLock();
}

const base64 = (data) => btoa(String.fromCharCode(...data));

/** A message for WhatsApp; the number, if one is typed, is kept nowhere. */
export function send(app, rows) {
  const t = app.t.bind(app);
  return dialog("WhatsApp", (close) => {
    const number = h("input.input", { type: "tel", inputmode: "tel", autocomplete: "off", autofocus: true });
    const link = h("a.button.primary.large.wide", { target: "_blank", rel: "noopener noreferrer", onclick: () => setTimeout(close) }, icon("chat"), t("whatsapp_open"));
    const draw = () => { link.href = whatsapp(message(rows), number.value); };
    number.addEventListener("input", draw);
    draw();
    return h("form.form", { onsubmit: (event) => { event.preventDefault(); link.click(); } }, field(t("whatsapp_number"), number, t("whatsapp_help")), link);
  }, { closing: t("close") });
}

/** The rows on the screen, as they will be on paper. */
export const preview = (rows, paper) => slip("pre.slip", rows, paper);

/** Rows as text of one width; what matters most (the total) is bold here as on the paper printer. */
function slip(tag, rows, paper) {
  return h(tag, {}, rows.flatMap((row, at) => {
    const text = (at ? "\n" : "") + lines([row], WIDTH[paper]).join("\n");
    return row.bold ? h("strong", {}, text) : text;
  }));
}

export function download(name, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
