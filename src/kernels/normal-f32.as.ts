// Draws from the standard normal distribution in float32, for four neighbouring cells at once: those of RandomStream in
// src/random.ts, rounded. Philox4x32-10, doi 10.1145/2063384.2063405, on the counter (cell, event, high); Box-Muller.
//
// Constants lie in memory, four times each: V8 builds a vector constant anew wherever it is used.

const multiplier0 = memory.data<u32>([0xd2511f53, 0xd2511f53, 0xd2511f53, 0xd2511f53], 16);
const multiplier1 = memory.data<u32>([0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57], 16);
const weyl0 = memory.data<u32>([0x9e3779b9, 0x9e3779b9, 0x9e3779b9, 0x9e3779b9], 16);
const weyl1 = memory.data<u32>([0xbb67ae85, 0xbb67ae85, 0xbb67ae85, 0xbb67ae85], 16);

const two26 = memory.data<f32>([67108864, 67108864, 67108864, 67108864], 16);
const half = memory.data<f32>([0.5, 0.5, 0.5, 0.5], 16);
const one = memory.data<f32>([1, 1, 1, 1], 16);
/** 2^-52. */
const unitStep = memory.data<f32>([2.220446049250313e-16, 2.220446049250313e-16, 2.220446049250313e-16, 2.220446049250313e-16], 16);
/** 2^-32. */
const turnStep = memory.data<f32>([2.3283064365386963e-10, 2.3283064365386963e-10, 2.3283064365386963e-10, 2.3283064365386963e-10], 16);
const rootOfHalf = memory.data<f32>([0.70710678, 0.70710678, 0.70710678, 0.70710678], 16);
const rootOfTwo = memory.data<f32>([1.41421356, 1.41421356, 1.41421356, 1.41421356], 16);
const mantissaBits = memory.data<u32>([0x007fffff, 0x007fffff, 0x007fffff, 0x007fffff], 16);
const bias = memory.data<i32>([127, 127, 127, 127], 16);
const quarterTurn = memory.data<i32>([1073741824, 1073741824, 1073741824, 1073741824], 16);
const upper26 = memory.data<i32>([-64, -64, -64, -64], 16);
const minusTwo = memory.data<f32>([-2, -2, -2, -2], 16);

/** log(1 + f) = f - f^2 / 2 + f^3 P(f) for sqrt(1/2) <= 1 + f <= sqrt(2): the polynomial of the Cephes library. */
const logarithm = memory.data<f32>([
  7.0376836292e-2, 7.0376836292e-2, 7.0376836292e-2, 7.0376836292e-2,
  -1.1514610310e-1, -1.1514610310e-1, -1.1514610310e-1, -1.1514610310e-1,
  1.1676998740e-1, 1.1676998740e-1, 1.1676998740e-1, 1.1676998740e-1,
  -1.2420140846e-1, -1.2420140846e-1, -1.2420140846e-1, -1.2420140846e-1,
  1.4249322787e-1, 1.4249322787e-1, 1.4249322787e-1, 1.4249322787e-1,
  -1.6668057665e-1, -1.6668057665e-1, -1.6668057665e-1, -1.6668057665e-1,
  2.0000714765e-1, 2.0000714765e-1, 2.0000714765e-1, 2.0000714765e-1,
  -2.4999993993e-1, -2.4999993993e-1, -2.4999993993e-1, -2.4999993993e-1,
  3.3333331174e-1, 3.3333331174e-1, 3.3333331174e-1, 3.3333331174e-1,
], 16);
/** ln 2 in two parts, the larger of few bits. */
const ln2Large = memory.data<f32>([0.693359375, 0.693359375, 0.693359375, 0.693359375], 16);
const ln2Small = memory.data<f32>([-2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4], 16);
/** sin(2 pi x) = x P(x^2) for |x| <= 1/4, to 6e-9 of itself; fitted here. */
const sine = memory.data<f32>([
  39.7109184, 39.7109184, 39.7109184, 39.7109184,
  -76.5749893, -76.5749893, -76.5749893, -76.5749893,
  81.6022339, 81.6022339, 81.6022339, 81.6022339,
  -41.3416786, -41.3416786, -41.3416786, -41.3416786,
  6.28318548, 6.28318548, 6.28318548, 6.28318548,
], 16);

// @ts-ignore: decorator
@inline function at(p: usize): v128 { return v128.load(p); }

/** Uniform in (0, 1) from the upper 26 bits of two words. */
// @ts-ignore: decorator
@inline function unit(high: v128, low: v128): v128 {
  const upper = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(high, 6)), at(two26));
  const lower = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(low, 6)), at(half));
  return f32x4.mul(f32x4.add(upper, lower), at(unitStep));
}

