/**
 * Mathematical functions of two doubles at once, for the exposure kernels.
 *
 * exp and log follow fdlibm (e_exp.c, e_log.c), which is also what V8 computes:
 * Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and
 * distribute this software is freely granted, provided that this notice is preserved.
 */

/** Two doubles from two places. */
// @ts-ignore: decorator
@inline
export function pairAt(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1);
}

// @ts-ignore: decorator
@inline
export function storePair(a: usize, b: usize, pair: v128): void {
  v128.store64_lane(a, pair, 0);
  v128.store64_lane(b, pair, 1);
}

// @ts-ignore: decorator
@inline
function horner(x: v128, a: f64, rest: v128): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(x, rest));
}

/** 2^k for whole k in -1022 to 1023, as doubles. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52);
}

/** exp of both, to less than 1 ulp. */
export function expPair(argument: v128): v128 {
  // Beyond these the result is 0 or infinite anyway; NaN passes.
  const x = f64x2.pmin(f64x2.pmax(argument, f64x2.splat(-800)), f64x2.splat(800));
  const half = v128.or(f64x2.splat(0.5), v128.and(x, f64x2.splat(-0.0)));
  const k = f64x2.trunc(f64x2.add(f64x2.mul(x, f64x2.splat(1.44269504088896338700e+00)), half));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-01)));
  const low = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = horner(t, -1.65339022054652515390e-06, f64x2.splat(4.13813679705723846039e-08));
  p = horner(t, 6.61375632143793436117e-05, p);
  p = horner(t, -2.77777777770155933842e-03, p);
  p = horner(t, 1.66666666666666019037e-01, p);
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const q = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, q), high));
  // 2^k in two factors: k may be 1024, and below -1022 only the last product may round.
  const k1 = f64x2.floor(f64x2.mul(k, f64x2.splat(0.5)));
  return f64x2.mul(f64x2.mul(y, powerOfTwo(k1)), powerOfTwo(f64x2.sub(k, k1)));
}

/** Natural logarithm of both, to less than 1 ulp. */
export function logPair(argument: v128): v128 {
  const tiny = f64x2.lt(argument, f64x2.splat(2.2250738585072014e-308));
  const scaled = v128.bitselect(f64x2.mul(argument, f64x2.splat(1.8014398509481984e16)), argument, tiny);
  // The exponent of the power of two that brings the argument to sqrt(1/2) .. sqrt(2), and what is left.
  const offset = i64x2.splat(0x3fe6a09e00000000);
  const exponent = i64x2.shr_s(i64x2.sub(scaled, offset), 52);
  const mantissa = i64x2.sub(scaled, i64x2.shl(exponent, 52));
  const whole = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  const k = f64x2.sub(whole, v128.and(tiny, f64x2.splat(54)));

  const f = f64x2.sub(mantissa, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = horner(w, 2.222219843214978396e-01, f64x2.splat(1.531383769920937332e-01));
  even = f64x2.mul(w, horner(w, 3.999999999940941908e-01, even));
  let odd = horner(w, 1.818357216161805012e-01, f64x2.splat(1.479819860511658591e-01));
  odd = horner(w, 2.857142874366239149e-01, odd);
  odd = f64x2.mul(z, horner(w, 6.666666666666735130e-01, odd));
  const r = f64x2.add(even, odd);
  const square = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const high = f64x2.mul(k, f64x2.splat(6.93147180369123816490e-01));
  const low = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const correction = f64x2.add(f64x2.mul(s, f64x2.add(square, r)), low);
  const finite = f64x2.sub(high, f64x2.sub(f64x2.sub(square, correction), f));

  const infinite = f64x2.eq(argument, f64x2.splat(Infinity));
  const atZero = f64x2.eq(argument, f64x2.splat(0));
  const isNumber = f64x2.ge(argument, f64x2.splat(0));
  let result = v128.bitselect(argument, finite, infinite);
  result = v128.bitselect(f64x2.splat(-Infinity), result, atZero);
  return v128.bitselect(result, f64x2.splat(NaN), isNumber);
}

/** exp, to less than 1 ulp. */
export function exp(x: f64): f64 {
  return f64x2.extract_lane(expPair(f64x2.splat(x)), 0);
}

/** Natural logarithm, to less than 1 ulp. */
export function log(x: f64): f64 {
  return f64x2.extract_lane(logPair(f64x2.splat(x)), 0);
}

// @ts-ignore: decorator
@inline
function join(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

// @ts-ignore: decorator
@inline
function first(x: v128): f64 {
  return f64x2.extract_lane(x, 0);
}

// @ts-ignore: decorator
@inline
function second(x: v128): f64 {
  return f64x2.extract_lane(x, 1);
}

// What follows has no vector form here: each lane is computed on its own.

export function powPair(x: v128, y: v128): v128 {
  return join(Math.pow(first(x), first(y)), Math.pow(second(x), second(y)));
}

export function signPair(x: v128): v128 {
  return join(Math.sign(first(x)), Math.sign(second(x)));
}

export function expm1Pair(x: v128): v128 {
  return join(Math.expm1(first(x)), Math.expm1(second(x)));
}

export function log1pPair(x: v128): v128 {
  return join(Math.log1p(first(x)), Math.log1p(second(x)));
}

export function sinPair(x: v128): v128 {
  return join(Math.sin(first(x)), Math.sin(second(x)));
}

export function cosPair(x: v128): v128 {
  return join(Math.cos(first(x)), Math.cos(second(x)));
}

export function tanPair(x: v128): v128 {
  return join(Math.tan(first(x)), Math.tan(second(x)));
}

export function asinPair(x: v128): v128 {
  return join(Math.asin(first(x)), Math.asin(second(x)));
}

export function acosPair(x: v128): v128 {
  return join(Math.acos(first(x)), Math.acos(second(x)));
}

export function atanPair(x: v128): v128 {
  return join(Math.atan(first(x)), Math.atan(second(x)));
}

export function sinhPair(x: v128): v128 {
  return join(Math.sinh(first(x)), Math.sinh(second(x)));
}

export function coshPair(x: v128): v128 {
  return join(Math.cosh(first(x)), Math.cosh(second(x)));
}

export function tanhPair(x: v128): v128 {
  return join(Math.tanh(first(x)), Math.tanh(second(x)));
}
