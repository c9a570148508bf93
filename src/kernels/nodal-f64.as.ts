// The sweeps of src/array/line-sweeps.ts in float64, two numbers a vector.
//
// Compiled twice: without flags for links that are all alike, scaled to 1 (two matrices and a third of the traffic
// less), and with PER_SEGMENT for any links. With THREADS several instances share the memory, see nodal-team.as.ts.
//
// Word pass: the two lanes of a vector are two word lines, and four such pairs run side by side to hide the latency
// of their chains. Shares of a pair lie interleaved, [column][lane], so that they need no shuffle; all other matrices
// are row-major. Rows are filled up to a multiple of 8 and columns to a multiple of 4 with cells that do not conduct.
// Bit pass: the lanes are neighbouring bit lines. Sums are kept for each block of 8 word lines and for each strip of
// bit lines, and added in fixed order: the same bits whoever computed them.

// Whether links differ; a constant, so that the other branch is not compiled.
// @ts-ignore: set on the command line
const perSegment: bool = isDefined(PER_SEGMENT);

const blockRows: i32 = 8;
export const strips: i32 = 8;
/** Distance of the matrices from a multiple of the page, for no two of them to fall into the same cache sets. */
const stagger: usize = 320;

let wordLines: i32 = 0;
/** Filled up. */
let rows: i32 = 0;
let bitLines: i32 = 0;
/** Filled up. */
let columns: i32 = 0;
/** Bytes from row to row. */
let row: usize = 0;
/** Scale of the bit lines over that of the word lines. */
let scale: f64 = 1;

let G: usize = 0;
let wordShares: usize = 0;
let bitShares: usize = 0;
let Z: usize = 0;
let P: usize = 0;
let S: usize = 0;
let V: usize = 0;
let H: usize = 0;
let wordLinks: usize = 0;
let bitLinks: usize = 0;
let bitSiemens: usize = 0;
/** Conductances at the ends: of the word lines, then of the bit lines. */
let left: usize = 0;
let right: usize = 0;
let top: usize = 0;
let bottom: usize = 0;
/** Power of each block of word lines and of each strip of bit lines, a vector each. */
let blockSums: usize = 0;
let stripSums: usize = 0;
/** Currents along 8 word lines: 4 pairs. */
let flow: usize = 0;

/** Lay out the memory from `base`; returns its end. */
export function setup(base: usize, m: i32, n: i32, bitScale: f64): usize {
  wordLines = m;
  rows = (m + 7) & ~7;
  bitLines = n;
  columns = (n + 3) & ~3;
  row = (<usize>columns + 8) << 3;
  scale = bitScale;
  const matrix = <usize>rows * row + stagger;
  G = base;
  wordShares = G + matrix;
  bitShares = wordShares + matrix;
  Z = bitShares + matrix;
  P = Z + matrix;
  S = P + matrix;
  V = S + matrix;
  H = V + matrix;
  let next = H + matrix;
  if (perSegment) {
    wordLinks = next;
    bitLinks = wordLinks + matrix;
    bitSiemens = bitLinks + matrix;
    next = bitSiemens + matrix;
  }
  left = next;
  right = left + (<usize>rows << 3);
  top = right + (<usize>rows << 3);
  bottom = top + (<usize>columns << 3);
  blockSums = bottom + (<usize>columns << 3);
  stripSums = blockSums + (<usize>rows << 1);
  flow = stripSums + (<usize>strips << 4);
  return flow + (<usize>columns << 6);
}

// @ts-ignore: decorator
@inline function at(matrix: usize, line: i32): usize {
  return matrix + <usize>line * row;
}

// @ts-ignore: decorator
@inline function L(p: usize): v128 {
  return v128.load(p);
}

// @ts-ignore: decorator
@inline function sum(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

// @ts-ignore: decorator
@inline function square(v: v128): v128 {
  return f64x2.mul(v, v);
}

// @ts-ignore: decorator
@inline function gather(p: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(p)), 1, load<f64>(p + row));
}

// ---- Shares

