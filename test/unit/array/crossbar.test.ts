import { describe, expect, test } from 'vitest';
import { type BiasFrame, biasSchemes } from '../../../src/array/bias.ts';
import { Crossbar, type CrossbarOptions } from '../../../src/array/crossbar.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { placeFaults } from '../../../src/array/faults.ts';
import { idealWires, type LineNetwork } from '../../../src/array/line-network.ts';
import { SolverError, UsageError } from '../../../src/errors.ts';
import type { DeviceModel } from '../../../src/model/device-model.ts';
import { noVariability, type Variability } from '../../../src/model/variability.ts';
import { relaxing, relaxingParameters, resistor, resistorParameters, superlinear } from './fixture-models.ts';
import { describeSample } from './statistics.ts';

function createArray(wordLines: number, bitLines: number, options: Partial<CrossbarOptions> = {}): Crossbar {
  return new Crossbar({
    geometry: createGeometry(wordLines, bitLines),
    model: relaxing,
    parameters: relaxingParameters,
    variability: noVariability,
    seed: 5,
    readVolts: 0.2,
    initial: { mean: 1e-4, spread: { distribution: 'normal', relative: 0 } },
    ...options,
  });
}

/** Resistance of the relaxing device after a pulse, written out by hand. */
function relaxed(ohms: number, volts: number, seconds: number): number {
  const target = 10_000 - 4_000 * volts;
  return target + (ohms - target) * Math.exp(-1e5 * volts ** 2 * seconds);
}

function uniformFrame(wordLines: number, bitLines: number, volts: number): BiasFrame {
  return { wordVolts: new Float64Array(wordLines).fill(volts), bitVolts: new Float64Array(bitLines) };
}

function withVariability(changes: Partial<Variability>): Variability {
  return { ...noVariability, ...changes };
}

const cell = { word: 1, bit: 2 };

describe('pulse and read', () => {
  test('move the selected cell and its half-selected neighbours by the closed form', () => {
    const crossbar = createArray(3, 4);
    crossbar.pulse(cell, 1.2, 1e-6, biasSchemes.half);
    const states = crossbar.states();
    expect(states[6]).toBeCloseTo(relaxed(10_000, 1.2, 1e-6), 8);
    expect(states[4]).toBeCloseTo(relaxed(10_000, 0.6, 1e-6), 8);
    expect(states[2]).toBe(states[4]);
    expect(states[0]).toBe(10_000);
  });

  test('a read disturbs, and finds the conductance as it is afterwards', () => {
    const crossbar = createArray(3, 4);
    const amperes = crossbar.read(cell, 0.2, 1e-3, biasSchemes.grounded);
    expect(crossbar.conductanceOf(cell)).toBeCloseTo(1 / relaxed(10_000, 0.2, 1e-3), 14);
    expect(amperes / 0.2).toBe(crossbar.conductanceOf(cell));
    expect(crossbar.conductanceOf({ word: 1, bit: 0 })).toBe(crossbar.conductanceOf(cell));
    expect(crossbar.conductanceOf({ word: 0, bit: 2 })).toBe(1e-4);
  });

  test('sense finds I = G^T V as it is afterwards', () => {
    const crossbar = createArray(3, 2, {
      initial: Float64Array.of(60e-6, 70e-6, 80e-6, 90e-6, 100e-6, 110e-6),
    });
    const wordVolts = Float64Array.of(0.1, -0.2, 0.05);
    const bitVolts = Float64Array.of(0, 0.02);
    const currents = crossbar.sense({ wordVolts, bitVolts }, 1e-4);
    const g = crossbar.conductances();
    for (const bit of [0, 1]) {
      const sum = [0, 1, 2].reduce(
        (total, word) => total + g[word * 2 + bit]! * (wordVolts[word]! - bitVolts[bit]!),
        0,
      );
      expect(currents[bit]).toBeCloseTo(sum, 18);
    }
  });

  test('conductances are read at the voltage that is asked for', () => {
    const crossbar = createArray(2, 2, {
      model: superlinear,
      parameters: resistorParameters,
      readVolts: 0.1,
    });
    expect(crossbar.conductances()[0]).toBeCloseTo(1e-4, 18);
    const ratio = Math.sinh(1.5) / 1.5 / (Math.sinh(0.3) / 0.3);
    expect(crossbar.conductances(0.5)[3]! / 1e-4).toBeCloseTo(ratio, 12);
  });
});

