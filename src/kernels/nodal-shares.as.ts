// The shares of the current that flow on at each node of every line.

import {
  perSegment,
  blockRows,
  wordLines,
  bitLines,
  columns,
  row,
  scale,
  G,
  wordShares,
  bitShares,
  S,
  H,
  wordLinks,
  bitLinks,
  left,
  right,
  top,
  bottom,
  at,
  L,
  gather,
  one,
} from './nodal-memory.as';

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
  const share = f64x2.div(one, f64x2.add(one, perSegment ? f64x2.mul(L(links), total) : total));
  v128.store(shares, share);
  return f64x2.mul(share, total);
}

// @ts-ignore: decorator
@inline function lastShare(g: usize, end: usize, shares: usize, behind: v128): void {
  v128.store(shares, f64x2.div(one, f64x2.add(f64x2.add(gather(g), L(end)), behind)));
}

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
      r += 16;
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