/** Scale the conductances, and leave the sum of those of each bit line, unscaled, in the first row of S. */
export function scaleConductances(factor: f64): void {
  const by = f64x2.splat(factor);
  const end = <usize>columns << 3;
  memory.fill(S, 0, end);
  for (let i = 0; i < wordLines; i++) {
    const g = at(G, i);
    for (let o: usize = 0; o < end; o += 16) {
      const siemens = L(g + o);
      v128.store(S + o, f64x2.add(L(S + o), siemens));
      v128.store(g + o, f64x2.mul(siemens, by));
    }
  }
}

/** One step along a pair: the share of the current that flows on, stored; returns the conductance that is behind. */
// @ts-ignore: decorator
@inline function shareStep(g: usize, links: usize, shares: usize, behind: v128): v128 {
  const total = f64x2.add(gather(g), behind);
  const share = f64x2.div(one, f64x2.add(one, perSegment ? f64x2.mul(gather(links), total) : total));
  v128.store(shares, share);
  return f64x2.mul(share, total);
}

// @ts-ignore: decorator
@inline function lastShare(g: usize, end: usize, shares: usize, behind: v128): void {
  v128.store(shares, f64x2.div(one, f64x2.add(f64x2.add(gather(g), L(end)), behind)));
}

const one: v128 = f64x2.splat(1);

export function factorWords(first: i32, end: i32): void {
  const row2 = row << 1;
  for (let i = first; i < end; i += blockRows) {
    let g = at(G, i);
    let r = at(wordLinks, i);
    let w = at(wordShares, i);
    const e = <usize>i << 3;
    let b0 = L(left + e);
    let b1 = L(left + e + 16);
    let b2 = L(left + e + 32);
    let b3 = L(left + e + 48);
    for (let j = 0; j < bitLines - 1; j++) {
      b0 = shareStep(g, r, w, b0);
      b1 = shareStep(g + row2, r + row2, w + row2, b1);
      b2 = shareStep(g + row2 * 2, r + row2 * 2, w + row2 * 2, b2);
      b3 = shareStep(g + row2 * 3, r + row2 * 3, w + row2 * 3, b3);
      g += 8;
      r += 8;
      w += 16;
    }
    lastShare(g, right + e, w, b0);
    lastShare(g + row2, right + e + 16, w + row2, b1);
    lastShare(g + row2 * 2, right + e + 32, w + row2 * 2, b2);
    lastShare(g + row2 * 3, right + e + 48, w + row2 * 3, b3);
  }
}

/** Uses a row of H for the conductances behind each node. */
export function factorBits(): void {
  const factor = f64x2.splat(scale);
  memory.copy(H, top, <usize>columns << 3);
  const end = <usize>columns << 3;
  for (let i = 0; i < wordLines; i++) {
    const g = at(G, i);
    const w = at(bitShares, i);
    const r = at(bitLinks, i);
    const last = i == wordLines - 1;
    for (let o: usize = 0; o < end; o += 16) {
      const total = f64x2.add(f64x2.mul(L(g + o), factor), L(H + o));
      if (last) {
        v128.store(w + o, f64x2.div(one, f64x2.add(total, L(bottom + o))));
      } else {
        const share = f64x2.div(one, f64x2.add(one, perSegment ? f64x2.mul(L(r + o), total) : total));
        v128.store(w + o, share);
        v128.store(H + o, f64x2.mul(share, total));
      }
    }
  }
}

// ---- Word lines

/** A new direction p <- z + beta p, and the power that it takes. */
const direction: i32 = 0;
/** For a start: currents z and the voltages p of the bit lines, to currents into the bit lines. */
const start: i32 = 1;
/** The same, to voltages of the word lines. */
const finish: i32 = 2;

/** Voltages p of the bit lines. */
// @ts-ignore: decorator
@inline function bitVolts(mode: i32, z: usize, p: usize, beta: v128): v128 {
  if (mode != direction) return L(p);
  const next = f64x2.add(L(z), f64x2.mul(beta, L(p)));
  v128.store(p, next);
  return next;
}

/** Currents into the nodes of a word line. */
// @ts-ignore: decorator
@inline function feed(mode: i32, volts: v128, g: usize, z: usize): v128 {
  const current = f64x2.mul(volts, L(g));
  return mode == direction ? current : f64x2.add(current, L(z));
}

