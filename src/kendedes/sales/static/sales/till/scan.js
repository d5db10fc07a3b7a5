/* Codes come from a keyboard scanner (letters faster than fingers, then Enter) or from the camera where the browser reads codes. */

export const GAP = 45; // ms between letters of a scanner
const SHORTEST = 4;

/** Tells bursts from typing by the moments of their keys. Pure: `key(text, at)` returns a code when one just ended. */
export class Burst {
  constructor() {
    this.clear();
  }

  clear() {
    Object.assign(this, { text: "", last: -Infinity, before: "" });
  }

  /** `before`: what the focused input held before this key. */
  key(name, at, before = "") {
    if (name === "Enter") {
      const code = at - this.last <= GAP * 2 && this.text.length >= SHORTEST ? { code: this.text, before: this.before } : null;
      this.clear();
      return code;
    }
    if (name.length !== 1) {
      if (name !== "Shift") this.clear();
      return null;
    }
    if (at - this.last > GAP) Object.assign(this, { text: "", before });
    this.text += name;
    this.last = at;
    return null;
  }
}

/**
 * Listens for a scanner anywhere on the page. `decide()` says what is done with a code: "take" (letters that landed in an
 * input are taken out again, then `found(code, before)`), "swallow" (they are taken out, nothing else) or "leave".
 */
export function listen(target, decide, found) {
  const burst = new Burst();
  target.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    const hit = burst.key(event.key, event.timeStamp, input?.value ?? "");
    const what = hit && decide();
    if (!hit || what === "leave") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (input) {
      input.value = hit.before;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (what === "take") found(hit.code, hit.before);
  }, true);
}

export const hasCamera = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

/** Shows the camera in `video` and calls `found(code)` for each new code; returns how to stop. */
export async function watch(video, found) {
  const detector = new BarcodeDetector({ formats: ["ean_13", "ean_8", "upc_a", "code_128", "code_39", "qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  let going = true, last = "", lastAt = 0;
  const look = async () => {
    if (!going) return;
    const codes = await detector.detect(video).catch(() => []);
    const code = codes[0]?.rawValue;
    const now = performance.now();
    if (code && (code !== last || now - lastAt > 1500)) {
      [last, lastAt] = [code, now];
      found(code);
    }
    setTimeout(look, 120);
  };
  look();
  return () => {
    going = false;
    for (const track of stream.getTracks()) track.stop();
  };
}
