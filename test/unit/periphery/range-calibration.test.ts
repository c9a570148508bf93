import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { calibrateRange } from '../../../src/periphery/range-calibration.ts';

const samples = fc
  .uniqueArray(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 10, maxLength: 60 })
  .filter((values) => new Set(values.map((value) => value + 0)).size === values.length);

test('the range holds at least the asked part of the samples, and less would hold fewer', () => {
  fc.assert(
    fc.property(samples, fc.double({ min: 0.5, max: 1, noNaN: true }), (values, coverage) => {
      const { minVolts, maxVolts } = calibrateRange(values, coverage);
      const held = values.filter((value) => value >= minVolts && value <= maxVolts).length;
      expect(held / values.length).toBeGreaterThanOrEqual(coverage - 1e-12);
      expect((held - 2) / values.length).toBeLessThan(coverage);
    }),
  );
});

test('full coverage keeps the extremes, and outliers fall out of less', () => {
  const values = [...Array.from({ length: 998 }, (_, k) => k / 1000), 50, -50];
  expect(calibrateRange(values, 1)).toEqual({ minVolts: -50, maxVolts: 50 });
  const { minVolts, maxVolts } = calibrateRange(values, 0.99);
  expect(minVolts).toBeGreaterThanOrEqual(0);
  expect(maxVolts).toBeLessThanOrEqual(1);
});

test('the samples are left as they were', () => {
  const values = [3, 1, 2];
  calibrateRange(values, 1);
  expect(values).toEqual([3, 1, 2]);
});

test.each([
  { values: [1, 2], coverage: 0, message: /coverage is 0/u },
  { values: [1, 2], coverage: 1.1, message: /coverage is 1.1/u },
  { values: [1, 2], coverage: NaN, message: /coverage is NaN/u },
  { values: [1], coverage: 1, message: /found 1 samples/u },
  { values: [1, NaN, 2], coverage: 1, message: /all finite/u },
  { values: [-Infinity, 1, 2], coverage: 1, message: /all finite/u },
  { values: [0, 0, 0], coverage: 1, message: /is 0 V throughout/u },
])('refuses $values at coverage $coverage', ({ values, coverage, message }) => {
  expect(() => calibrateRange(values, coverage)).toThrow(UsageError);
  expect(() => calibrateRange(values, coverage)).toThrow(message);
});
