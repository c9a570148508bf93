import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFemtoseconds, toSeconds } from '../../../src/schedule/femtoseconds.ts';

describe('toFemtoseconds', () => {
  test.each([
    [0, 0n, true],
    [1e-15, 1n, true],
    [1e-7, 100_000_000n, true],
    [1.5e-9, 1_500_000n, true],
    // 3 x 1e-8 in doubles: 30 ns and a rounding error.
    [3 * 1e-8, 30_000_000n, true],
    [12_345.000_001, 12_345_000_001_000_000_000n, true],
    [1e6, 10n ** 21n, true],
    // 30 ns less a rounding error.
    [2.9999999999999997e-8, 30_000_000n, true],
    [1.4e-15, 1n, false],
    [1.6e-15, 2n, false],
    [1e-16, 0n, false],
    [46.41588833612779e-9, 46_415_888n, false],
  ])('%d s is %d fs, exact: %s', (seconds, femtoseconds, exact) => {
    expect(toFemtoseconds(seconds)).toEqual({ femtoseconds, exact });
  });

  test('and toSeconds are inverse over whole femtoseconds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (femtoseconds) => {
        expect(toFemtoseconds(toSeconds(femtoseconds))).toEqual({ femtoseconds, exact: true });
      }),
    );
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -1e-9])('toFemtoseconds refuses %d s', (seconds) => {
  expect(() => toFemtoseconds(seconds)).toThrow(
    `time: found ${seconds} s, expected a finite time of 0 s or more`,
  );
});
