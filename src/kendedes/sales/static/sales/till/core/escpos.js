/* The bytes a receipt printer takes (ESC/POS): plain letters, centred, bold, tall; cut at the end. */
import { lines, WIDTH } from "./receipt.js";

const ESC = 0x1b, FS = 0x1c, GS = 0x1d;
const ALIGN = { left: 0, center: 1 };

/** Letters every printer has: accents fall off, dashes and quotes become the typewriter's. */
export function ascii(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[‐-―−]/g, "-").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/…/g, "...").replace(/×/g, "x").replace(/·/g, "-")
    .replace(/[^\x20-\x7e]/g, "?");
}

/** `paper`: 58 or 80 (mm). `drawer`: opens the cash drawer first. */
export function encode(rows, { paper = 58, drawer = false } = {}) {
  const width = WIDTH[paper];
  const out = [ESC, 0x40, FS, 0x2e, ESC, 0x74, 0]; // as new; no Chinese letters (cheap printers begin with them); code page 437
  if (drawer) out.push(ESC, 0x70, 0, 25, 250);
  for (const row of rows) {
    const big = Boolean(row.big);
    out.push(ESC, 0x61, ALIGN[row.align ?? "left"], ESC, 0x45, row.bold ? 1 : 0, GS, 0x21, big ? 0x01 : 0x00); // taller, not wider
    for (const line of lines([row.align === "center" ? { ...row, align: "left" } : row], width)) {
      for (const letter of ascii(line)) out.push(letter.charCodeAt(0));
      out.push(0x0a);
    }
  }
  out.push(ESC, 0x64, 4, GS, 0x56, 0x42, 0);
  return Uint8Array.from(out);
}
