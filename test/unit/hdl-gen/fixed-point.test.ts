import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fractionFor, requireBits, roundShift, saturate, toFixed } from '../../../hdl-gen/fixed-point.ts';
import { UsageError } from '../../../src/errors.ts';

const bits = fc.integer({ min: 8, max: 24 });

describe('fixed-point arithmetic is that of whole numbers', () => {
  test('products of any two words, rounded and held', () => {
    fc.assert(
      fc.property(bits, fc.integer(), fc.integer(), fc.nat(48), (width, left, right, shift) => {
        const [a, b] = [left, right].map((word) => word >> (32 - width));
        const product = BigInt(a!) * BigInt(b!);
        const half = shift === 0 ? 0n : 1n << BigInt(shift - 1);
        const rounded = (product + half) >> BigInt(shift);
        const end = 1n << BigInt(width - 1);
        const held = rounded >= end ? end - 1n : rounded < -end ? -end : rounded;
        expect(saturate(roundShift(a! * b!, shift), width) + 0).toBe(Number(held));
      }),
    );
  });

  test('shifts to the left', () => {
    expect([roundShift(-3, -4), roundShift(5, -2), roundShift(7, 0)]).toEqual([-48, 20, 7]);
  });

  test('halves go up', () => {
    expect([3, 1, -1, -3].map((integer) => roundShift(integer, 1))).toEqual([2, 1, 0, -1]);
  });

  test('a magnitude takes as many fraction bits as leave it room', () => {
    fc.assert(
      fc.property(bits, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (width, value) => {
        const fraction = fractionFor(value, width);
        expect(value * 2 ** fraction).toBeLessThan(2 ** (width - 1));
        expect(value * 2 ** (fraction + 1)).toBeGreaterThanOrEqual(2 ** (width - 1));
        expect(Math.abs(toFixed(value, fraction, width) / 2 ** fraction - value)).toBeLessThanOrEqual(
          2 ** -fraction,
        );
      }),
    );
  });

  test.each([7, 25, 16.5, Number.NaN])('%d bits are refused', (width) => {
    expect(() => {
      requireBits(width);
    }).toThrow(UsageError);
  });
});
