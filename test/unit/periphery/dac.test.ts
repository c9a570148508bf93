import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import { Dac, type DacConfig } from '../../../src/periphery/dac.ts';

const ranges = fc
  .record({
    bits: fc.integer({ min: 1, max: 16 }),
    minVolts: fc.double({ min: -10, max: 9, noNaN: true }),
    span: fc.double({ min: 0.01, max: 10, noNaN: true }),
  })
  .map(({ bits, minVolts, span }): DacConfig => ({ bits, minVolts, maxVolts: minVolts + span }));

const twelveBits: DacConfig = { bits: 12, minVolts: -2.048, maxVolts: 2.047 };

describe('an ideal converter', () => {
  test('errs by at most half an LSB inside its range', () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (config, part) => {
        const dac = new Dac(config);
        const volts = config.minVolts + part * (config.maxVolts - config.minVolts);
        expect(Math.abs(dac.convert(volts) - volts)).toBeLessThanOrEqual(0.500001 * dac.scale.lsbVolts);
        expect(dac.clips(volts)).toBe(false);
      }),
    );
  });

  test('is monotone, and idempotent to the bit', () => {
    const volts = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(ranges, volts, volts, (config, a, b) => {
        const dac = new Dac(config);
        const [low, high] = [dac.convert(Math.min(a, b)), dac.convert(Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high);
        expect(dac.convert(low)).toBe(low);
      }),
    );
  });

  test('gives back every code', () => {
    const dac = new Dac(twelveBits);
    for (let code = 0; code < 4096; code++) {
      expect(dac.code(dac.volts(code))).toBe(code);
    }
  });

  test('has its ends at the ends of the range and exactly 0 V where 0 V is a code', () => {
    const dac = new Dac(twelveBits);
    expect(dac.volts(0)).toBeCloseTo(-2.048, 14);
    expect(dac.volts(4095)).toBeCloseTo(2.047, 14);
    expect(dac.volts(2048)).toBe(0);
    expect(dac.convert(0.0004)).toBe(0);
    expect(new Dac({ bits: 8, minVolts: -1, maxVolts: 1 }).convert(0)).toBeCloseTo(1 / 255, 14);
  });

  test('clips beyond half an LSB outside', () => {
    const dac = new Dac(twelveBits);
    expect(dac.clips(2.0474)).toBe(false);
    expect(dac.clips(2.0476)).toBe(true);
    expect(dac.convert(7)).toBe(dac.volts(4095));
    expect(dac.convert(-7)).toBe(dac.volts(0));
  });
});

test('errors act on the output: (nominal + INL) (1 + gain) + offset', () => {
  const dac = new Dac({
    bits: 2,
    minVolts: 0,
    maxVolts: 3,
    gainError: 0.1,
    offsetVolts: -0.05,
    inlLsb: [0, 0.25, -0.5, 0],
  });
  expect([0, 1, 2, 3].map((code) => dac.volts(code))).toEqual([
    expect.closeTo(-0.05, 14),
    expect.closeTo(1.25 * 1.1 - 0.05, 14),
    expect.closeTo(1.5 * 1.1 - 0.05, 14),
    expect.closeTo(3.25, 14),
  ]);
  expect(dac.code(1.9)).toBe(2);
});

test.each<[string, Partial<DacConfig>]>([
  ['dac.bits: found 0', { bits: 0 }],
  ['dac.bits: found 8.5', { bits: 8.5 }],
  ['dac.bits: found 25', { bits: 25 }],
  ['dac.minVolts: found NaN', { minVolts: NaN }],
  ['dac.maxVolts: found -3', { maxVolts: -3 }],
  ['dac.gainError: found -1', { gainError: -1 }],
  ['dac.offsetVolts: found Infinity', { offsetVolts: Infinity }],
  ['dac.inlLsb: found 3 entries, expected 4096', { inlLsb: [0, 0, 0] }],
  ['dac.inlLsb[1]: found NaN', { bits: 1, inlLsb: [0, NaN] }],
])('refuses %s', (message, change) => {
  const create = () => new Dac({ ...twelveBits, ...change });
  expect(create).toThrow(ConfigError);
  expect(create).toThrow(message);
});

test('refuses codes and voltages that are none', () => {
  const dac = new Dac(twelveBits);
  expect(() => dac.volts(4096)).toThrow(UsageError);
  expect(() => dac.volts(1.5)).toThrow(/found code 1.5, expected an integer from 0 to 4095/u);
  expect(() => dac.convert(NaN)).toThrow(UsageError);
});
