// The ends of the word lines: input voltages through the DAC, laid out in tiles for the products.

import { nearestCode } from './mvm-codes.as';

/** Word lines of a block of tiles. */
export const blockWords: i32 = 256;

let dacLsb: f64 = 0, dacZero: f64 = 0, dacLast: f64 = 0, dacGain: f64 = 0, dacOffset: f64 = 0;

/** Quantize the inputs: codes 0 to `last` around the code `zero` of 0 V. An LSB of 0 is no converter. */
export function setDac(lsb: f64, zero: f64, last: f64, gain: f64, offset: f64): void {
  dacLsb = lsb; dacZero = zero; dacLast = last; dacGain = gain; dacOffset = offset;
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
