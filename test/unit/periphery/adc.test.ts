import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import { Adc, type AdcConfig } from '../../../src/periphery/adc.ts';

const ranges = fc
  .record({
    bits: fc.integer({ min: 1, max: 16 }),
    minVolts: fc.double({ min: -10, max: 9, noNaN: true }),
    span: fc.double({ min: 0.01, max: 10, noNaN: true }),
  })
  .map(({ bits, minVolts, span }): AdcConfig => ({ bits, minVolts, maxVolts: minVolts + span }));

const threeBits: AdcConfig = { bits: 3, minVolts: 0, maxVolts: 7 };

describe('an ideal converter', () => {
  test('errs by at most half an LSB inside its range and is not clipped', () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (config, part) => {
        const adc = new Adc(config, 1);
        const volts = config.minVolts + part * (config.maxVolts - config.minVolts);
        const sample = adc.convert(volts);
        expect(Math.abs(sample.volts - volts)).toBeLessThanOrEqual(0.500001 * adc.scale.lsbVolts);
        expect(sample.clipped).toBe(false);
        expect(sample.code).toBe(adc.code(volts));
      }),
    );
  });

  test('is monotone and idempotent', () => {
    const volts = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(ranges, volts, volts, (config, a, b) => {
        const adc = new Adc(config, 1);
        const low = adc.code(Math.min(a, b));
        expect(low).toBeLessThanOrEqual(adc.code(Math.max(a, b)));
        expect(adc.code(adc.volts(low))).toBe(low);
      }),
    );
  });

  test('flags what lies outside by more than half an LSB', () => {
    const adc = new Adc(threeBits, 1);
    expect(adc.convert(7.4)).toEqual({ code: 7, volts: 7, clipped: false });
    expect(adc.convert(7.6)).toEqual({ code: 7, volts: 7, clipped: true });
    expect(adc.convert(-100)).toEqual({ code: 0, volts: 0, clipped: true });
  });
});

describe('errors of a converter', () => {
  test('gain and offset act on the input', () => {
    const adc = new Adc({ ...threeBits, gainError: 0.2, offsetVolts: 0.3 }, 1);
    expect(adc.code(0.99)).toBe(1);
    expect(adc.code(1.01)).toBe(2);
    expect(adc.convert(6).clipped).toBe(false);
    expect(adc.convert(6.1).clipped).toBe(true);
  });

  /** Where the code changes, found by a fine sweep. */
  function sweepTransitions(adc: Adc): number[] {
    const transitions: number[] = [];
    for (let k = 0; k < 8_000; k++) {
      const before = adc.code(k / 1000);
      const after = adc.code((k + 1) / 1000);
      transitions.push(...Array.from({ length: after - before }, () => (k + 0.5) / 1000));
    }
    return transitions;
  }

  test('integral non-linearity shifts each transition', () => {
    const inlLsb = [0, 0.2, -0.3, 0, 0.45, 0, -0.1, 0.25];
    const found = sweepTransitions(new Adc({ ...threeBits, inlLsb }, 1));
    expect(found).toHaveLength(7);
    found.forEach((volts, k) => {
      expect(Math.abs(volts - (k + 0.5 + inlLsb[k + 1]!))).toBeLessThan(0.001);
    });
  });

  test('differential non-linearity is the width of each code, and cumulates to the integral one', () => {
    const dnlLsb = [0.2, -0.5, 0.3, 0, 0.1, -1, 0.4, 0];
    const inlLsb = [0, 0.2, -0.3, 0, 0, 0.1, -0.9, -0.5];
    const byWidth = new Adc({ ...threeBits, dnlLsb }, 1);
    const byShift = new Adc({ ...threeBits, inlLsb }, 1);
    expect(sweepTransitions(byWidth)).toEqual(sweepTransitions(byShift));
    const codes = Array.from({ length: 8_000 }, (_, k) => byWidth.code(k / 1000));
    for (let code = 1; code < 7; code++) {
      const width = codes.filter((found) => found === code).length / 1000;
      expect(Math.abs(width - (1 + dnlLsb[code]!))).toBeLessThan(0.0021);
    }
  });

  test('a table of zeros changes no code', () => {
    const zeros = new Adc({ ...threeBits, inlLsb: new Float64Array(8) }, 1);
    const halfWays = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5];
    expect(halfWays.map((volts) => zeros.code(volts))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(halfWays.map((volts) => new Adc(threeBits, 1).code(volts))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 8, noNaN: true }), (volts) => {
        expect(zeros.code(volts)).toBe(new Adc(threeBits, 1).code(volts));
      }),
    );
  });

  test('noise has the asked spread, and depends on channel and event only', () => {
    const adc = new Adc({ bits: 20, minVolts: -1, maxVolts: 1, noiseVolts: 0.01 }, 6);
    const sample = Array.from({ length: 10_000 }, (_, event) => adc.convert(0.25, 3, event).volts - 0.25);
    const variance = sample.reduce((sum, volts) => sum + volts ** 2, 0) / sample.length;
    expect(Math.abs(variance - 1e-4)).toBeLessThan(4 * 1e-4 * Math.sqrt(2 / sample.length));
    expect(adc.code(0.25, 3, 17)).toBe(adc.code(0.25, 3, 17));
    const others = [
      adc.code(0.25, 3, 18),
      adc.code(0.25, 4, 17),
      new Adc({ bits: 20, minVolts: -1, maxVolts: 1, noiseVolts: 0.01 }, 7).code(0.25, 3, 17),
    ];
    expect(others).not.toContain(adc.code(0.25, 3, 17));
  });
});

test.each<[string, Partial<AdcConfig>]>([
  ['adc.bits: found 3.5', { bits: 3.5 }],
  ['adc.maxVolts: found 0, expected more than minVolts, 0', { maxVolts: 0 }],
  ['adc.gainError: found NaN', { gainError: NaN }],
  ['adc.offsetVolts: found Infinity', { offsetVolts: Infinity }],
  ['adc.noiseVolts: found -1', { noiseVolts: -1 }],
  ['adc.inlLsb: found 2 entries, expected 8', { inlLsb: [0, 0] }],
  ['adc.inlLsb[0]: found 1, expected 0', { inlLsb: [1, 0, 0, 0, 0, 0, 0, 0] }],
  ['adc.inlLsb[2]: found a code of negative width', { inlLsb: [0, 0, 1.5, 0, 0, 0, 0, 0] }],
  ['adc.dnlLsb[3]: found a code of negative width', { dnlLsb: [0, 0, 0, -1.2, 0, 0, 0, 0] }],
  ['adc.dnlLsb: found both', { inlLsb: new Float64Array(8), dnlLsb: new Float64Array(8) }],
])('refuses %s', (message, change) => {
  const create = () => new Adc({ ...threeBits, ...change }, 1);
  expect(create).toThrow(ConfigError);
  expect(create).toThrow(message);
});

test('refuses an input that is not finite', () => {
  expect(() => new Adc(threeBits, 1).code(NaN)).toThrow(UsageError);
});
