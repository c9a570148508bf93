// Bit pass: the lanes are neighbouring bit lines.

import {
  at,
  bitShares,
  bottom,
  columns,
  G,
  H,
  L,
  P,
  row,
  rows,
  S,
  scale,
  square,
  sum,
  top,
  V,
  wordLines,
  Z,
} from './nodal-f32-memory.as';

// @ts-ignore: decorator
@inline function residualStep(o: usize, h: v128, alpha: v128): v128 {
  const p = L(P + o);
  const z = f32x4.sub(L(Z + o), f32x4.mul(alpha, f32x4.sub(p, h)));
  v128.store(Z + o, z);
  v128.store(V + o, f32x4.add(L(V + o), f32x4.mul(alpha, p)));
  return z;
}

/** Returns z . B z. */
export function bitPass(step: f32): f64 {
  const alpha = f32x4.splat(step);
  const factor = f32x4.splat(scale);
  const end = <usize>columns << 2;
  for (let o: usize = 0; o < end; o += 16) v128.store(H + o, f32x4.mul(L(S + o), L(bitShares + o)));
  for (let i = 1; i < wordLines; i++) {
    const base = <usize>i * row;
    for (let o = base; o < base + end; o += 32) {
      v128.store(H + o, f32x4.mul(f32x4.add(L(S + o), L(H + o - row)), L(bitShares + o)));
      const q = o + 16;
      v128.store(H + q, f32x4.mul(f32x4.add(L(S + q), L(H + q - row)), L(bitShares + q)));
    }
  }
  let power: f64 = lastLine(alpha, factor);
  for (let i = wordLines - 2; i >= 0; i--) {
    const base = <usize>i * row;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    for (let o = base; o < base + end; o += 32) {
      sum0 = f32x4.add(sum0, bitStep(o, alpha, factor));
      sum1 = f32x4.add(sum1, bitStep(o + 16, alpha, factor));
    }
    power += sum(f32x4.add(sum0, sum1));
  }
  let atTop = f32x4.splat(0);
  for (let o: usize = 0; o < end; o += 16) atTop = f32x4.add(atTop, f32x4.mul(L(top + o), square(L(Z + o))));
  // Lines that fill up follow the last one, for no power to be in the links between them.
  for (let i = wordLines; i < rows; i++) memory.copy(at(Z, i), at(Z, wordLines - 1), end);
  return power + sum(atTop);
}

// @ts-ignore: decorator
@inline function lastLine(alpha: v128, factor: v128): f64 {
  const base = <usize>(wordLines - 1) * row;
  let total = f32x4.splat(0);
  for (let c: usize = 0; c < <usize>columns << 2; c += 16) {
    const o = base + c;
    const z = residualStep(o, L(H + o), alpha);
    total = f32x4.add(total, f32x4.mul(square(z), f32x4.add(f32x4.mul(L(G + o), factor), L(bottom + c))));
  }
  return sum(total);
}

/** One node of four bit lines; returns the power in its cell and in the link below. */
// @ts-ignore: decorator
@inline function bitStep(o: usize, alpha: v128, factor: v128): v128 {
  const h = f32x4.add(L(H + o), f32x4.mul(L(bitShares + o), L(H + o + row)));
  v128.store(H + o, h);
  const z = residualStep(o, h, alpha);
  const inLink = square(f32x4.sub(z, L(Z + o + row)));
  return f32x4.add(inLink, f32x4.mul(square(z), f32x4.mul(L(G + o), factor)));
}
