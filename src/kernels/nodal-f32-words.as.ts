// Word pass: the four lanes of a vector are four word lines, a quad, and four quads run side by side to hide the latency
// of their chains. Four columns at a time are transposed to lanes that are lines, and back.

import {
  at,
  blockRows,
  bottom,
  columns,
  flow,
  G,
  L,
  P,
  quadSums,
  row,
  rows,
  S,
  scale,
  square,
  sum,
  top,
  wordLines,
  wordShares,
  Z,
} from './nodal-f32-memory.as';

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
  const next = f32x4.add(L(z), f32x4.mul(beta, L(p)));
  v128.store(p, next);
  return next;
}

/** Currents into the nodes of a word line. */
// @ts-ignore: decorator
@inline function feed(mode: i32, volts: v128, g: usize, z: usize): v128 {
  const current = f32x4.mul(volts, L(g));
  return mode == direction ? current : f32x4.add(current, L(z));
}

// @ts-ignore: decorator
@inline function addTo(p: usize, value: v128): void {
  v128.store(p, f32x4.add(L(p), value));
}

/** Four columns of a quad: the currents that flow on; returns those that leave the last column. */
// @ts-ignore: decorator
@inline function quadOut(mode: i32, o: usize, w: usize, y: usize, above: usize, quad: usize, beta: v128, behind: v128): v128 {
  const row2 = row << 1;
  const row3 = row2 + row;
  const a = bitVolts(mode, Z + o, P + o, beta);
  const b = bitVolts(mode, Z + o + row, P + o + row, beta);
  const c = bitVolts(mode, Z + o + row2, P + o + row2, beta);
  const d = bitVolts(mode, Z + o + row3, P + o + row3, beta);
  const ia = feed(mode, a, G + o, Z + o);
  const ib = feed(mode, b, G + o + row, Z + o + row);
  const ic = feed(mode, c, G + o + row2, Z + o + row2);
  const id = feed(mode, d, G + o + row3, Z + o + row3);
  if (mode == direction) {
    const links = f32x4.add(
      f32x4.add(square(f32x4.sub(a, L(above))), square(f32x4.sub(b, a))),
      f32x4.add(square(f32x4.sub(c, b)), square(f32x4.sub(d, c))),
    );
    const cells = f32x4.add(
      f32x4.add(f32x4.mul(a, ia), f32x4.mul(b, ib)),
      f32x4.add(f32x4.mul(c, ic), f32x4.mul(d, id)),
    );
    addTo(quad, f32x4.add(links, f32x4.mul(cells, f32x4.splat(scale))));
  }
  const ab01 = v128.shuffle<f32>(ia, ib, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(ia, ib, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(ic, id, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(ic, id, 2, 6, 3, 7);
  const y0 = f32x4.mul(f32x4.add(v128.shuffle<f64>(ab01, cd01, 0, 2), behind), L(w));
  const y1 = f32x4.mul(f32x4.add(v128.shuffle<f64>(ab01, cd01, 1, 3), y0), v128.load(w, 16));
  const y2 = f32x4.mul(f32x4.add(v128.shuffle<f64>(ab23, cd23, 0, 2), y1), v128.load(w, 32));
  const y3 = f32x4.mul(f32x4.add(v128.shuffle<f64>(ab23, cd23, 1, 3), y2), v128.load(w, 48));
  v128.store(y, y0);
  v128.store(y, y1, 16);
  v128.store(y, y2, 32);
  v128.store(y, y3, 48);
  return y3;
}

/** What a word line hands to the bit lines; returns p . s. */
// @ts-ignore: decorator
@inline function handOver(mode: i32, volts: v128, o: usize): v128 {
  if (mode == finish) {
    v128.store(S + o, volts);
    return volts;
  }
  const current = f32x4.mul(f32x4.mul(volts, L(G + o)), f32x4.splat(scale));
  v128.store(S + o, current);
  return mode == direction ? f32x4.mul(current, L(P + o)) : current;
}

/** Four columns of a quad, backwards: the voltages of the word lines; returns those of the first column. */
// @ts-ignore: decorator
@inline function quadBack(mode: i32, o: usize, w: usize, y: usize, quad: usize, ahead: v128): v128 {
  const row2 = row << 1;
  const row3 = row2 + row;
  const x3 = f32x4.add(v128.load(y, 48), f32x4.mul(v128.load(w, 48), ahead));
  const x2 = f32x4.add(v128.load(y, 32), f32x4.mul(v128.load(w, 32), x3));
  const x1 = f32x4.add(v128.load(y, 16), f32x4.mul(v128.load(w, 16), x2));
  const x0 = f32x4.add(L(y), f32x4.mul(L(w), x1));
  const ab01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  const a = handOver(mode, v128.shuffle<f64>(ab01, cd01, 0, 2), o);
  const b = handOver(mode, v128.shuffle<f64>(ab01, cd01, 1, 3), o + row);
  const c = handOver(mode, v128.shuffle<f64>(ab23, cd23, 0, 2), o + row2);
  const d = handOver(mode, v128.shuffle<f64>(ab23, cd23, 1, 3), o + row3);
  if (mode == direction) {
    v128.store(quad, f32x4.sub(L(quad), f32x4.add(f32x4.add(a, b), f32x4.add(c, d))));
  }
  return x0;
}

/** Sixteen word lines from line i on; returns the power that they and their links upwards take. */
// @ts-ignore: decorator
@inline function wordBlock(mode: i32, i: i32, direct: f32): f64 {
  const beta = f32x4.splat(direct);
  const row4 = row << 2;
  const row8 = row << 3;
  const row12 = row8 + row4;
  const quad = <usize>columns << 4;
  let o = <usize>i * row;
  let w = wordShares + o;
  let y = flow;
  // The line above the first one is no line: the first takes its place, and the drop to itself is 0.
  let above = i == 0 ? P : P + o - row;
  memory.fill(quadSums, 0, 64);
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  for (let j = 0; j < columns; j += 4) {
    c0 = quadOut(mode, o, w, y, above, quadSums, beta, c0);
    c1 = quadOut(mode, o + row4, w + row4, y + quad, P + o + row4 - row, quadSums + 16, beta, c1);
    c2 = quadOut(mode, o + row8, w + row8, y + quad * 2, P + o + row8 - row, quadSums + 32, beta, c2);
    c3 = quadOut(mode, o + row12, w + row12, y + quad * 3, P + o + row12 - row, quadSums + 48, beta, c3);
    o += 16;
    above += 16;
    w += 64;
    y += 64;
  }
  c0 = f32x4.splat(0);
  c1 = c0;
  c2 = c0;
  c3 = c0;
  for (let j = 0; j < columns; j += 4) {
    o -= 16;
    w -= 64;
    y -= 64;
    c0 = quadBack(mode, o, w, y, quadSums, c0);
    c1 = quadBack(mode, o + row4, w + row4, y + quad, quadSums + 16, c1);
    c2 = quadBack(mode, o + row8, w + row8, y + quad * 2, quadSums + 32, c2);
    c3 = quadBack(mode, o + row12, w + row12, y + quad * 3, quadSums + 48, c3);
  }
  return sum(L(quadSums)) + sum(L(quadSums + 16)) + sum(L(quadSums + 32)) + sum(L(quadSums + 48));
}

/** Power at the ends of the bit lines. */
function endPower(line: i32, ends: usize): f64 {
  const p = at(P, line);
  let taken = f32x4.splat(0);
  for (let o: usize = 0; o < <usize>columns << 2; o += 16) {
    taken = f32x4.add(taken, f32x4.mul(L(ends + o), square(L(p + o))));
  }
  return sum(taken);
}

/** Returns p . S p. */
export function wordPass(beta: f32): f64 {
  let power: f64 = 0;
  for (let i = 0; i < rows; i += blockRows) power += wordBlock(direction, i, beta);
  return power + endPower(0, top) + endPower(wordLines - 1, bottom);
}

export function sweepWords(weighted: bool): void {
  if (weighted) {
    for (let i = 0; i < rows; i += blockRows) wordBlock(start, i, 0);
  } else {
    for (let i = 0; i < rows; i += blockRows) wordBlock(finish, i, 0);
  }
}