/** Two nodes of a pair of lines: the current that flows on. */
// @ts-ignore: decorator
@inline function flowOn(a: v128, b: v128, shares: usize, flows: usize, behind: v128): v128 {
  const near = f64x2.mul(f64x2.add(v128.shuffle<f64>(a, b, 0, 2), behind), L(shares));
  v128.store(flows, near);
  const far = f64x2.mul(f64x2.add(v128.shuffle<f64>(a, b, 1, 3), near), v128.load(shares, 16));
  v128.store(flows, far, 16);
  return far;
}

/** Voltage of a node from the current towards the next node and the voltage of that. */
// @ts-ignore: decorator
@inline function voltsBack(flows: usize, shares: usize, links: usize, ahead: v128): v128 {
  const drop = perSegment ? f64x2.mul(gather(links), L(flows)) : L(flows);
  return f64x2.add(drop, f64x2.mul(L(shares), ahead));
}

/** What a word line hands to the bit lines; returns p . s. */
// @ts-ignore: decorator
@inline function handOver(mode: i32, volts: v128, g: usize, s: usize, p: usize, factor: v128): v128 {
  if (mode == finish) {
    v128.store(s, volts);
    return volts;
  }
  const current = f64x2.mul(f64x2.mul(volts, L(g)), factor);
  v128.store(s, current);
  return mode == direction ? f64x2.mul(current, L(p)) : current;
}

/** Power in the link above and in the cell, of which the word line gives back a part. */
// @ts-ignore: decorator
@inline function power(volts: v128, above: v128, siemensAbove: usize, current: v128, factor: v128): v128 {
  const drop = square(f64x2.sub(volts, above));
  const inLink = perSegment ? f64x2.mul(drop, L(siemensAbove)) : drop;
  return f64x2.add(inLink, f64x2.mul(f64x2.mul(volts, current), factor));
}

