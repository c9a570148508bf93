import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../../../src/errors.ts';
import type { NeuronModel } from '../../../src/model/neuron-model.ts';
import { adaptiveLeakyIntegrateAndFire as alif } from '../../../src/periphery/neurons/adaptive-leaky-integrate-and-fire.ts';
import { integrateAndFire } from '../../../src/periphery/neurons/integrate-and-fire.ts';
import { izhikevich } from '../../../src/periphery/neurons/izhikevich.ts';
import { leakyIntegrateAndFire as lif } from '../../../src/periphery/neurons/leaky-integrate-and-fire.ts';
import { NeuronPopulation } from '../../../src/periphery/neurons/neuron-population.ts';
import { neuronTable } from '../../../src/periphery/neurons/table.ts';
import { RandomStream } from '../../../src/random.ts';

/** Steps at which one neuron spikes, counted from 1. */
function spikeSteps(
  model: NeuronModel,
  parameters: Readonly<Record<string, number>>,
  steps: number,
  input: (step: number) => number,
): number[] {
  const neuron = new NeuronPopulation({ model, parameters, count: 1 });
  const found: number[] = [];
  for (let step = 1; step <= steps; step++) {
    if (neuron.step(Float64Array.of(input(step))) === 1) {
      found.push(step);
    }
  }
  return found;
}

describe('LIF', () => {
  test('decays by beta a step', () => {
    const neuron = new NeuronPopulation({
      model: lif,
      parameters: { beta: 0.9, theta: 10, drop: 10 },
      count: 1,
    });
    neuron.step(Float64Array.of(3));
    for (let step = 1; step <= 50; step++) {
      neuron.step(Float64Array.of(0));
      expect(neuron.state('u')[0]! / (3 * 0.9 ** step)).toBeCloseTo(1, 13);
    }
  });

  test('without leak spikes as often as the threshold goes into the sum of its inputs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4095 }), fc.integer({ min: 1, max: 500 }), (part, steps) => {
        // Multiples of 2^-12 add up without rounding; a spike takes more than the threshold.
        const input = part / 4096;
        const spikes = spikeSteps(lif, { beta: 1, theta: 1, drop: 1 }, steps, () => input);
        expect(spikes).toHaveLength(Math.ceil(input * steps) - 1);
      }),
    );
  });

  test('with drop = theta / beta takes the threshold off one step later, as other frameworks do', () => {
    const [beta, theta] = [0.85, 1];
    const stream = new RandomStream(1, 'input');
    const expected: number[] = [];
    let [u, spiked] = [0, 0];
    for (let step = 1; step <= 2000; step++) {
      u = beta * u + stream.uniform(step, 0) - spiked * theta;
      spiked = u > theta ? 1 : 0;
      if (spiked === 1) {
        expected.push(step);
      }
    }
    expect(expected.length).toBeGreaterThan(500);
    const parameters = { beta, theta, drop: theta / beta };
    expect(spikeSteps(lif, parameters, 2000, (step) => stream.uniform(step, 0))).toEqual(expected);
  });
});

describe('the integrate-and-fire circuit', () => {
  const p = { ...integrateAndFire.typical, refractory: 0 };

  test('charges its capacitor as the differential equation does', () => {
    const amperes = 3e-9;
    const neuron = new NeuronPopulation({ model: integrateAndFire, parameters: p, count: 1 });
    const slope = (v: number): number => (amperes - p.leak * v) / p.capacitance;
    const h = p.step / 20;
    let v = 0;
    for (let step = 1; step <= 60; step++) {
      neuron.step(Float64Array.of(amperes));
      for (let part = 0; part < 20; part++) {
        const k1 = slope(v);
        const k2 = slope(v + (h / 2) * k1);
        const k3 = slope(v + (h / 2) * k2);
        v += (h / 6) * (k1 + 2 * k2 + 2 * k3 + slope(v + h * k3));
      }
      expect(neuron.state('v')[0]! / v).toBeCloseTo(1, 10);
    }
  });

  test.each([0, 1e-9, 1e-8])(
    'with a leak of %d S spikes at the interval of the closed form, refractory time and offset included',
    (leak) => {
      const parameters = { ...p, leak, offset: 0.03, refractory: 4e-6 };
      const threshold = 0.53;
      for (const amperes of [6.1e-9, 1.3e-8, 5.7e-8]) {
        const seconds =
          leak === 0
            ? (threshold * p.capacitance) / amperes
            : (-Math.log(1 - (threshold * leak) / amperes) * p.capacitance) / leak;
        const interval = Math.floor(seconds / p.step) + 1 + 4;
        const expected = Array.from({ length: 5 }, (_, k) => (k + 1) * interval - 4);
        expect(spikeSteps(integrateAndFire, parameters, 5 * interval - 4, () => amperes)).toEqual(expected);
      }
    },
  );

  test('is the discrete LIF neuron in other units', () => {
    const beta = Math.exp((-p.leak * p.step) / p.capacitance);
    const ohms = (1 - beta) / p.leak;
    const stream = new RandomStream(2, 'input');
    const amperes = (step: number): number => 3e-8 * stream.uniform(step, 0);
    const circuit = new NeuronPopulation({ model: integrateAndFire, parameters: p, count: 1 });
    const discrete = new NeuronPopulation({
      model: lif,
      parameters: { beta, theta: 100, drop: 0 },
      count: 1,
    });
    for (let step = 1; step <= 10; step++) {
      circuit.step(Float64Array.of(amperes(step)));
      discrete.step(Float64Array.of((ohms * amperes(step)) / p.threshold));
      expect(circuit.state('v')[0]! / (p.threshold * discrete.state('u')[0]!)).toBeCloseTo(1, 12);
    }
  });
});