describe('random layers', () => {
  const silent: Variability = {
    deviceToDevice: { middle: { distribution: 'log-normal', relative: 0 } },
    cycleToCycle: 0,
    readNoise: { distribution: 'uniform', relative: 0 },
    stuck: { high: 0, low: 0 },
  };
  const loud: Variability = {
    deviceToDevice: { middle: { distribution: 'log-normal', relative: 0.1 } },
    cycleToCycle: 0.2,
    readNoise: { distribution: 'normal', relative: 0.05 },
    stuck: { high: 0.1, low: 0.1 },
  };

  function runs(variability: Variability, seed = 5): Float64Array {
    const crossbar = createArray(4, 4, { variability, seed });
    crossbar.pulse(cell, 1.1, 1e-6, biasSchemes.half);
    crossbar.frame({ wordVolts: Float64Array.of(1, 0.5, 0, -1), bitVolts: new Float64Array(4) }, 1e-6);
    const amperes = crossbar.read(cell, 0.2, 1e-6, biasSchemes.half);
    const currents = crossbar.sense(uniformFrame(4, 4, 0.1), 1e-6);
    return Float64Array.of(...crossbar.states(), amperes, ...currents);
  }

  test('of zero amplitude change no bit', () => {
    expect(runs(silent)).toEqual(runs(noVariability));
  });

  test('give the same bits for the same seed, and others for another', () => {
    expect(runs(loud)).toEqual(runs(loud));
    expect(runs(loud, 6)).not.toEqual(runs(loud));
  });

  test('do not depend on what was done to other cells before', () => {
    const options: Partial<CrossbarOptions> = {
      model: resistor,
      parameters: resistorParameters,
      variability: withVariability({ readNoise: { distribution: 'normal', relative: 0.1 } }),
    };
    const one = createArray(4, 4, options);
    const other = createArray(4, 4, options);
    one.read({ word: 0, bit: 0 }, 0.2, 1e-6, biasSchemes.half);
    other.pulse({ word: 3, bit: 1 }, 0.2, 1e-6, biasSchemes.half);
    expect(one.read(cell, 0.2, 1e-6, biasSchemes.half)).toBe(other.read(cell, 0.2, 1e-6, biasSchemes.half));
  });

  test('leave each other alone: read noise changes no state', () => {
    const quiet = createArray(4, 4, { variability: withVariability({ cycleToCycle: 0.3 }) });
    const noisy = createArray(4, 4, {
      variability: withVariability({
        cycleToCycle: 0.3,
        readNoise: { distribution: 'log-normal', relative: 0.3 },
      }),
    });
    for (const crossbar of [quiet, noisy]) {
      crossbar.read(cell, 0.2, 1e-6, biasSchemes.half);
      crossbar.pulse(cell, 1, 1e-6, biasSchemes.half);
    }
    expect(noisy.states()).toEqual(quiet.states());
  });

  test('cycle-to-cycle spread multiplies the change of written cells by 1 + s xi', () => {
    const crossbar = createArray(100, 100, { variability: withVariability({ cycleToCycle: 0.2 }) });
    crossbar.frame(uniformFrame(100, 100, 1), 1e-6);
    const mean = relaxed(10_000, 1, 1e-6) - 10_000;
    const factors = [...crossbar.states()].map((ohms) => (ohms - 10_000) / mean);
    const { mean: centre, variance, meanError, varianceError } = describeSample(factors);
    expect(Math.abs(centre - 1)).toBeLessThan(4 * meanError);
    expect(Math.abs(variance - 0.04)).toBeLessThan(4 * varianceError);
  });

  test('cycle-to-cycle spread leaves victims and reads at the mean', () => {
    const crossbar = createArray(3, 4, { variability: withVariability({ cycleToCycle: 0.2 }) });
    crossbar.pulse(cell, 1.2, 1e-6, biasSchemes.half);
    const states = crossbar.states();
    expect(states[6]).not.toBeCloseTo(relaxed(10_000, 1.2, 1e-6), 3);
    expect(states[4]).toBeCloseTo(relaxed(10_000, 0.6, 1e-6), 8);

    const fresh = createArray(3, 4, { variability: withVariability({ cycleToCycle: 0.2 }) });
    fresh.read(cell, 0.2, 1e-3, biasSchemes.half);
    expect(fresh.states()[6]).toBeCloseTo(relaxed(10_000, 0.2, 1e-3), 8);
  });

  test('cycle-to-cycle spread never takes a state out of its bounds', () => {
    const crossbar = createArray(50, 50, { variability: withVariability({ cycleToCycle: 50 }) });
    crossbar.frame(uniformFrame(50, 50, 1.5), 1e-5);
    const states = [...crossbar.states()];
    expect(Math.min(...states)).toBe(2_000);
    expect(Math.max(...states)).toBe(20_000);
  });

  test('read noise has the asked mean and spread', () => {
    const crossbar = createArray(1, 1, {
      model: resistor,
      parameters: resistorParameters,
      variability: withVariability({ readNoise: { distribution: 'normal', relative: 0.03 } }),
    });
    const sample = Array.from(
      { length: 10_000 },
      () => crossbar.read({ word: 0, bit: 0 }, 0.2, 1e-6, biasSchemes.half) / 0.2 / 1e-4,
    );
    const { mean, variance, meanError, varianceError } = describeSample(sample);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * meanError);
    expect(Math.abs(variance - 0.03 ** 2)).toBeLessThan(4 * varianceError);
  });
});

