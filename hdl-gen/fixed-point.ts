/**
 * Fixed-point arithmetic: two's complement integers of up to {@link mostBits} bits, each standing for integer / 2^fraction.
 * A result is rounded to the nearest, halves up, and held at the ends of its range. Integers are kept in doubles, in which
 * products of two of them are exact; the same rules in C and Verilog give the same bits.
 */
import { UsageError } from '../src/errors.ts';

/** Fewest bits in which a neuron's equations keep any of their digits. */
const leastBits = 8;
/** Most bits of which a product, with room to round it, is exact in a double. */
const mostBits = 24;

/** @throws UsageError unless it is a whole number of bits that the arithmetic can keep */
export function requireBits(bits: number): void {
  if (!(Number.isInteger(bits) && bits >= leastBits && bits <= mostBits)) {
    throw new UsageError(
      'bits',
      `bits: found ${bits}, expected an integer from ${leastBits} to ${mostBits}`,
      {
        details: { found: bits, allowed: [leastBits, mostBits] },
      },
    );
  }
}

/** 2^n for n from -64 to 64, by n + 64: a power costs more than all else here. */
const powersOfTwo = Float64Array.from({ length: 129 }, (_, index) => 2 ** (index - 64));

/** Hold an integer at the ends of two's complement. */
export function saturate(integer: number, bits: number): number {
  const end = powersOfTwo[63 + bits]!;
  return Math.min(Math.max(integer, -end), end - 1);
}

/** integer / 2^shift to the nearest, halves up; a negative shift multiplies. From -48 to 48. */
export function roundShift(integer: number, shift: number): number {
  const scaled =
    shift > 0
      ? (integer + powersOfTwo[63 + shift]!) * powersOfTwo[64 - shift]!
      : integer * powersOfTwo[64 - shift]!;
  return Math.floor(scaled);
}

/** Integer that stands for a value, nearest and held at the ends. */
export function toFixed(value: number, fraction: number, bits: number): number {
  return saturate(Math.floor(value * 2 ** fraction + 0.5), bits);
}

/**
 * Most fraction bits with which a magnitude still fits.
 *
 * @example
 * fractionFor(1.5, 16); // 14
 */
export function fractionFor(magnitude: number, bits: number): number {
  const whole = magnitude > 0 ? Math.floor(Math.log2(magnitude)) + 1 : 0;
  return bits - 1 - whole;
}