describe('ALIF', () => {
  test('spikes when the published recurrence of e-prop does', () => {
    const { alpha, rho, theta, beta, refractory } = alif.typical;
    const stream = new RandomStream(3, 'input');
    const input = (step: number): number => 1.5 * stream.uniform(step, 0);
    const expected: number[] = [];
    let [v, a, spiked, last] = [0, 0, 0, -Infinity];
    for (let step = 1; step <= 3000; step++) {
      v = alpha * v + input(step) - spiked * theta;
      a = rho * a + spiked;
      spiked = v >= theta + beta * a && step - last > refractory ? 1 : 0;
      if (spiked === 1) {
        last = step;
        expected.push(step);
      }
    }
    const parameters = { ...alif.typical, drop: theta / alpha, jump: 1 / rho };
    expect(expected.length).toBeGreaterThan(200);
    expect(spikeSteps(alif, parameters, 3000, input)).toEqual(expected);
  });

  test('spikes less and less often under a constant input, at last at a steady rate', () => {
    const spikes = spikeSteps(alif, alif.typical, 2000, () => 0.5);
    const intervals = spikes.slice(1).map((step, index) => step - spikes[index]!);
    expect(intervals[0]).toBeLessThan(intervals[intervals.length - 1]!);
    expect(Math.max(...intervals.slice(-40)) - Math.min(...intervals.slice(-40))).toBeLessThanOrEqual(1);
    expect(Math.min(...intervals)).toBeGreaterThan(alif.typical.refractory);
  });
});

describe('Izhikevich', () => {
  /** Spike times in ms, from eqs. 1 to 3 in the units of the paper. */
  function published(
    ms: number,
    [a, b, c, d]: readonly number[],
    input: number,
    h: number,
    order: 1 | 4,
  ): number[] {
    const slopes = (v: number, u: number): [number, number] => [
      0.04 * v * v + 5 * v + 140 - u + input,
      a! * (b! * v - u),
    ];
    let [v, u] = [c!, b! * c!];
    const found: number[] = [];
    for (let step = 1; step * h <= ms + 1e-9; step++) {
      const [kv, ku] = slopes(v, u);
      if (order === 1) {
        [v, u] = [v + h * kv, u + h * ku];
      } else {
        const [lv, lu] = slopes(v + (h / 2) * kv, u + (h / 2) * ku);
        const [mv, mu] = slopes(v + (h / 2) * lv, u + (h / 2) * lu);
        const [nv, nu] = slopes(v + h * mv, u + h * mu);
        [v, u] = [v + (h / 6) * (kv + 2 * lv + 2 * mv + nv), u + (h / 6) * (ku + 2 * lu + 2 * mu + nu)];
      }
      if (v > 30) {
        [v, u] = [c!, u + d!];
        found.push(step * h);
      }
    }
    return found;
  }

  test.each([
    ['regular spiking', [0.02, 0.2, -65, 8]],
    ['fast spiking', [0.1, 0.2, -65, 2]],
    ['chattering', [0.02, 0.2, -50, 2]],
  ])('%s follows the published equations', (_, kind) => {
    const [a, b, c, d] = kind as [number, number, number, number];
    const parameters = { ...izhikevich.typical, a: 1e3 * a, b: 1e3 * b, c: 1e-3 * c, d };
    const times = spikeSteps(izhikevich, parameters, 5000, () => 10).map((step) => step / 10);
    const euler = published(500, kind, 10, 0.1, 1).map((time) => Math.round(time * 10) / 10);
    // Later spikes depend on the last bits, which the two units round differently.
    expect(times.slice(0, 20)).toEqual(euler.slice(0, 20));
    expect(Math.abs(times.length - euler.length)).toBeLessThanOrEqual(1);
    const continuous = published(500, kind, 10, 0.002, 4);
    expect(Math.abs(times.length - continuous.length)).toBeLessThanOrEqual(0.05 * continuous.length);
    expect(Math.abs(times[0]! - continuous[0]!)).toBeLessThanOrEqual(0.3);
  });
});

