/* PINs keep colleagues apart at the counter; they open nothing on the server. */
import { hex } from "./events.js";

const FREE_TRIES = 5;

export async function fits(pin, verifier, crypto = globalThis.crypto) {
  if (verifier.alg !== "PBKDF2-SHA-256") return false;
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const salt = Uint8Array.from(verifier.salt.match(/../g), (pair) => parseInt(pair, 16));
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: verifier.iterations }, key, 256);
  return hex(bits) === verifier.hash;
}

/** Until when (ms) nobody may try again after `wrong` tries, the last one at `at`: 30 s, then twice as long each. */
export function wait(wrong, at) {
  return wrong < FREE_TRIES ? 0 : at + Math.min(30_000 * 2 ** (wrong - FREE_TRIES), 900_000);
}