describe('stuck cells', () => {
  test.each([
    { model: relaxing, parameters: relaxingParameters, high: 1 / 2_000, low: 1 / 20_000 },
    { model: resistor, parameters: resistorParameters, high: 1e-3, low: 1e-6 },
  ])('of a $model.name sit at the ends of the conductance and answer no pulse', (device) => {
    const crossbar = createArray(2, 2, {
      ...device,
      faults: placeFaults(createGeometry(2, 2), { high: [{ word: 0, bit: 1 }], low: [{ word: 1, bit: 0 }] }),
    });
    for (const volts of [1.5, -1.5]) {
      crossbar.pulse({ word: 0, bit: 1 }, volts, 1e-3, biasSchemes.half);
      crossbar.frame(uniformFrame(2, 2, volts), 1e-3);
      expect(crossbar.conductanceOf({ word: 0, bit: 1 })).toBeCloseTo(device.high, 15);
      expect(crossbar.conductanceOf({ word: 1, bit: 0 })).toBeCloseTo(device.low, 15);
    }
    expect(crossbar.faultOf({ word: 0, bit: 1 })).toBe('stuck-high');
    expect(crossbar.faultOf({ word: 1, bit: 0 })).toBe('stuck-low');
    expect(crossbar.faultOf({ word: 0, bit: 0 })).toBe('none');
  });
});

describe('a network that is not ideal', () => {
  /** Everything arrives at half its voltage. */
  const halving: LineNetwork = {
    name: 'halving',
    ideal: false,
    resistance: 0,
    solve(frame, cells, out) {
      const halved = {
        wordVolts: frame.wordVolts.map((volts) => volts / 2),
        bitVolts: frame.bitVolts.map((volts) => volts / 2),
      };
      idealWires.solve(halved, cells, out);
    },
  };

  test('decides what pulses, reads and frames do to the cells', () => {
    const halved = createArray(3, 4, { network: halving });
    const ideal = createArray(3, 4);
    halved.pulse(cell, 2, 1e-6, biasSchemes.third);
    ideal.pulse(cell, 1, 1e-6, biasSchemes.third);
    expect(halved.ledger.last().joules / ideal.ledger.last().joules).toBeCloseTo(1, 12);
    expect(halved.read(cell, 0.4, 1e-4, biasSchemes.half)).toBe(
      ideal.read(cell, 0.2, 1e-4, biasSchemes.half),
    );
    const half = halved.ledger.last().halfSelectJoules;
    expect(half / ideal.ledger.last().halfSelectJoules).toBeCloseTo(1, 12);
    expect(halved.sense(uniformFrame(3, 4, 0.2), 1e-4)).toEqual(ideal.sense(uniformFrame(3, 4, 0.1), 1e-4));
    expect(halved.states()).toEqual(ideal.states());
  });
});

describe('bad input', () => {
  const crossbar = createArray(2, 3);
  const { half } = biasSchemes;

  test.each([
    ['a cell outside', () => crossbar.pulse({ word: 2, bit: 0 }, 1, 1e-6, half), /w2 b0 is outside 2 x 3/u],
    ['a cell between', () => crossbar.conductanceOf({ word: 0.5, bit: 0 }), /outside 2 x 3/u],
    ['no voltage', () => crossbar.read({ word: 0, bit: 0 }, NaN, 1e-6, half), /found NaN V/u],
    ['a negative width', () => crossbar.pulse({ word: 0, bit: 0 }, 1, -1e-9, half), /width of -1e-9 s/u],
    ['an endless wait', () => crossbar.wait(Infinity), /width of Infinity s/u],
    [
      'a frame of another size',
      () => crossbar.frame(uniformFrame(3, 3, 1), 1e-6),
      /found 3 word-line voltages, expected 2/u,
    ],
    ['an infinite line', () => crossbar.sense(uniformFrame(2, 3, Infinity), 1e-6), /found Infinity V/u],
    ['no read voltage', () => createArray(2, 2, { readVolts: 0 }), /readVolts is 0 V/u],
    [
      'faults of another size',
      () => createArray(2, 2, { faults: new Uint8Array(3) }),
      /found 3 faults, expected 4/u,
    ],
  ])('%s is one usage error, and nothing moves', (_name, act, message) => {
    const before = crossbar.states();
    expect(act).toThrow(UsageError);
    expect(act).toThrow(message);
    expect(crossbar.states()).toEqual(before);
    expect(crossbar.events).toBe(0);
  });

  const broken: Pick<DeviceModel, 'advance' | 'current'>[] = [
    { ...relaxing, current: (v, x) => (Math.abs(v) === 0.5 ? NaN : v / x) },
    { ...relaxing, advance: (v, x) => (Math.abs(v) === 0.5 ? NaN : x) },
    { ...relaxing, current: (v, x) => (v === 1 ? Infinity : v / x) },
    { ...relaxing, advance: (v, x) => (v === 1 ? NaN : x) },
  ];

  test.each(broken)('a state or current that is not finite is a solver error', (part) => {
    const array = createArray(3, 3, { model: { ...relaxing, ...part } });
    expect(() => array.pulse({ word: 1, bit: 1 }, 1, 1e-6, half)).toThrow(SolverError);
  });
});