describe('a population', () => {
  const count = 20_000;

  test('is what docs/neurons.md shows', () => {
    const neurons = new NeuronPopulation({
      model: integrateAndFire,
      parameters: { ...integrateAndFire.typical, leak: 5e-9 },
      count: 10,
      mismatch: { offset: 5e-3, capacitance: 2e-14 },
      seed: 1,
    });
    expect(neurons.step(new Float64Array(10).fill(2e-8))).toBe(0);
    expect(neurons.spikes).toHaveLength(10);
    expect(new Set(neurons.state('v')).size).toBe(10);
    // 20 nA for 1 us into 1 pF.
    expect(Math.max(...neurons.state('v'))).toBeLessThan(0.022);
    expect(Math.min(...neurons.state('v'))).toBeGreaterThan(0.018);
  });

  test('without mismatch is as many times one neuron', () => {
    const neurons = new NeuronPopulation({
      model: lif,
      parameters: lif.typical,
      count: 3,
      mismatch: { theta: 0 },
      seed: 9,
    });
    expect(neurons.step(Float64Array.of(1.5, 0.5, 1.5))).toBe(2);
    expect([...neurons.spikes]).toEqual([1, 0, 1]);
    expect([...neurons.state('u')]).toEqual([0.5, 0.5, 0.5]);
    neurons.restart();
    expect([...neurons.state('u'), ...neurons.spikes]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('has the mismatch that was asked for, each parameter from a stream of its own', () => {
    const create = (mismatch: Record<string, number>): number[] => {
      const neurons = new NeuronPopulation({
        model: integrateAndFire,
        parameters: integrateAndFire.typical,
        count,
        mismatch,
        seed: 4,
      });
      return Array.from({ length: count }, (_, index) => neurons.parametersOf(index)['offset']!);
    };
    const offsets = create({ offset: 5e-3 });
    const mean = offsets.reduce((sum, value) => sum + value, 0) / count;
    const deviation = Math.sqrt(offsets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
    expect(Math.abs(mean)).toBeLessThan((4 * 5e-3) / Math.sqrt(count));
    expect(deviation / 5e-3).toBeCloseTo(1, 1);
    expect(create({ capacitance: 1e-14, offset: 5e-3 })).toEqual(offsets);
  });

  test('refuses what is not a population', () => {
    const options = { model: lif, parameters: lif.typical, count: 2 };
    expect(() => new NeuronPopulation({ ...options, count: 0 })).toThrow(
      /neurons\.count: found 0, expected an integer above 0/u,
    );
    expect(() => new NeuronPopulation({ ...options, parameters: { ...lif.typical, beta: 2 } })).toThrow(
      /neurons\.beta: found 2, expected 0 to 1/u,
    );
    expect(() => new NeuronPopulation({ ...options, mismatch: { leak: 1 } })).toThrow(ConfigError);
    expect(() => new NeuronPopulation({ ...options, mismatch: { beta: -1 } })).toThrow(ConfigError);
    expect(() => new NeuronPopulation(options).step(new Float64Array(3))).toThrow(
      /found 3 inputs, expected 2/u,
    );
    expect(() => new NeuronPopulation(options).state('v')).toThrow(/found state "v", expected one of u/u);
    expect(() => new NeuronPopulation(options).parametersOf(2)).toThrow(UsageError);
  });
});

test.each(Object.entries(neuronTable))(
  '%s of the table starts inside its ranges, with typical values inside theirs',
  async (name, entry) => {
    const model: NeuronModel = await entry.load();
    expect([model.name, model.title]).toEqual([name, entry.title]);
    for (const [parameter, { min, max }] of Object.entries(model.parameters)) {
      expect(model.typical[parameter]).toBeGreaterThanOrEqual(min);
      expect(model.typical[parameter]).toBeLessThanOrEqual(max);
    }
    for (const state of Object.values(model.states)) {
      const [least, most] = state.range(model.typical);
      expect(state.start(model.typical)).toBeGreaterThanOrEqual(least);
      expect(state.start(model.typical)).toBeLessThanOrEqual(most);
    }
  },
);
