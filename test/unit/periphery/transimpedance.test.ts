import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import { TransimpedanceAmplifier } from '../../../src/periphery/transimpedance.ts';

const config = {
  ranges: [{ gainOhms: 1e4 }, { gainOhms: 1e6 }, { gainOhms: 1e2 }],
  maxVolts: 2,
};

describe('a transimpedance amplifier', () => {
  const amplifier = new TransimpedanceAmplifier(config);

  test('takes the largest gain that does not saturate', () => {
    const current = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(current, (amperes) => {
        const range = amplifier.selectRange(amperes);
        expect(amplifier.clips(amperes, range)).toBe(false);
        const larger = [1e4, 1e6, 1e2].filter((ohms) => ohms > amplifier.ranges[range]!.gainOhms);
        expect(larger.every((ohms) => Math.abs(amperes * ohms) > 2)).toBe(true);
        expect(amplifier.amperes(amplifier.volts(amperes, range), range)).toBeCloseTo(amperes, 15);
      }),
    );
  });

  test('takes the smallest gain when all saturate, and saturates', () => {
    expect(amplifier.selectRange(0.5)).toBe(2);
    expect(amplifier.volts(0.5, 2)).toBe(2);
    expect(amplifier.volts(-0.5, 2)).toBe(-2);
    expect(amplifier.clips(-0.5, 2)).toBe(true);
  });

  test('keeps to a narrower window than its own', () => {
    expect(amplifier.selectRange(1.5e-6)).toBe(1);
    expect(amplifier.selectRange(1.5e-6, 0, 1)).toBe(0);
    expect(amplifier.selectRange(-1.5e-6, 0, 1)).toBe(2);
  });

  test('adds its offset, and counts it when it chooses a range', () => {
    const shifted = new TransimpedanceAmplifier({
      ranges: [{ gainOhms: 1e3 }, { gainOhms: 1e4, offsetVolts: 0.5 }],
      maxVolts: 2,
    });
    expect(shifted.volts(1e-4, 1)).toBeCloseTo(1.5, 14);
    expect(shifted.selectRange(1.4e-4)).toBe(1);
    expect(shifted.selectRange(1.6e-4)).toBe(0);
  });

  test('settles as 1 - exp(-2 pi B t)', () => {
    const slow = new TransimpedanceAmplifier({ ranges: [{ gainOhms: 1e4, bandwidth: 1e5 }], maxVolts: 2 });
    expect(slow.volts(1e-4, 0)).toBe(1);
    expect(slow.volts(1e-4, 0, 0)).toBeCloseTo(0, 14);
    expect(slow.volts(1e-4, 0, 1e-6)).toBeCloseTo(1 - Math.exp(-0.2 * Math.PI), 12);
  });

  test.each([
    ['transimpedance.ranges: found none', { ranges: [], maxVolts: 2 }],
    [
      'transimpedance.ranges[1].gainOhms: found 0',
      { ranges: [{ gainOhms: 1 }, { gainOhms: 0 }], maxVolts: 2 },
    ],
    [
      'transimpedance.ranges[0].bandwidth: found -1',
      { ranges: [{ gainOhms: 1, bandwidth: -1 }], maxVolts: 2 },
    ],
    [
      'transimpedance.ranges[0].offsetVolts: found NaN',
      { ranges: [{ gainOhms: 1, offsetVolts: NaN }], maxVolts: 2 },
    ],
    ['transimpedance.maxVolts: found 0', { ranges: [{ gainOhms: 1 }], maxVolts: 0 }],
  ])('refuses %s', (message, bad) => {
    expect(() => new TransimpedanceAmplifier(bad)).toThrow(ConfigError);
    expect(() => new TransimpedanceAmplifier(bad)).toThrow(message);
  });

  test('refuses a range or current that is none', () => {
    expect(() => amplifier.volts(1e-6, 3)).toThrow(/found range 3, expected an integer from 0 to 2/u);
    expect(() => amplifier.volts(NaN, 0)).toThrow(UsageError);
  });
});
