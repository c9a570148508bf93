// The shares of the current that flow on at each node of every line, in float64 until they are stored.

import {
  at,
  bitLines,
  bitShares,
  bottom,
  columns,
  flow,
  G,
  L,
  left,
  right,
  row,
  rows,
  S,
  scale,
  top,
  wordLines,
  wordShares,
} from './nodal-f32-memory.as';

const one: v128 = f64x2.splat(1);

/** Scale the conductances, and leave the sum of those of each bit line, unscaled, in the first row of S. */
export function scaleConductances(factor: f32): void {
  const by = f32x4.splat(factor);
  const end = <usize>columns << 2;
  memory.fill(S, 0, end);
  for (let i = 0; i < wordLines; i++) {
    const g = at(G, i);
    for (let o: usize = 0; o < end; o += 16) {
      const siemens = L(g + o);
      v128.store(S + o, f32x4.add(L(S + o), siemens));
      v128.store(g + o, f32x4.mul(siemens, by));
    }
  }
}

/** Two numbers as float64. */
// @ts-ignore: decorator
@inline function pair(a: usize, b: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(<f64>load<f32>(a)), 1, <f64>load<f32>(b));
}

// @ts-ignore: decorator
@inline function storePair(p: usize, shares: v128): void {
  v128.store64_lane(p, f32x4.demote_f64x2_zero(shares), 0);
}

/** A node of two lines, the half of a quad: stores the shares, returns the conductance that is behind. */
// @ts-ignore: decorator
@inline function shareStep(g: usize, w: usize, behind: v128): v128 {
  const total = f64x2.add(pair(g, g + row), behind);
  const share = f64x2.div(one, f64x2.add(one, total));
  storePair(w, share);
  return f64x2.mul(share, total);
}

// @ts-ignore: decorator
@inline function lastShare(g: usize, end: usize, w: usize, behind: v128): void {
  const ends = f64x2.add(pair(end, end + 4), pair(g, g + row));
  storePair(w, f64x2.div(one, f64x2.add(ends, behind)));
}

/** Two quads side by side, to hide the latency of their chains. */
export function factorWords(): void {
  const row2 = row << 1;
  const row4 = row << 2;
  const row6 = row4 + row2;
  for (let i = 0; i < rows; i += 8) {
    let g = at(G, i);
    let w = at(wordShares, i);
    const e = left + (<usize>i << 2);
    let b0 = pair(e, e + 4);
    let b1 = pair(e + 8, e + 12);
    let b2 = pair(e + 16, e + 20);
    let b3 = pair(e + 24, e + 28);
    for (let j = 0; j < bitLines - 1; j++) {
      b0 = shareStep(g, w, b0);
      b1 = shareStep(g + row2, w + 8, b1);
      b2 = shareStep(g + row4, w + row4, b2);
      b3 = shareStep(g + row6, w + row4 + 8, b3);
      g += 4;
      w += 16;
    }
    const r = right + (<usize>i << 2);
    lastShare(g, r, w, b0);
    lastShare(g + row2, r + 8, w + 8, b1);
    lastShare(g + row4, r + 16, w + row4, b2);
    lastShare(g + row6, r + 24, w + row4 + 8, b3);
  }
}

// @ts-ignore: decorator
@inline function promoted(p: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

/** Uses the flows for the conductances behind each node, in float64. */
export function factorBits(): void {
  const factor = f64x2.splat(<f64>scale);
  const end = <usize>columns << 2;
  for (let o: usize = 0; o < end; o += 8) v128.store(flow + (o << 1), promoted(top + o));
  for (let i = 0; i < wordLines; i++) {
    const last = i == wordLines - 1;
    const g = at(G, i);
    const w = at(bitShares, i);
    for (let o: usize = 0; o < end; o += 8) {
      const behind = flow + (o << 1);
      const total = f64x2.add(f64x2.mul(promoted(g + o), factor), L(behind));
      const share = f64x2.div(one, f64x2.add(last ? promoted(bottom + o) : one, total));
      storePair(w + o, share);
      v128.store(behind, f64x2.mul(share, total));
    }
  }
}
