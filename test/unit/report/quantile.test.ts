import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile, sortedFinite } from '../../../src/report/quantile.ts';

describe('quantiles', () => {
  test('agree with numpy.quantile', () => {
    // numpy.quantile([15, 20, 35, 40, 50], [0, 0.05, 0.3, 0.4, 0.5, 1])
    const sorted = new Float64Array([15, 20, 35, 40, 50]);
    const expected = [15, 16, 23, 29, 35, 50];
    for (const [index, share] of [0, 0.05, 0.3, 0.4, 0.5, 1].entries()) {
      expect(quantile(sorted, share)).toBeCloseTo(expected[index] ?? Number.NaN, 12);
    }
  });

  test('rise with the share and pass through every value', () => {
    fc.assert(
      fc.property(fc.float64Array({ minLength: 2, noNaN: true, min: -1e6, max: 1e6 }), (values) => {
        const sorted = sortedFinite(values);
        for (const [index, value] of sorted.entries()) {
          expect(quantile(sorted, index / (sorted.length - 1))).toBeCloseTo(value, 6);
        }
        expect(quantile(sorted, 0.3)).toBeLessThanOrEqual(quantile(sorted, 0.31));
      }),
    );
  });

  test('of nothing is nothing; values that are not finite do not count', () => {
    expect(quantile(new Float64Array(0), 0.5)).toBeNaN();
    expect(sortedFinite(new Float64Array([3, Number.NaN, 1, Number.POSITIVE_INFINITY]))).toEqual(
      new Float64Array([1, 3]),
    );
  });
});
