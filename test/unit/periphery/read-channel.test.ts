import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import { ReadChannel, type ReadChannelConfig } from '../../../src/periphery/read-channel.ts';

const config: ReadChannelConfig = {
  transimpedance: { ranges: [{ gainOhms: 1e3 }, { gainOhms: 1e4 }, { gainOhms: 1e5 }], maxVolts: 2.5 },
  adc: { bits: 12, minVolts: -2, maxVolts: 2 },
  range: 'auto',
};

describe('a read channel', () => {
  const siemens = fc.double({ min: 1e-7, max: 9e-3, noNaN: true });
  const readVolts = fc.constantFrom(0.2, -0.2, 0.05);

  test('reports the conductance within half its resolution, for either polarity', () => {
    const channel = new ReadChannel(config, 1);
    fc.assert(
      fc.property(siemens, readVolts, (g, volts) => {
        const reading = channel.measure(g * volts, volts, 1e-6);
        const resolution = channel.resolution(volts, reading.range);
        expect(reading.clipped).toBe(false);
        expect(Math.abs(reading.conductance - g)).toBeLessThanOrEqual(0.500001 * resolution);
      }),
    );
  });

  test('chooses its gain by the window of the converter, not of the amplifier alone', () => {
    const channel = new ReadChannel(config, 1);
    expect(channel.measure(1.9e-5, 0.2, 1e-6).range).toBe(2);
    expect(channel.measure(2.2e-5, 0.2, 1e-6).range).toBe(1);
  });

  test('resolves one LSB over gain and read voltage', () => {
    const channel = new ReadChannel(config, 1);
    expect(channel.resolution(-0.2, 1)).toBeCloseTo(4 / 4095 / 1e4 / 0.2, 15);
  });

  test('flags what the converter or the amplifier clips', () => {
    const fixed = new ReadChannel({ ...config, range: 2 }, 1);
    const reading = fixed.measure(2.3e-5, 0.2, 1e-6);
    expect(reading.clipped).toBe(true);
    expect(reading.conductance).toBeCloseTo(2 / 1e5 / 0.2, 12);

    const wide = { ...config, adc: { bits: 12, minVolts: -5, maxVolts: 5 }, range: 2 } as const;
    const saturated = new ReadChannel(wide, 1).measure(1e-4, 0.2, 1e-6);
    expect(saturated.clipped).toBe(true);
    expect(saturated.conductance).toBeCloseTo(2.5 / 1e5 / 0.2, 6);
  });

  test('reads too little when the amplifier has no time to settle', () => {
    const channel = new ReadChannel(
      { ...config, transimpedance: { ranges: [{ gainOhms: 1e4, bandwidth: 1e6 }], maxVolts: 2.5 } },
      1,
    );
    const settled = 1 - Math.exp(-2 * Math.PI * 1e6 * 1e-7);
    const { conductance } = channel.measure(2e-5, 0.2, 1e-7);
    expect(Math.abs(conductance - 1e-4 * settled)).toBeLessThan(channel.resolution(0.2, 0));
  });

  test('passes its key on to the converter noise', () => {
    const channel = new ReadChannel({ ...config, adc: { ...config.adc, bits: 20, noiseVolts: 0.01 } }, 1);
    const code = channel.measure(1e-5, 0.2, 1e-6, 4, 9).code;
    expect(channel.measure(1e-5, 0.2, 1e-6, 4, 9).code).toBe(code);
    expect(channel.measure(1e-5, 0.2, 1e-6, 4, 10).code).not.toBe(code);
    expect(channel.measure(1e-5, 0.2, 1e-6, 5, 9).code).not.toBe(code);
  });

  test('refuses a range that the amplifier does not have, and a read without voltage', () => {
    expect(() => new ReadChannel({ ...config, range: 3 }, 1)).toThrow(ConfigError);
    expect(() => new ReadChannel({ ...config, range: 3 }, 1)).toThrow(
      "readChannel.range: found 3, expected 'auto' or an integer from 0 to 2",
    );
    expect(() => new ReadChannel(config, 1).measure(1e-6, 0, 1e-6)).toThrow(UsageError);
  });
});
