// Bit pass: the lanes are neighbouring bit lines.

import {
  perSegment,
  strips,
  wordLines,
  rows,
  columns,
  row,
  scale,
  G,
  bitShares,
  Z,
  P,
  S,
  V,
  H,
  bitLinks,
  bitSiemens,
  top,
  bottom,
  stripSums,
  at,
  L,
  sum,
  square,
} from './nodal-memory.as';

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