/** Logarithm of a uniform number, from it and from what it lacks to 1: near 1 only the latter has digits. */
// @ts-ignore: decorator
@inline function logUnit(u: v128, rest: v128): v128 {
  const isNear = f32x4.ge(u, at(rootOfHalf));
  const mantissa = v128.or(v128.and(u, at(mantissaBits)), at(one));
  const isBig = f32x4.gt(mantissa, at(rootOfTwo));
  const halved = v128.bitselect(f32x4.mul(mantissa, at(half)), mantissa, isBig);
  const exponent = i32x4.sub(i32x4.sub(i32x4.shr_u(u, 23), at(bias)), isBig);
  const e = f32x4.convert_i32x4_s(v128.andnot(exponent, isNear));
  const f = v128.bitselect(f32x4.neg(rest), f32x4.sub(halved, at(one)), isNear);
  let p = at(logarithm);
  for (let k: usize = 16; k < 144; k += 16) {
    p = f32x4.add(at(logarithm + k), f32x4.mul(p, f));
  }
  const z = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), z);
  y = f32x4.add(y, f32x4.mul(e, at(ln2Small)));
  y = f32x4.sub(y, f32x4.mul(z, at(half)));
  return f32x4.add(f32x4.add(f, y), f32x4.mul(e, at(ln2Large)));
}

/** The draws that four blocks of random words make: sqrt(-2 ln u) cos(2 pi w). */
// @ts-ignore: decorator
@inline function boxMuller(c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  const log = logUnit(unit(c0, c1), unit(v128.not(c0), v128.not(c1)));
  const radius = f32x4.sqrt(f32x4.mul(log, at(minusTwo)));
  // In units of 2^-32 turns, counted from where the cosine is 0.
  const turns = v128.or(v128.and(c2, at(upper26)), i32x4.shr_u(c3, 26));
  const x = f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(at(quarterTurn), i32x4.abs(turns))), at(turnStep));
  const z = f32x4.mul(x, x);
  let p = at(sine);
  for (let k: usize = 16; k < 80; k += 16) {
    p = f32x4.add(at(sine + k), f32x4.mul(p, z));
  }
  return f32x4.mul(radius, f32x4.mul(p, x));
}

/** Draw for `cell` and the seven after it; two groups of four interleave, because every round waits for the last. */
export function drawNormals(cell: i32, event: u64, high: i32, key0: i32, key1: i32, out: usize): void {
  const m0 = at(multiplier0), m1 = at(multiplier1), w0 = at(weyl0), w1 = at(weyl1);
  let c0 = i32x4.add(i32x4.splat(cell), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(<i32>event), c2 = i32x4.splat(<i32>(event >> 32)), c3 = i32x4.splat(high);
  let d0 = i32x4.add(c0, i32x4.splat(4)), d1 = c1, d2 = c2, d3 = c3;
  let k0 = i32x4.splat(key0), k1 = i32x4.splat(key1);
  for (let round = 0; round < 10; round++) {
    let low0 = i64x2.extmul_low_i32x4_u(c0, m0), high0 = i64x2.extmul_high_i32x4_u(c0, m0);
    let low1 = i64x2.extmul_low_i32x4_u(c2, m1), high1 = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(v128.shuffle<i32>(low1, high1, 1, 3, 5, 7), c1), k0);
    c1 = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(v128.shuffle<i32>(low0, high0, 1, 3, 5, 7), c3), k1);
    c3 = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
    low0 = i64x2.extmul_low_i32x4_u(d0, m0); high0 = i64x2.extmul_high_i32x4_u(d0, m0);
    low1 = i64x2.extmul_low_i32x4_u(d2, m1); high1 = i64x2.extmul_high_i32x4_u(d2, m1);
    d0 = v128.xor(v128.xor(v128.shuffle<i32>(low1, high1, 1, 3, 5, 7), d1), k0);
    d1 = v128.shuffle<i32>(low1, high1, 0, 2, 4, 6);
    d2 = v128.xor(v128.xor(v128.shuffle<i32>(low0, high0, 1, 3, 5, 7), d3), k1);
    d3 = v128.shuffle<i32>(low0, high0, 0, 2, 4, 6);
    k0 = i32x4.add(k0, w0);
    k1 = i32x4.add(k1, w1);
  }
  v128.store(out, boxMuller(c0, c1, c2, c3));
  v128.store(out, boxMuller(d0, d1, d2, d3), 16);
}