/** Eight word lines from line i on. */
// @ts-ignore: decorator
@inline function wordBlock(mode: i32, i: i32, direct: f64, halo: usize): v128 {
  const beta = f64x2.splat(direct);
  const factor = f64x2.splat(scale);
  const row2 = row << 1;
  const row4 = row << 2;
  const row6 = row4 + row2;
  const pair = <usize>columns << 4;
  let z = at(Z, i);
  let p = at(P, i);
  let g = at(G, i);
  let w = at(wordShares, i);
  let s = at(S, i);
  let r = at(wordLinks, i);
  let y = flow;
  // The line above the first one is no line: the first takes its place, and the drop to itself is 0.
  let above = i == 0 ? p : halo;
  let up = at(bitSiemens, i) - row;
  let c0 = f64x2.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let taken0 = c0;
  let taken1 = c0;
  for (let j = 0; j < columns; j += 2) {
    let a = bitVolts(mode, z, p, beta);
    let b = bitVolts(mode, z + row, p + row, beta);
    let ia = feed(mode, a, g, z);
    let ib = feed(mode, b, g + row, z + row);
    if (mode == direction) {
      taken0 = f64x2.add(taken0, power(a, L(above), up, ia, factor));
      taken1 = f64x2.add(taken1, power(b, a, up + row, ib, factor));
    }
    c0 = flowOn(ia, ib, w, y, c0);

    let last = b;
    a = bitVolts(mode, z + row2, p + row2, beta);
    b = bitVolts(mode, z + row2 + row, p + row2 + row, beta);
    ia = feed(mode, a, g + row2, z + row2);
    ib = feed(mode, b, g + row2 + row, z + row2 + row);
    if (mode == direction) {
      taken0 = f64x2.add(taken0, power(a, last, up + row2, ia, factor));
      taken1 = f64x2.add(taken1, power(b, a, up + row2 + row, ib, factor));
    }
    c1 = flowOn(ia, ib, w + row2, y + pair, c1);

    last = b;
    a = bitVolts(mode, z + row4, p + row4, beta);
    b = bitVolts(mode, z + row4 + row, p + row4 + row, beta);
    ia = feed(mode, a, g + row4, z + row4);
    ib = feed(mode, b, g + row4 + row, z + row4 + row);
    if (mode == direction) {
      taken0 = f64x2.add(taken0, power(a, last, up + row4, ia, factor));
      taken1 = f64x2.add(taken1, power(b, a, up + row4 + row, ib, factor));
    }
    c2 = flowOn(ia, ib, w + row4, y + pair * 2, c2);

    last = b;
    a = bitVolts(mode, z + row6, p + row6, beta);
    b = bitVolts(mode, z + row6 + row, p + row6 + row, beta);
    ia = feed(mode, a, g + row6, z + row6);
    ib = feed(mode, b, g + row6 + row, z + row6 + row);
    if (mode == direction) {
      taken0 = f64x2.add(taken0, power(a, last, up + row6, ia, factor));
      taken1 = f64x2.add(taken1, power(b, a, up + row6 + row, ib, factor));
    }
    c3 = flowOn(ia, ib, w + row6, y + pair * 3, c3);

    above += 16;
    up += 16;
    z += 16;
    p += 16;
    g += 16;
    w += 32;
    y += 32;
  }
  s += <usize>columns << 3;
  r += <usize>columns << 3;
  c0 = f64x2.splat(0);
  c1 = c0;
  c2 = c0;
  c3 = c0;
  let given0 = c0;
  let given1 = c0;
  for (let j = columns - 2; j >= 0; j -= 2) {
    p -= 16;
    g -= 16;
    w -= 32;
    y -= 32;
    s -= 16;
    r -= 16;
    let far = voltsBack(y + 16, w + 16, r + 8, c0);
    c0 = voltsBack(y, w, r, far);
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c0, far, 0, 2), g, s, p, factor));
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c0, far, 1, 3), g + row, s + row, p + row, factor));

    far = voltsBack(y + pair + 16, w + row2 + 16, r + row2 + 8, c1);
    c1 = voltsBack(y + pair, w + row2, r + row2, far);
    let o = row2;
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c1, far, 0, 2), g + o, s + o, p + o, factor));
    o += row;
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c1, far, 1, 3), g + o, s + o, p + o, factor));

    far = voltsBack(y + pair * 2 + 16, w + row4 + 16, r + row4 + 8, c2);
    c2 = voltsBack(y + pair * 2, w + row4, r + row4, far);
    o = row4;
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c2, far, 0, 2), g + o, s + o, p + o, factor));
    o += row;
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c2, far, 1, 3), g + o, s + o, p + o, factor));

    far = voltsBack(y + pair * 3 + 16, w + row6 + 16, r + row6 + 8, c3);
    c3 = voltsBack(y + pair * 3, w + row6, r + row6, far);
    o = row6;
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c3, far, 0, 2), g + o, s + o, p + o, factor));
    o += row;
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c3, far, 1, 3), g + o, s + o, p + o, factor));
  }
  return f64x2.sub(f64x2.add(taken0, taken1), f64x2.add(given0, given1));
}

/** Power at the ends of the bit lines. */
function endPower(line: i32, ends: usize): v128 {
  const p = at(P, line);
  let taken = f64x2.splat(0);
  for (let o: usize = 0; o < <usize>columns << 3; o += 16) {
    taken = f64x2.add(taken, f64x2.mul(L(ends + o), square(L(p + o))));
  }
  return taken;
}

/** Word lines `first` to `end`, multiples of 8; `halo` is the direction of the line above the first. */
export function wordPass(first: i32, end: i32, beta: f64, halo: usize): void {
  for (let i = first; i < end; i += blockRows) {
    let taken = wordBlock(direction, i, beta, i == first ? halo : at(P, i - 1));
    if (i == 0) taken = f64x2.add(taken, endPower(0, top));
    if (i + blockRows >= rows) taken = f64x2.add(taken, endPower(wordLines - 1, bottom));
    v128.store(blockSums + (<usize>i << 1), taken);
  }
}

export function wordPower(): f64 {
  let total: f64 = 0;
  for (let i = 0; i < rows; i += blockRows) total += sum(L(blockSums + (<usize>i << 1)));
  return total;
}

export function sweepWords(first: i32, end: i32, weighted: bool): void {
  if (weighted) {
    for (let i = first; i < end; i += blockRows) wordBlock(start, i, 0, P);
  } else {
    for (let i = first; i < end; i += blockRows) wordBlock(finish, i, 0, P);
  }
}

// ---- Bit lines

/** Bytes from the left edge to the beginning of a strip. */
// @ts-ignore: decorator
@inline function edge(strip: i32): usize {
  const quads = columns >> 2;
  return <usize>((quads * strip) / strips) << 5;
}

