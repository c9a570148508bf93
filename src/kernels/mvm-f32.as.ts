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

import { finishPanel } from './mvm-bit-lines.as';
import { addFourPanels, addSquaredPair, addTile, addTwoPanelsSquared } from './mvm-sums.as';
import { blockWords } from './mvm-word-lines.as';

export { fillTiles, setDac } from './mvm-word-lines.as';
export { setAdc, setAdcNoise, setAmplifier, setNoise, setScale } from './mvm-bit-lines.as';

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
