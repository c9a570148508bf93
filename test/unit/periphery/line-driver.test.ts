import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import { LineDriver } from '../../../src/periphery/line-driver.ts';

const dac = { bits: 12, minVolts: -2.048, maxVolts: 2.047 };

describe('a line driver', () => {
  test('gives the voltage of the nearest code less the drop over its resistance', () => {
    const driver = new LineDriver({ dac, outputOhms: 50 });
    expect(driver.drive(0.5004)).toBeCloseTo(0.5, 14);
    expect(driver.drive(0.5004, 2e-3)).toBeCloseTo(0.4, 14);
    expect(driver.drive(-0.5, -2e-3)).toBeCloseTo(-0.4, 14);
    expect(driver.drive(0)).toBe(0);
  });

  test('carries the errors of its converter', () => {
    const driver = new LineDriver({ dac: { ...dac, gainError: 0.01, offsetVolts: 0.002 }, outputOhms: 0 });
    expect(driver.drive(1)).toBeCloseTo(1.012, 14);
  });

  test('refuses what its converter would clip', () => {
    const driver = new LineDriver({ dac, outputOhms: 0 });
    expect(() => driver.drive(2.5)).toThrow(UsageError);
    expect(() => driver.drive(2.5)).toThrow(/asked for 2.5 V, its range is -2.048 V to 2.047 V/u);
    expect(() => driver.drive(NaN)).toThrow(UsageError);
  });

  test('refuses a resistance that is none', () => {
    expect(() => new LineDriver({ dac, outputOhms: -1 })).toThrow(ConfigError);
    expect(() => new LineDriver({ dac, outputOhms: NaN })).toThrow(/driver.outputOhms: found NaN/u);
  });
});
