// Word pass: the two lanes of a vector are two word lines, and four such pairs run side by side to hide the latency
// of their chains. Shares and links of a pair lie interleaved, [column][lane], so that they need no shuffle; all other
// matrices are row-major.

import {
  perSegment,
  blockRows,
  wordLines,
  rows,
  columns,
  row,
  scale,
  G,
  wordShares,
  Z,
  P,
  S,
  wordLinks,
  bitSiemens,
  top,
  bottom,
  blockSums,
  flow,
  at,
  L,
  sum,
  square,
} from './nodal-memory.as';

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
  const drop = perSegment ? f64x2.mul(L(links), L(flows)) : L(flows);
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
  r += <usize>columns << 4;
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
    r -= 32;
    let far = voltsBack(y + 16, w + 16, r + 16, c0);
    c0 = voltsBack(y, w, r, far);
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c0, far, 0, 2), g, s, p, factor));
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c0, far, 1, 3), g + row, s + row, p + row, factor));

    far = voltsBack(y + pair + 16, w + row2 + 16, r + row2 + 16, c1);
    c1 = voltsBack(y + pair, w + row2, r + row2, far);
    let o = row2;
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c1, far, 0, 2), g + o, s + o, p + o, factor));
    o += row;
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c1, far, 1, 3), g + o, s + o, p + o, factor));

    far = voltsBack(y + pair * 2 + 16, w + row4 + 16, r + row4 + 16, c2);
    c2 = voltsBack(y + pair * 2, w + row4, r + row4, far);
    o = row4;
    given0 = f64x2.add(given0, handOver(mode, v128.shuffle<f64>(c2, far, 0, 2), g + o, s + o, p + o, factor));
    o += row;
    given1 = f64x2.add(given1, handOver(mode, v128.shuffle<f64>(c2, far, 1, 3), g + o, s + o, p + o, factor));

    far = voltsBack(y + pair * 3 + 16, w + row6 + 16, r + row6 + 16, c3);
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
