/**
 * Counter-based random numbers: a draw is a pure function of (seed, stream, cell, event), so results do not
 * depend on the order of visits or the number of threads, and adding a noise layer changes no other layer.
 *
 * Generator: Philox4x32-10, J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC'11, doi 10.1145/2063384.2063405.
 */
import { UsageError } from './errors.ts';

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const rounds = 10;

/** Four 32-bit words. */
export type PhiloxBlock = Uint32Array;

/** High half of the 64-bit product of two 32-bit words, from products of 16-bit halves, none of which overflows. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const cross = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0;
  const carry = (Math.imul(aLow, bHigh) + (cross & 0xffff)) >>> 0;
  return (Math.imul(aHigh, bHigh) + (cross >>> 16) + (carry >>> 16)) >>> 0;
}

/**
 * Fill `out` with the Philox4x32-10 block of a counter and a key.
 *
 * @param out - receives four unsigned 32-bit words
 */
export function philox(
  out: PhiloxBlock,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0 >>> 0;
  let c1 = counter1 >>> 0;
  let c2 = counter2 >>> 0;
  let c3 = counter3 >>> 0;
  let k0 = key0 >>> 0;
  let k1 = key1 >>> 0;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(c0, multiplier0);
    const low0 = Math.imul(c0, multiplier0) >>> 0;
    const high1 = multiplyHigh(c2, multiplier1);
    const low1 = Math.imul(c2, multiplier1) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + weyl0) >>> 0;
    k1 = (k1 + weyl1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** FNV-1a over the UTF-8 bytes of a stream's name: the stream's half of the key. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

const two32 = 0x1_0000_0000;

/** What a stream adds to the counters of its draws, for kernels that draw by themselves. */
export interface StreamKey {
  readonly key0: number;
  readonly key1: number;
  /** Fourth word of the counter, with the lowest 8 bits left to count. */
  readonly high: number;
}

/**
 * The key of a named stream of random numbers under one seed.
 *
 * @param seed - integer from 0 to 2^53 - 1
 * @throws UsageError for any other seed
 */
export function streamKey(seed: number, name: string): StreamKey {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new UsageError('seed', `seed: found ${seed}, expected an integer from 0 to 2^53 - 1`);
  }
  return { key0: seed % two32, key1: hashName(name), high: Math.floor(seed / two32) * 256 };
}

/** A named stream of random numbers under one seed. Every method is a pure function of its arguments. */
export class RandomStream {
  readonly seed: number;
  readonly name: string;
  readonly #key: StreamKey;
  readonly #block: PhiloxBlock = new Uint32Array(4);

  /**
   * @param seed - integer from 0 to 2^53 - 1
   * @throws UsageError for any other seed
   */
  constructor(seed: number, name: string) {
    this.seed = seed;
    this.name = name;
    this.#key = streamKey(seed, name);
  }

  #draw(cell: number, event: number, index: number): PhiloxBlock {
    const { key0, key1, high } = this.#key;
    philox(this.#block, cell, event % two32, Math.floor(event / two32), high + index, key0, key1);
    return this.#block;
  }

  /** A double in the open interval (0, 1) with 52 random bits, so its logarithm is finite. */
  uniform(cell: number, event: number, index = 0): number {
    const block = this.#draw(cell, event, index);
    return toUnit(block[0]!, block[1]!);
  }

  /** A draw from the standard normal distribution (Box-Muller). */
  normal(cell: number, event: number, index = 0): number {
    const block = this.#draw(cell, event, index);
    const radius = Math.sqrt(-2 * Math.log(toUnit(block[0]!, block[1]!)));
    return radius * Math.cos(2 * Math.PI * toUnit(block[2]!, block[3]!));
  }

  /** An integer from 0 to `bound - 1`, for bounds up to 2^32. */
  integer(bound: number, cell: number, event: number): number {
    return Math.floor(this.uniform(cell, event) * bound);
  }
}

function toUnit(high: number, low: number): number {
  return ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) / 4503599627370496;
}
