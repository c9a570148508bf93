import { describe, expect, test } from 'vitest';
import { biasSchemes } from '../../../src/array/bias.ts';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { CellParameters } from '../../../src/array/device-spread.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { ConfigError, ModelDomainError } from '../../../src/errors.ts';
import { noVariability, type Spread } from '../../../src/model/variability.ts';
import { relaxing, relaxingParameters } from './fixture-models.ts';
import { describeSample } from './statistics.ts';

const cells = 20_000;

function draw(spreads: Readonly<Record<string, Spread>>, seed = 3): CellParameters {
  return new CellParameters(relaxing.parameters, relaxingParameters, spreads, cells, seed);
}

function column(parameters: CellParameters, name: string): number[] {
  return Array.from({ length: cells }, (_, index) => parameters.at(index)[name]!);
}

describe('parameters of the cells', () => {
  test.each([
    { distribution: 'normal', relative: 0.1, variance: 0.01 },
    { distribution: 'log-normal', relative: 0.3, variance: 0.09 },
    { distribution: 'uniform', relative: 0.3, variance: 0.03 },
  ] as const)('scatter with a $distribution spread around the published value', (spread) => {
    const factors = column(draw({ middle: spread }), 'middle').map((value) => value / 10_000);
    const { mean, variance, meanError, varianceError } = describeSample(factors);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * meanError);
    expect(Math.abs(variance - spread.variance)).toBeLessThan(4 * varianceError);
  });

  test('a uniform spread stays inside its half width, and its logarithm is what a log-normal spreads', () => {
    const uniform = column(draw({ middle: { distribution: 'uniform', relative: 0.3 } }), 'middle');
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(7_000);
    expect(Math.max(...uniform)).toBeLessThanOrEqual(13_000);
    const logarithms = column(draw({ middle: { distribution: 'log-normal', relative: 0.3 } }), 'middle').map(
      (value) => Math.log(value / 10_000),
    );
    const { mean, variance, meanError, varianceError } = describeSample(logarithms);
    expect(Math.abs(variance - Math.log(1.09))).toBeLessThan(4 * varianceError);
    expect(Math.abs(mean + Math.log(1.09) / 2)).toBeLessThan(4 * meanError);
  });

  test('are the published object itself without a spread, or with one of zero', () => {
    expect(draw({}).at(7)).toBe(relaxingParameters);
    expect(draw({ middle: { distribution: 'normal', relative: 0 } }).at(7)).toBe(relaxingParameters);
  });

  test('do not change when another parameter gets a spread', () => {
    const middle = { distribution: 'normal', relative: 0.1 } as const;
    const alone = column(draw({ middle }), 'middle');
    const together = draw({ speed: { distribution: 'log-normal', relative: 1 }, middle });
    expect(column(together, 'middle')).toEqual(alone);
    expect(together.at(5)['rMin']).toBe(2_000);
  });

  test('are independent from parameter to parameter and from cell to cell', () => {
    const spread = { distribution: 'normal', relative: 0.1 } as const;
    const parameters = draw({ middle: spread, rMin: spread });
    const middles = column(parameters, 'middle').map((value) => value / 10_000 - 1);
    const bounds = column(parameters, 'rMin').map((value) => value / 2_000 - 1);
    const pairs = [
      middles.map((value, index) => value * bounds[index]!),
      middles.slice(1).map((value, index) => value * middles[index]!),
    ];
    for (const products of pairs) {
      const { mean, meanError } = describeSample(products);
      expect(Math.abs(mean)).toBeLessThan(4 * meanError);
    }
  });

  test('do not depend on the order of visits', () => {
    const parameters = draw({ middle: { distribution: 'normal', relative: 0.1 } });
    const late = parameters.at(19_999)['middle'];
    parameters.at(4);
    expect(parameters.at(19_999)['middle']).toBe(late);
    expect({ ...parameters.at(19_999) }).toEqual({ ...relaxingParameters, middle: late });
  });

  test('stay in the plausible range of the model and keep their sign', () => {
    const wide = { distribution: 'normal', relative: 5 } as const;
    const parameters = draw({ middle: wide, slope: wide });
    const middles = column(parameters, 'middle');
    expect(Math.min(...middles)).toBe(relaxing.parameters.middle.min);
    expect(Math.max(...middles)).toBeLessThanOrEqual(relaxing.parameters.middle.max);
    expect(Math.min(...column(parameters, 'slope'))).toBe(40);
  });

  test('refuse a parameter that the model does not have, and an amplitude that is not one', () => {
    const normal = { distribution: 'normal', relative: 0.1 } as const;
    expect(() => draw({ midle: normal })).toThrow(ConfigError);
    expect(() => draw({ midle: normal })).toThrow(
      /deviceToDevice names "midle", the model has speed, middle/u,
    );
    for (const relative of [-0.1, NaN, Infinity]) {
      expect(() => draw({ middle: { ...normal, relative } })).toThrow(/deviceToDevice\.middle\.relative is/u);
    }
    const { rMin: _missing, ...rest } = relaxingParameters;
    expect(() => new CellParameters(relaxing.parameters, rest, {}, 1, 1)).toThrow(/"rMin" is undefined/u);
  });
});

describe('an array with a spread', () => {
  const options = {
    geometry: createGeometry(20, 20),
    model: relaxing,
    parameters: relaxingParameters,
    seed: 3,
    readVolts: 0.2,
    initial: { mean: 1e-4, spread: { distribution: 'normal', relative: 0 } },
  } as const;

  test('moves every cell by its own parameters', () => {
    const spread = { distribution: 'normal', relative: 0.1 } as const;
    const crossbar = new Crossbar({
      ...options,
      variability: { ...noVariability, deviceToDevice: { middle: spread } },
    });
    const parameters = new CellParameters(
      relaxing.parameters,
      relaxingParameters,
      { middle: spread },
      400,
      3,
    );
    crossbar.pulse({ word: 3, bit: 4 }, 1, 1e-5, biasSchemes.half);
    const states = crossbar.states();
    for (const [index, volts] of [
      [64, 1],
      [60, 0.5],
      [4, 0.5],
    ] as const) {
      const target = parameters.at(index)['middle']! - 4_000 * volts;
      const expected = target + (10_000 - target) * Math.exp(-1e5 * volts ** 2 * 1e-5);
      expect(states[index]).toBeCloseTo(expected, 8);
    }
  });

  test('refuses a spread that leaves a cell no range of states, and names the cell', () => {
    const variability = {
      ...noVariability,
      deviceToDevice: { rMax: { distribution: 'normal', relative: 1 } },
    } as const;
    expect(() => new Crossbar({ ...options, variability })).toThrow(ModelDomainError);
    expect(() => new Crossbar({ ...options, variability })).toThrow(
      /cell w\d+ b\d+: its parameters bound R/u,
    );
  });
});
