import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  axisUnit,
  formatNumber,
  formatRoundShare,
  formatShare,
  formatSi,
} from '../../../src/report/number-format.ts';

const space = '\u202f';

describe('numbers of a report', () => {
  test.each([
    [1.2e-5, 'S', `12.0${space}µS`],
    [0.0999, 's', `99.9${space}ms`],
    [-1.5, 'V', `−1.50${space}V`],
    [0, 'J', `0${space}J`],
    [12_345, '1', '12,345'],
    [9.1943, '1', '9.19'],
    [Number.NaN, 'S', '–'],
  ])('%d %s', (value, unit, text) => {
    expect(formatSi(value, unit)).toBe(text);
  });

  test.each([
    [1, `100${space}%`],
    [0.99999, `99.999${space}%`],
    [0.9999999, `99.9999${space}%`],
    [0.9205, `92.0${space}%`],
    [0.00567, `0.567${space}%`],
    [-0.5, `−50.0${space}%`],
    [0, `0${space}%`],
    [12.5, `1,250${space}%`],
    [Number.POSITIVE_INFINITY, '–'],
  ])('a share of %d', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  test('a round share has no closing zeros', () => {
    expect([0.01, 0.005, 10].map(formatRoundShare)).toEqual([`1${space}%`, `0.5${space}%`, `1,000${space}%`]);
  });

  test('less than all is never written as all', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(formatShare(share) === `100${space}%`).toBe(share === 1);
      }),
    );
  });

  test('an axis has its largest number between 1 and 1000', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-20, max: 1e20, noNaN: true }), (largest) => {
        const { factor } = axisUnit(largest, 'S');
        expect(largest / factor).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(largest / factor).toBeLessThan(1000 + 1e-6);
      }),
    );
    expect(axisUnit(6e-5, 'S')).toEqual({ factor: 1e-6, symbol: 'µS' });
    expect(axisUnit(0, 'V')).toEqual({ factor: 1, symbol: 'V' });
    expect(formatNumber(Number.NaN)).toBe('–');
  });
});
