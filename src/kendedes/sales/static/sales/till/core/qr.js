/* A QR code of a text: bytes, level M, versions 1–25. Returns rows of booleans; drawing is somebody else's. */

const PER_BLOCK = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28];
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21];

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

/** Codewords of error correction for `data`. */
function remainder(data, degree) {
  let generator = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((c, j) => {
      next[j] ^= c;
      next[j + 1] ^= times(c, EXP[i]);
    });
    generator = next;
  }
  const rest = new Uint8Array(degree);
  for (const byte of data) {
    const factor = byte ^ rest[0];
    rest.copyWithin(0, 1);
    rest[degree - 1] = 0;
    for (let i = 0; i < degree; i += 1) rest[i] ^= times(generator[i + 1], factor);
  }
  return rest;
}

function rawModules(version) {
  let n = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    n -= (25 * marks - 10) * marks - 55;
    if (version >= 7) n -= 36;
  }
  return n;
}
const capacity = (version) => Math.floor(rawModules(version) / 8) - PER_BLOCK[version] * BLOCKS[version];

function codewords(bytes, version) {
  const bits = [];
  const push = (value, n) => {
    for (let i = n - 1; i >= 0; i -= 1) bits.push((value >>> i) & 1);
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  const room = capacity(version) * 8;
  push(0, Math.min(4, room - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) push(pad, 8);
  const data = new Uint8Array(room / 8);
  bits.forEach((bit, i) => { data[i >> 3] |= bit << (7 - (i & 7)); });

  const count = BLOCKS[version], total = Math.floor(rawModules(version) / 8);
  const short = Math.floor(total / count) - PER_BLOCK[version], longs = total % count;
  const blocks = [];
  for (let i = 0, at = 0; i < count; i += 1) {
    const size = short + (i >= count - longs ? 1 : 0);
    const part = data.slice(at, at + size);
    blocks.push({ part, rest: remainder(part, PER_BLOCK[version]) });
    at += size;
  }
  const out = [];
  for (let i = 0; i <= short; i += 1) for (const { part } of blocks) if (i < part.length) out.push(part[i]);
  for (let i = 0; i < PER_BLOCK[version]; i += 1) for (const { rest } of blocks) out.push(rest[i]);
  return out;
}

function alignment(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - step * (count - 2 - i))];
}

const MASKS = [
  (x, y) => (x + y) % 2 === 0, (x, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

export function encode(text) {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version < BLOCKS.length && capacity(version) * 8 < 4 + (version < 10 ? 8 : 16) + bytes.length * 8) version += 1;
  if (version >= BLOCKS.length) throw new RangeError("too long for a QR code");
  const size = version * 4 + 17;
  const grid = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, dark) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    grid[y][x] = dark;
    fixed[y][x] = true;
  };

  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy += 1) {
      for (let dx = -4; dx <= 4; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
    }
  }
  const marks = alignment(version, size);
  for (const cx of marks) {
    for (const cy of marks) {
      if ((cx === 6 && cy === 6) || (cx === 6 && cy === size - 7) || (cx === size - 7 && cy === 6)) continue;
      for (let dy = -2; dy <= 2; dy += 1) for (let dx = -2; dx <= 2; dx += 1) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  }
  if (version >= 7) {
    let rest = version;
    for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let i = 0; i < 18; i += 1) {
      const a = size - 11 + (i % 3), b = Math.floor(i / 3), dark = ((bits >>> i) & 1) === 1;
      set(a, b, dark);
      set(b, a, dark);
    }
  }
  const format = (mask) => {
    let rest = mask; // level M is 0
    for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((mask << 10) | rest) ^ 0x5412;
    const bit = (i) => ((bits >>> i) & 1) === 1;
    for (let i = 0; i <= 5; i += 1) set(8, i, bit(i));
    set(8, 7, bit(6));
    set(8, 8, bit(7));
    set(7, 8, bit(8));
    for (let i = 9; i < 15; i += 1) set(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i += 1) set(size - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i += 1) set(8, size - 15 + i, bit(i));
    set(8, size - 8, true);
  };
  format(0);

  const stream = codewords(bytes, version);
  let n = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x] || n >= stream.length * 8) continue;
        grid[y][x] = ((stream[n >> 3] >>> (7 - (n & 7))) & 1) === 1;
        n += 1;
      }
    }
  }
  const flip = (mask) => {
    for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (!fixed[y][x] && MASKS[mask](x, y)) grid[y][x] = !grid[y][x];
  };
  let best = 0, least = Infinity;
  for (let mask = 0; mask < 8; mask += 1) {
    flip(mask);
    format(mask);
    const cost = penalty(grid, size);
    if (cost < least) [best, least] = [mask, cost];
    flip(mask);
  }
  flip(best);
  format(best);
  return grid;
}

/** Long runs, blocks and a lopsided share of dark make a code hard to read. */
function penalty(grid, size) {
  let cost = 0, dark = 0;
  for (let turn = 0; turn < 2; turn += 1) {
    const at = turn ? (a, b) => grid[b][a] : (a, b) => grid[a][b];
    for (let a = 0; a < size; a += 1) {
      let run = 0, colour = null, window = 0;
      for (let b = 0; b < size; b += 1) {
        const here = at(a, b);
        run = here === colour ? run + 1 : 1;
        colour = here;
        if (run === 5) cost += 3;
        else if (run > 5) cost += 1;
        window = ((window << 1) | (here ? 1 : 0)) & 0x7ff;
        if (b >= 10 && (window === 0x5d0 || window === 0x05d)) cost += 40;
      }
    }
  }
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (grid[y][x]) dark += 1;
      if (x && y && grid[y][x] === grid[y][x - 1] && grid[y][x] === grid[y - 1][x] && grid[y][x] === grid[y - 1][x - 1]) cost += 3;
    }
  }
  return cost + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}

/** One SVG path of the dark modules, in a viewBox of size + 8 (quiet zone of 4). */
export function path(grid) {
  let d = "";
  grid.forEach((row, y) => row.forEach((dark, x) => { if (dark) d += `M${x + 4} ${y + 4}h1v1h-1z`; }));
  return { d, size: grid.length + 8 };
}
