import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Crossbar, type CrossbarOptions } from '../../../src/array/crossbar.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { ModelDomainError, UsageError } from '../../../src/errors.ts';
import { noVariability } from '../../../src/model/variability.ts';
import { relaxing, relaxingParameters, resistorParameters, superlinear } from './fixture-models.ts';
import { describeSample } from './statistics.ts';

function createArray(initial: CrossbarOptions['initial'], options: Partial<CrossbarOptions> = {}): Crossbar {
  return new Crossbar({
    geometry: createGeometry(2, 2),
    model: relaxing,
    parameters: relaxingParameters,
    variability: noVariability,
    seed: 9,
    readVolts: 0.2,
    initial,
    ...options,
  });
}

describe('initial conductances', () => {
  test('are those that were given, at the read voltage', () => {
    const siemens = fc.double({ min: 5e-5, max: 5e-4, noNaN: true });
    fc.assert(
      fc.property(fc.array(siemens, { minLength: 4, maxLength: 4 }), (given) => {
        const linear = createArray(Float64Array.from(given));
        const bent = createArray(Float64Array.from(given), {
          model: superlinear,
          parameters: resistorParameters,
        });
        given.forEach((conductance, index) => {
          expect(linear.conductances()[index]! / conductance).toBeCloseTo(1, 14);
          expect(bent.conductances()[index]! / conductance).toBeCloseTo(1, 14);
        });
      }),
    );
  });

  test('are drawn around a mean and held in the range of the device', () => {
    const geometry = createGeometry(100, 100);
    const narrow = createArray(
      { mean: 1e-4, spread: { distribution: 'normal', relative: 0.1 } },
      { geometry },
    );
    const { mean, variance, meanError, varianceError } = describeSample(
      [...narrow.conductances()].map((conductance) => conductance / 1e-4),
    );
    expect(Math.abs(mean - 1)).toBeLessThan(4 * meanError);
    expect(Math.abs(variance - 0.01)).toBeLessThan(4 * varianceError);

    const wide = createArray({ mean: 1e-4, spread: { distribution: 'normal', relative: 4 } }, { geometry });
    const conductances = [...wide.conductances()];
    expect(Math.min(...conductances)).toBe(1 / 20_000);
    expect(Math.max(...conductances)).toBe(1 / 2_000);
  });

  test('start at the nearest end where the cell itself has less range than the published device', () => {
    const variability = {
      ...noVariability,
      deviceToDevice: { rMax: { distribution: 'uniform', relative: 0.3 } },
    } as const;
    const geometry = createGeometry(10, 10);
    const crossbar = createArray(new Float64Array(100).fill(1 / 20_000), { variability, geometry });
    const ohms = [...crossbar.states()];
    expect(Math.max(...ohms)).toBeCloseTo(20_000, 6);
    expect(Math.min(...ohms)).toBeGreaterThanOrEqual(14_000);
    expect(Math.min(...ohms)).toBeLessThan(19_000);
  });

  test('are refused outside what the published device takes', () => {
    for (const outside of [1e-5, 1e-3, 0, -1e-4, NaN, Infinity]) {
      const given = Float64Array.of(1e-4, 1e-4, outside, 1e-4);
      expect(() => createArray(given)).toThrow(ModelDomainError);
      expect(() => createArray(given)).toThrow(
        /cell w1 b0: found .* S, relaxing takes 0\.00005 to 0\.0005 S/u,
      );
      expect(() => createArray({ mean: outside, spread: { distribution: 'normal', relative: 0 } })).toThrow(
        ModelDomainError,
      );
    }
  });

  test('are refused in another number than there are cells', () => {
    expect(() => createArray(new Float64Array(3).fill(1e-4))).toThrow(UsageError);
    expect(() => createArray(new Float64Array(3).fill(1e-4))).toThrow(/found 3, expected 2 x 2/u);
  });
});
