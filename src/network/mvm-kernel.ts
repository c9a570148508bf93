/**
 * Products of batches of voltages with a conductance matrix in float32, between converters that compute in float64. All
 * arguments but counts and constants are byte addresses of arrays that begin at multiples of 16. Layouts:
 *
 * - volts: f64 [rows][words]; words is even
 * - tiles: f32, for each block of 256 words, for each four rows: [word][row]; of a single row: [word][the same 4 times]
 * - panels: f32 [bits / 8][word][8]; bits is a multiple of 8
 * - sums, squares: f32 [rows, rounded up to 4][8], work space
 * - out: f64 [rows][bits]
 *
 * Every sum runs over the words in rising order, whatever the number of rows: a row has the same bits in any batch.
 */
export interface MvmKernel {
  /** Quantize the inputs: codes 0 to `last` around the code `zero` of 0 V. An LSB of 0 is no converter. */
  setDac(lsb: number, zero: number, last: number, gain: number, offset: number): void;
  /** Ampere of a product of 1. */
  setScale(amperes: number): void;
  /** Relative read noise of every cell, drawn for each bit line; used where `multiply` is given squares. */
  setNoise(relative: number, key0: number, key1: number, high: number): void;
  /** Amplifier at the bit lines; a gain of 0 is no amplifier and no converter behind it. */
  setAmplifier(gain: number, offset: number, limit: number): void;
  setAdc(lsb: number, zero: number, last: number, gain: number, offset: number): void;
  /** Noise at the input of the ADC, in volt; 0 is none. */
  setAdcNoise(volts: number, key0: number, key1: number, high: number): void;
  /**
   * Drive the word lines: convert the inputs and lay them out in tiles.
   *
   * @returns 0 if an input was no number of at most {@link largestInput}
   */
  fillTiles(volts: number, rows: number, words: number, tiles: number): number;
  /**
   * Multiply tiles with panels.
   *
   * @param squares - also sum the squares of the cells' currents there, and add the read noise; none if 0
   * @param eventLow - with `eventHigh` the event of the first row, which keys its noise; the rows count on from it
   */
  multiply(
    tiles: number,
    panels: number,
    rows: number,
    words: number,
    bits: number,
    sums: number,
    squares: number,
    out: number,
    eventLow: number,
    eventHigh: number,
  ): void;
}

/** Word lines of a block of tiles. */
export const blockWords = 256;
/** No input may be larger, in volt: its square must stay far from the end of float32. */
export const largestInput = 1e12;

/** A kernel with the memory that its addresses mean. */
export interface OpenMvmKernel {
  readonly exports: MvmKernel;
  readonly memory: { readonly buffer: ArrayBuffer };
}