// @ts-ignore: decorator
@inline function residualStep(o: usize, h: v128, alpha: v128): v128 {
  const p = L(P + o);
  const z = f64x2.sub(L(Z + o), f64x2.mul(alpha, f64x2.sub(p, h)));
  v128.store(Z + o, z);
  v128.store(V + o, f64x2.add(L(V + o), f64x2.mul(alpha, p)));
  return z;
}

/** Bit lines of the strips `first` to `end`. */
export function bitPass(first: i32, end: i32, step: f64): void {
  const alpha = f64x2.splat(step);
  const factor = f64x2.splat(scale);
  const from = edge(first);
  const to = edge(end);
  for (let o = from; o < to; o += 16) v128.store(H + o, f64x2.mul(L(S + o), L(bitShares + o)));
  for (let i = 1; i < wordLines; i++) {
    const base = <usize>i * row;
    for (let o = base + from; o < base + to; o += 32) {
      v128.store(H + o, f64x2.mul(f64x2.add(L(S + o), L(H + o - row)), L(bitShares + o)));
      const q = o + 16;
      v128.store(H + q, f64x2.mul(f64x2.add(L(S + q), L(H + q - row)), L(bitShares + q)));
    }
  }
  for (let strip = first; strip < end; strip++) lastLine(strip, alpha, factor);
  for (let i = wordLines - 2; i >= 0; i--) {
    const base = <usize>i * row;
    for (let strip = first; strip < end; strip++) {
      let sum0 = L(stripSums + (<usize>strip << 4));
      let sum1 = f64x2.splat(0);
      const until = base + edge(strip + 1);
      for (let o = base + edge(strip); o < until; o += 32) {
        sum0 = f64x2.add(sum0, bitStep(o, alpha, factor));
        sum1 = f64x2.add(sum1, bitStep(o + 16, alpha, factor));
      }
      v128.store(stripSums + (<usize>strip << 4), f64x2.add(sum0, sum1));
    }
  }
  for (let strip = first; strip < end; strip++) {
    let total = L(stripSums + (<usize>strip << 4));
    for (let o = edge(strip); o < edge(strip + 1); o += 16) {
      total = f64x2.add(total, f64x2.mul(L(top + o), square(L(Z + o))));
    }
    v128.store(stripSums + (<usize>strip << 4), total);
  }
  // Lines that fill up follow the last one, for no power to be in the links between them.
  for (let i = wordLines; i < rows; i++) {
    memory.copy(at(Z, i) + from, at(Z, wordLines - 1) + from, to - from);
  }
}

// @ts-ignore: decorator
@inline function lastLine(strip: i32, alpha: v128, factor: v128): void {
  const base = <usize>(wordLines - 1) * row;
  let total = f64x2.splat(0);
  for (let c = edge(strip); c < edge(strip + 1); c += 16) {
    const o = base + c;
    let h = L(H + o);
    if (perSegment) {
      h = f64x2.mul(h, L(bitLinks + o));
      v128.store(H + o, h);
    }
    const z = residualStep(o, h, alpha);
    total = f64x2.add(total, f64x2.mul(square(z), f64x2.add(f64x2.mul(L(G + o), factor), L(bottom + c))));
  }
  v128.store(stripSums + (<usize>strip << 4), total);
}

/** One node of two bit lines; returns the power in its cell and in the link below. */
// @ts-ignore: decorator
@inline function bitStep(o: usize, alpha: v128, factor: v128): v128 {
  const current = L(H + o);
  const drop = perSegment ? f64x2.mul(L(bitLinks + o), current) : current;
  const h = f64x2.add(drop, f64x2.mul(L(bitShares + o), L(H + o + row)));
  v128.store(H + o, h);
  const z = residualStep(o, h, alpha);
  const below = square(f64x2.sub(z, L(Z + o + row)));
  const inLink = perSegment ? f64x2.mul(below, L(bitSiemens + o)) : below;
  return f64x2.add(inLink, f64x2.mul(square(z), f64x2.mul(L(G + o), factor)));
}

export function bitPower(): f64 {
  let total: f64 = 0;
  for (let strip = 0; strip < strips; strip++) total += sum(L(stripSums + (<usize>strip << 4)));
  return total;
}
