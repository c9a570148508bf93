// The ends of the bit lines: sums of products with their read noise, as currents that amplifier and ADC give.

import { nearestCode } from './mvm-codes.as';
import { drawNormals } from './normal-f32.as';

let ampereScale: f64 = 1;
let noiseRelative: f32 = 0;
let noiseKey0: i32 = 0, noiseKey1: i32 = 0, noiseHigh: i32 = 0;
let gainOhms: f64 = 0, outputOffset: f64 = 0, outputLimit: f64 = 0;
let adcLsb: f64 = 0, adcZero: f64 = 0, adcLast: f64 = 0, adcGain: f64 = 0, adcOffset: f64 = 0;
let adcNoise: f64 = 0;
let adcKey0: i32 = 0, adcKey1: i32 = 0, adcHigh: i32 = 0;

/** Ampere of a product of 1. */
export function setScale(amperes: f64): void {
  ampereScale = amperes;
}

/** Relative read noise of every cell, drawn for each bit line; 0 is none. */
export function setNoise(relative: f32, key0: i32, key1: i32, high: i32): void {
  noiseRelative = relative; noiseKey0 = key0; noiseKey1 = key1; noiseHigh = high;
}

/** Amplifier at the bit lines; a gain of 0 is no amplifier and no converter behind it. */
export function setAmplifier(gain: f64, offset: f64, limit: f64): void {
  gainOhms = gain; outputOffset = offset; outputLimit = limit;
}

export function setAdc(lsb: f64, zero: f64, last: f64, gain: f64, offset: f64): void {
  adcLsb = lsb; adcZero = zero; adcLast = last; adcGain = gain; adcOffset = offset;
}

/** Noise at the input of the ADC, in volt; 0 is none. */
export function setAdcNoise(volts: f64, key0: i32, key1: i32, high: i32): void {
  adcNoise = volts; adcKey0 = key0; adcKey1 = key1; adcHigh = high;
}

/** What the converter makes of two currents. */
// @ts-ignore: decorator
@inline function sense(amperes: v128, noise: v128): v128 {
  const limit = f64x2.splat(outputLimit), gain = f64x2.splat(gainOhms);
  let volts = f64x2.add(f64x2.mul(amperes, gain), f64x2.splat(outputOffset));
  volts = f64x2.pmin(limit, f64x2.pmax(f64x2.neg(limit), volts));
  let seen = f64x2.add(f64x2.mul(volts, f64x2.splat(adcGain)), f64x2.splat(adcOffset));
  seen = f64x2.add(seen, noise);
  const code = nearestCode(f64x2.add(f64x2.div(seen, f64x2.splat(adcLsb)), f64x2.splat(adcZero)), adcLast);
  return f64x2.div(f64x2.mul(f64x2.sub(code, f64x2.splat(adcZero)), f64x2.splat(adcLsb)), gain);
}

// @ts-ignore: decorator
@inline function upperHalf(a: v128): v128 { return v128.shuffle<f64>(a, a, 1, 0); }

/** Eight draws each. */
const readDraws = memory.data(32, 16);
const adcDraws = memory.data(32, 16);

/** Turn four sums into currents, with noise, as the converters give them. */
// @ts-ignore: decorator
@inline function finishFour(sums: usize, squares: usize, half: usize, out: usize): void {
  let products = v128.load(sums + half);
  if (squares != 0) {
    const deviation = f32x4.mul(f32x4.splat(noiseRelative), f32x4.sqrt(v128.load(squares + half)));
    products = f32x4.add(products, f32x4.mul(deviation, v128.load(readDraws + half)));
  }
  const scale = f64x2.splat(ampereScale);
  let low = f64x2.mul(f64x2.promote_low_f32x4(products), scale);
  let high = f64x2.mul(f64x2.promote_low_f32x4(upperHalf(products)), scale);
  if (gainOhms != 0) {
    const draws = v128.load(adcDraws + half), noise = f64x2.splat(adcNoise);
    low = sense(low, f64x2.mul(f64x2.promote_low_f32x4(draws), noise));
    high = sense(high, f64x2.mul(f64x2.promote_low_f32x4(upperHalf(draws)), noise));
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}

/** Turn eight sums of neighbouring bit lines into currents; `squares` is 0 where there is no read noise. */
export function finishPanel(sums: usize, squares: usize, bit: i32, event: u64, out: usize): void {
  if (squares != 0) {
    drawNormals(bit, event, noiseHigh, noiseKey0, noiseKey1, readDraws);
  }
  if (adcNoise != 0) {
    drawNormals(bit, event, adcHigh, adcKey0, adcKey1, adcDraws);
  }
  finishFour(sums, squares, 0, out);
  finishFour(sums, squares, 16, out + 32);
}
