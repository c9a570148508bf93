// Batches of input voltages times a conductance matrix in float32, with the converters at both ends:
//   volts -> DAC -> sum over the cells of a bit line -> read noise -> transimpedance amplifier -> ADC -> ampere
// Products, sums and random numbers are float32, four at a time; converters compute in float64 and choose the same codes
// as src/periphery. src/network/mvm-script.ts does the same in TypeScript, bit for bit.
//
// Pointers are byte addresses, multiples of 16. Layouts:
//   volts   f64 [rows][words]; words is even
//   tiles   f32, for each block of 256 words, for each four rows: [word][row]; of a single row: [word][the same 4 times]
//   panels  f32 [bits / 8][word][8]; bits is a multiple of 8
//   sums, squares  f32 [rows, rounded up to 4][8], work space
//   out     f64 [rows][bits]
// Every sum runs over the words in rising order, whatever the number of rows: a row has the same bits in any batch.

import { drawNormals } from './normal-f32.as';

const blockWords: i32 = 256;

let dacLsb: f64 = 0, dacZero: f64 = 0, dacLast: f64 = 0, dacGain: f64 = 0, dacOffset: f64 = 0;
let ampereScale: f64 = 1;
let noiseRelative: f32 = 0;
let noiseKey0: i32 = 0, noiseKey1: i32 = 0, noiseHigh: i32 = 0;
let gainOhms: f64 = 0, outputOffset: f64 = 0, outputLimit: f64 = 0;
let adcLsb: f64 = 0, adcZero: f64 = 0, adcLast: f64 = 0, adcGain: f64 = 0, adcOffset: f64 = 0;
let adcNoise: f64 = 0;
let adcKey0: i32 = 0, adcKey1: i32 = 0, adcHigh: i32 = 0;

/** Quantize the inputs: codes 0 to `last` around the code `zero` of 0 V. An LSB of 0 is no converter. */
export function setDac(lsb: f64, zero: f64, last: f64, gain: f64, offset: f64): void {
  dacLsb = lsb; dacZero = zero; dacLast = last; dacGain = gain; dacOffset = offset;
}

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

// @ts-ignore: decorator
@inline function load4(p: usize): v128 { return v128.load(p); }

// @ts-ignore: decorator
@inline function splat4(p: usize): v128 { return v128.load32_splat(p); }

// @ts-ignore: decorator
@inline function addProduct(sum: v128, a: v128, b: v128): v128 { return f32x4.add(sum, f32x4.mul(a, b)); }

// Converters -----------------------------------------------------------------------------------------------------------

/** Nearest code; half-way goes up, as in Math.round. */
// @ts-ignore: decorator
@inline function nearestCode(x: v128, last: f64): v128 {
  const below = f64x2.floor(x);
  const up = v128.and(f64x2.ge(f64x2.sub(x, below), f64x2.splat(0.5)), f64x2.splat(1));
  return f64x2.pmin(f64x2.splat(last), f64x2.pmax(f64x2.splat(0), f64x2.add(below, up)));
}

/** No input may be larger, in volt: its square must stay far from the end of float32. */
const largestInput: f64 = 1e12;
/** All bits set until an input was larger or no number. */
let sound: v128 = i32x4.splat(-1);

/** Two outputs of the DAC as float32, in the low half. */
// @ts-ignore: decorator
@inline function drive(p: usize): v128 {
  let volts = v128.load(p);
  sound = v128.and(sound, f64x2.le(f64x2.abs(volts), f64x2.splat(largestInput)));
  if (dacLsb != 0) {
    const code = nearestCode(f64x2.add(f64x2.div(volts, f64x2.splat(dacLsb)), f64x2.splat(dacZero)), dacLast);
    const nominal = f64x2.mul(f64x2.sub(code, f64x2.splat(dacZero)), f64x2.splat(dacLsb));
    volts = f64x2.add(f64x2.mul(nominal, f64x2.splat(dacGain)), f64x2.splat(dacOffset));
  }
  return f32x4.demote_f64x2_zero(volts);
}

/**
 * Drive the word lines: convert the inputs and lay them out in tiles.
 * @returns whether all inputs were numbers of at most 1e12 V
 */
export function fillTiles(volts: usize, rows: i32, words: i32, tiles: usize): bool {
  sound = i32x4.splat(-1);
  const pitch = <usize>words << 3;
  let q = tiles;
  for (let first = 0; first < words; first += blockWords) {
    const end = min(first + blockWords, words);
    for (let row = 0; row < rows; row += 4) {
      const a = volts + <usize>row * pitch;
      const b = volts + <usize>min(row + 1, rows - 1) * pitch;
      const c = volts + <usize>min(row + 2, rows - 1) * pitch;
      const d = volts + <usize>min(row + 3, rows - 1) * pitch;
      for (let word = first; word < end; word += 2) {
        const at = <usize>word << 3;
        const va = drive(a + at);
        if (rows == 1) {
          v128.store(q, v128.shuffle<f32>(va, va, 0, 0, 0, 0));
          v128.store(q, v128.shuffle<f32>(va, va, 1, 1, 1, 1), 16);
        } else {
          const ab = v128.shuffle<f32>(va, drive(b + at), 0, 4, 1, 5);
          const cd = v128.shuffle<f32>(drive(c + at), drive(d + at), 0, 4, 1, 5);
          v128.store(q, v128.shuffle<f64>(ab, cd, 0, 2));
          v128.store(q, v128.shuffle<f64>(ab, cd, 1, 3), 16);
        }
        q += 32;
      }
    }
  }
  return i32x4.all_true(sound);
}

// Sums over cells ------------------------------------------------------------------------------------------------------

/** Four rows times a panel. */
// @ts-ignore: decorator
@inline function addTile(q: usize, p: usize, words: i32, sums: usize): void {
  let a0 = load4(sums), a1 = load4(sums + 16), b0 = load4(sums + 32), b1 = load4(sums + 48);
  let c0 = load4(sums + 64), c1 = load4(sums + 80), d0 = load4(sums + 96), d1 = load4(sums + 112);
  const end = p + (<usize>words << 5);
  while (p < end) {
    const g0 = load4(p), g1 = load4(p + 16);
    let x = splat4(q);
    a0 = addProduct(a0, x, g0); a1 = addProduct(a1, x, g1);
    x = splat4(q + 4);
    b0 = addProduct(b0, x, g0); b1 = addProduct(b1, x, g1);
    x = splat4(q + 8);
    c0 = addProduct(c0, x, g0); c1 = addProduct(c1, x, g1);
    x = splat4(q + 12);
    d0 = addProduct(d0, x, g0); d1 = addProduct(d1, x, g1);
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(sums, c0, 64); v128.store(sums, c1, 80); v128.store(sums, d0, 96); v128.store(sums, d1, 112);
}

/** Two rows of a tile times a panel, with the squares of the cells' currents. */
// @ts-ignore: decorator
@inline function addSquaredPair(q: usize, p: usize, words: i32, sums: usize, squares: usize): void {
  let a0 = load4(sums), a1 = load4(sums + 16), b0 = load4(sums + 32), b1 = load4(sums + 48);
  let s0 = load4(squares), s1 = load4(squares + 16), r0 = load4(squares + 32), r1 = load4(squares + 48);
  const end = p + (<usize>words << 5);
  while (p < end) {
    const g0 = load4(p), g1 = load4(p + 16);
    let x = splat4(q);
    let t = f32x4.mul(x, g0);
    a0 = f32x4.add(a0, t); s0 = addProduct(s0, t, t);
    t = f32x4.mul(x, g1);
    a1 = f32x4.add(a1, t); s1 = addProduct(s1, t, t);
    x = splat4(q + 4);
    t = f32x4.mul(x, g0);
    b0 = f32x4.add(b0, t); r0 = addProduct(r0, t, t);
    t = f32x4.mul(x, g1);
    b1 = f32x4.add(b1, t); r1 = addProduct(r1, t, t);
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(squares, s0); v128.store(squares, s1, 16); v128.store(squares, r0, 32); v128.store(squares, r1, 48);
}

/** One row times four panels, `pitch` bytes apart. */
function addFourPanels(q: usize, p: usize, pitch: usize, sums: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const end = p + pitch;
  const second = pitch, third = pitch << 1, fourth = second + third;
  while (p < end) {
    const x = load4(q);
    a0 = addProduct(a0, x, load4(p)); a1 = addProduct(a1, x, load4(p + 16));
    b0 = addProduct(b0, x, load4(p + second)); b1 = addProduct(b1, x, load4(p + second + 16));
    c0 = addProduct(c0, x, load4(p + third)); c1 = addProduct(c1, x, load4(p + third + 16));
    d0 = addProduct(d0, x, load4(p + fourth)); d1 = addProduct(d1, x, load4(p + fourth + 16));
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(sums, c0, 64); v128.store(sums, c1, 80); v128.store(sums, d0, 96); v128.store(sums, d1, 112);
}

/** One row times two panels, `pitch` bytes apart, with the squares of the cells' currents. */
function addTwoPanelsSquared(q: usize, p: usize, pitch: usize, sums: usize, squares: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, s0 = a0, s1 = a0, r0 = a0, r1 = a0;
  const end = p + pitch;
  while (p < end) {
    const x = load4(q);
    let t = f32x4.mul(x, load4(p));
    a0 = f32x4.add(a0, t); s0 = addProduct(s0, t, t);
    t = f32x4.mul(x, load4(p + 16));
    a1 = f32x4.add(a1, t); s1 = addProduct(s1, t, t);
    t = f32x4.mul(x, load4(p + pitch));
    b0 = f32x4.add(b0, t); r0 = addProduct(r0, t, t);
    t = f32x4.mul(x, load4(p + pitch + 16));
    b1 = f32x4.add(b1, t); r1 = addProduct(r1, t, t);
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(squares, s0); v128.store(squares, s1, 16); v128.store(squares, r0, 32); v128.store(squares, r1, 48);
}

// Bit lines ------------------------------------------------------------------------------------------------------------

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
  let products = load4(sums + half);
  if (squares != 0) {
    const deviation = f32x4.mul(f32x4.splat(noiseRelative), f32x4.sqrt(load4(squares + half)));
    products = addProduct(products, deviation, load4(readDraws + half));
  }
  const scale = f64x2.splat(ampereScale);
  let low = f64x2.mul(f64x2.promote_low_f32x4(products), scale);
  let high = f64x2.mul(f64x2.promote_low_f32x4(upperHalf(products)), scale);
  if (gainOhms != 0) {
    const draws = load4(adcDraws + half), noise = f64x2.splat(adcNoise);
    low = sense(low, f64x2.mul(f64x2.promote_low_f32x4(draws), noise));
    high = sense(high, f64x2.mul(f64x2.promote_low_f32x4(upperHalf(draws)), noise));
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}

function finishPanel(sums: usize, squares: usize, bit: i32, event: u64, out: usize): void {
  if (squares != 0) {
    drawNormals(bit, event, noiseHigh, noiseKey0, noiseKey1, readDraws);
  }
  if (adcNoise != 0) {
    drawNormals(bit, event, adcHigh, adcKey0, adcKey1, adcDraws);
  }
  finishFour(sums, squares, 0, out);
  finishFour(sums, squares, 16, out + 32);
}

function multiplyOne(tiles: usize, panels: usize, words: i32, bits: i32, sums: usize, squares: usize, out: usize, event: u64): void {
  const pitch = <usize>words << 5;
  const group = squares != 0 ? 16 : 32;
  for (let bit = 0; bit < bits;) {
    const count = bit + group <= bits ? group : 8;
    if (count == 8) {
      memory.fill(sums, 0, 128);
      if (squares != 0) {
        memory.fill(squares, 0, 128);
        addSquaredPair(tiles, panels, words, sums, squares);
      } else {
        addTile(tiles, panels, words, sums);
      }
    } else if (squares != 0) {
      addTwoPanelsSquared(tiles, panels, pitch, sums, squares);
    } else {
      addFourPanels(tiles, panels, pitch, sums);
    }
    for (let k = 0; k < count; k += 8, bit += 8) {
      const at = <usize>k << 2;
      finishPanel(sums + at, squares != 0 ? squares + at : 0, bit, event, out);
      out += 64;
      panels += pitch;
    }
  }
}

/**
 * Multiply tiles with panels; with `squares` other than 0 also add the read noise.
 * @param eventLow, eventHigh event of the first row, which keys its noise; the rows count on from it
 */
export function multiply(tiles: usize, panels: usize, rows: i32, words: i32, bits: i32, sums: usize, squares: usize, out: usize, eventLow: u32, eventHigh: u32): void {
  const event = (<u64>eventHigh << 32) | <u64>eventLow;
  if (rows == 1) {
    multiplyOne(tiles, panels, words, bits, sums, squares, out, event);
    return;
  }
  const whole = (rows + 3) & ~3;
  for (let bit = 0; bit < bits; bit += 8) {
    memory.fill(sums, 0, <usize>whole << 5);
    if (squares != 0) {
      memory.fill(squares, 0, <usize>whole << 5);
    }
    let q = tiles;
    for (let first = 0; first < words; first += blockWords) {
      const count = min(blockWords, words - first);
      for (let row = 0; row < whole; row += 4) {
        const at = <usize>row << 5;
        if (squares != 0) {
          addSquaredPair(q, panels, count, sums + at, squares + at);
          addSquaredPair(q + 8, panels, count, sums + at + 64, squares + at + 64);
        } else {
          addTile(q, panels, count, sums + at);
        }
        q += <usize>count << 4;
      }
      panels += <usize>count << 5;
    }
    for (let row = 0; row < rows; row++) {
      const at = <usize>row << 5;
      finishPanel(sums + at, squares != 0 ? squares + at : 0, bit, event + row, out + ((<usize>row * bits + bit) << 3));
    }
  }
}
