import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Crossbar } from '../../../src/array/crossbar.ts';
import { UsageError } from '../../../src/errors.ts';
import { noVariability } from '../../../src/model/variability.ts';
import { CrossbarLayer } from '../../../src/network/crossbar-layer.ts';
import { differentialPair } from '../../../src/network/differential-pair.ts';
import { encodeLatency } from '../../../src/network/latency-encoder.ts';
import { createPspKernel, postsynapticPotential, type PspKernel } from '../../../src/network/psp-kernel.ts';
import type { SpikePattern } from '../../../src/network/spike-pattern.ts';
import { tempotronGradient, tempotronMaximum, tempotronVoltage } from '../../../src/network/tempotron.ts';
import { type LabelledPattern, trainTempotron } from '../../../src/network/train-tempotron.ts';
import { RandomStream } from '../../../src/random.ts';
import { resistor, resistorParameters } from '../array/fixture-models.ts';

const kernels = fc
  .tuple(fc.double({ min: 1e-3, max: 5e-2, noNaN: true }), fc.double({ min: 1.05, max: 20, noNaN: true }))
  .map(([tauSynapse, ratio]) => createPspKernel(ratio * tauSynapse, tauSynapse));

const cases = fc.integer({ min: 1, max: 5 }).chain((count) =>
  fc.record({
    kernel: kernels,
    weights: fc.float64Array({ min: -2, max: 2, noNaN: true, minLength: count, maxLength: count }),
    pattern: fc
      .array(fc.tuple(fc.nat(count - 1), fc.double({ min: 0, max: 0.2, noNaN: true })), { maxLength: 8 })
      .map((spikes): SpikePattern => ({
        inputs: Uint32Array.from(spikes, ([input]) => input),
        times: Float64Array.from(spikes, ([, time]) => time),
      })),
  }),
);

/** The membrane as two leaky stages, dI/dt = -I / tauSynapse and dV/dt = -V / tau + c I, by Euler steps. */
function integrated(
  { tau, tauSynapse, scale }: PspKernel,
  weights: Float64Array,
  { inputs, times }: SpikePattern,
  until: number,
): number {
  const steps = 200_000;
  const dt = until / steps;
  const arriving = new Float64Array(steps + 1);
  for (const [spike, time] of times.entries()) {
    arriving[Math.min(Math.round(time / dt), steps)]! += weights[inputs[spike]!]!;
  }
  const gain = scale * (1 / tauSynapse - 1 / tau);
  let current = 0;
  let voltage = 0;
  for (let step = 0; step < steps; step++) {
    current += arriving[step]!;
    voltage += dt * (gain * current - voltage / tau);
    current -= (dt * current) / tauSynapse;
  }
  return voltage;
}

describe('the kernel', () => {
  test('peaks with 1 at tau tauS ln(tau / tauS) / (tau - tauS)', () => {
    fc.assert(
      fc.property(kernels, (kernel) => {
        const { tau, tauSynapse, peak } = kernel;
        expect(peak / ((tau * tauSynapse * Math.log(tau / tauSynapse)) / (tau - tauSynapse))).toBeCloseTo(
          1,
          12,
        );
        expect(postsynapticPotential(kernel, peak)).toBeCloseTo(1, 9);
        for (const share of [0.01, 0.5, 0.9, 0.99, 1.01, 1.1, 2, 10]) {
          expect(postsynapticPotential(kernel, share * peak)).toBeLessThan(1);
        }
        expect(postsynapticPotential(kernel, -peak)).toBe(0);
      }),
    );
  });

  test.each([
    [5e-3, 5e-3],
    [5e-3, 20e-3],
    [20e-3, 0],
    [20e-3, -1e-3],
    [NaN, 5e-3],
    [Infinity, 5e-3],
  ])('of tau %d s and tauSynapse %d s is refused', (tau, tauSynapse) => {
    expect(() => createPspKernel(tau, tauSynapse)).toThrow(UsageError);
  });
});

describe('the membrane', () => {
  test('is the sum of the potentials of all spikes before', () => {
    fc.assert(
      fc.property(
        cases,
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        ({ kernel, weights, pattern }, time) => {
          const expected = [...pattern.times].reduce((sum, at, spike) => {
            const past = time - at;
            const decays = Math.exp(-past / kernel.tau) - Math.exp(-past / kernel.tauSynapse);
            return past < 0 ? sum : sum + weights[pattern.inputs[spike]!]! * kernel.scale * decays;
          }, 0);
          expect(tempotronVoltage(kernel, weights, pattern, time)).toBeCloseTo(expected, 10);
        },
      ),
    );
  });

  test('follows the differential equations of membrane and synaptic current', () => {
    const kernel = createPspKernel(20e-3, 5e-3);
    const weights = Float64Array.of(0.8, -1.1, 0.4);
    const pattern = { inputs: Uint32Array.of(2, 0, 1, 0), times: Float64Array.of(0.03, 0, 0.012, 0.025) };
    for (const until of [0.02, 0.04, 0.08]) {
      const expected = integrated(kernel, weights, pattern, until);
      expect(Math.abs(tempotronVoltage(kernel, weights, pattern, until) - expected)).toBeLessThan(2e-4);
    }
  });

  test('is nowhere above its maximum, and reaches it', () => {
    fc.assert(
      fc.property(cases, ({ kernel, weights, pattern }) => {
        const { time, voltage } = tempotronMaximum(kernel, weights, pattern);
        expect(voltage).toBeGreaterThanOrEqual(0);
        expect(tempotronVoltage(kernel, weights, pattern, time)).toBeCloseTo(voltage, 9);
        for (let step = 0; step <= 300; step++) {
          expect(tempotronVoltage(kernel, weights, pattern, step * 1e-3)).toBeLessThanOrEqual(voltage + 1e-9);
        }
      }),
      { numRuns: 60 },
    );
    expect(
      tempotronMaximum(createPspKernel(2, 1), Float64Array.of(-1), {
        inputs: Uint32Array.of(0),
        times: Float64Array.of(3),
      }),
    ).toEqual({ time: 3, voltage: 0 });
  });

  test('has its maximum where inhibition cuts a rise short, or at an early peak above a late one', () => {
    const kernel = createPspKernel(20e-3, 5e-3);
    const { peak } = kernel;
    const arrival = 0.8 * peak;
    const both = Uint32Array.of(0, 1);
    const cut = { inputs: both, times: Float64Array.of(0, arrival) };
    const risen = kernel.scale * (Math.exp(-arrival / 20e-3) - Math.exp(-arrival / 5e-3));
    const { time, voltage } = tempotronMaximum(kernel, Float64Array.of(1, -3), cut);
    expect(time).toBe(arrival);
    expect(voltage).toBeCloseTo(risen, 12);
    const apart = { inputs: both, times: Float64Array.of(0, 5 * peak) };
    const early = tempotronMaximum(kernel, Float64Array.of(1, 0.6), apart);
    expect(early.time).toBeCloseTo(peak, 12);
    expect(early.voltage).toBeCloseTo(1, 12);
  });

  test('has a maximum whose gradient is what finite differences say', () => {
    fc.assert(
      fc.property(cases, ({ kernel, weights, pattern }) => {
        const { time, voltage } = tempotronMaximum(kernel, weights, pattern);
        const gradient = new Float64Array(weights.length).fill(NaN);
        tempotronGradient(kernel, pattern, time, gradient);
        for (const input of weights.keys()) {
          const shifted = (by: number) =>
            tempotronMaximum(
              kernel,
              weights.map((weight, other) => (other === input ? weight + by : weight)),
              pattern,
            );
          const [up, down] = [shifted(1e-6), shifted(-1e-6)];
          // Where two peaks are as high, or the membrane rests, the maximum has no gradient.
          fc.pre(voltage > 1e-3 && Math.abs(up.time - down.time) < 1e-4 * kernel.tauSynapse);
          expect(gradient[input]).toBeCloseTo((up.voltage - down.voltage) / 2e-6, 4);
        }
      }),
    );
  });

  test('of spikes or weights that are none is refused', () => {
    const kernel = createPspKernel(20e-3, 5e-3);
    const one = { inputs: Uint32Array.of(0), times: Float64Array.of(0) };
    const maximum = (weight: number, pattern: SpikePattern) => () =>
      tempotronMaximum(kernel, Float64Array.of(weight), pattern);
    expect(maximum(NaN, one)).toThrow(UsageError);
    expect(maximum(1e308, one)).toThrow(/sum of \|weights\|/u);
    expect(maximum(1, { ...one, inputs: Uint32Array.of(1) })).toThrow(/spike 0 is of input 1/u);
    expect(maximum(1, { ...one, times: Float64Array.of(NaN) })).toThrow(/at NaN s/u);
    expect(maximum(1, { ...one, times: Float64Array.of(1, 2) })).toThrow(/1 inputs and 2 times/u);
  });
});

describe('training', () => {
  const inputs = 60;
  const kernel = createPspKernel(15e-3, 3.75e-3);
  const training = { kernel, threshold: 1, rate: 5e-3, epochs: 100 };
  const random = new RandomStream(11, 'tempotron');
  const samples = Array.from({ length: 40 }, (_, sample): LabelledPattern => {
    const values = Float64Array.from({ length: inputs }, (_, input) => random.uniform(input, sample));
    return { pattern: encodeLatency(values, 0.1), fires: sample % 2 === 0 };
  });
  const start = Float64Array.from({ length: inputs }, (_, input) => 0.1 + 0.1 * random.normal(input, 1e6));
  const wrongWith = (weights: Float64Array): number =>
    samples.filter(
      ({ pattern, fires }) =>
        tempotronMaximum(kernel, weights, pattern).voltage > training.threshold !== fires,
    ).length;

  test('learns random patterns of latencies to the last, and leaves the first weights alone', () => {
    const before = start.slice();
    const { weights, errors } = trainTempotron(training, start, samples);
    expect(start).toEqual(before);
    expect(errors[0]).toBeGreaterThan(10);
    expect(errors.at(-1)).toBe(0);
    expect(errors.length).toBeLessThanOrEqual(training.epochs);
    expect(wrongWith(weights)).toBe(0);
  });

  test('moves weights up for a missed pattern, down for a false spike, by lambda times the potentials', () => {
    const pattern = { inputs: Uint32Array.of(0, 1), times: Float64Array.of(0, 1) };
    const once = { ...training, rate: 0.1, epochs: 1 };
    const missed = trainTempotron(once, Float64Array.of(0.5, 0), [{ pattern, fires: true }]).weights;
    expect(missed[0]).toBeCloseTo(0.6, 9);
    expect(missed[1]).toBe(0);
    const excess = trainTempotron(once, Float64Array.of(1.5, 0), [{ pattern, fires: false }]).weights;
    expect(excess[0]).toBeCloseTo(1.4, 9);
    const right = trainTempotron(once, Float64Array.of(1.5, 0), [{ pattern, fires: true }]);
    expect(right).toEqual({ weights: Float64Array.of(1.5, 0), errors: [0] });
  });

  test('holds on synapses of 64 levels in pairs of cells that are read with noise', () => {
    const { weights } = trainTempotron(training, start, samples);
    const range = { min: 1e-5, max: 2e-4 };
    const read = (relative: number): Float64Array => {
      const mapped = differentialPair.map(weights, inputs, 1, range);
      const level = (range.max - range.min) / 63;
      const crossbar = new Crossbar({
        geometry: mapped.geometry,
        model: resistor,
        parameters: resistorParameters,
        variability: { ...noVariability, readNoise: { distribution: 'normal', relative } },
        seed: 3,
        readVolts: 0.2,
        initial: mapped.targets.map((target) => range.min + Math.round((target - range.min) / level) * level),
      });
      const layer = new CrossbarLayer({
        crossbar,
        layout: differentialPair,
        mapped,
        voltsPerUnit: 0.2,
        width: 1e-6,
        dacBits: 1,
        adcBits: 8,
        seed: 3,
      });
      return Float64Array.from({ length: inputs }, (_, input) => {
        const spike = new Float64Array(inputs);
        spike[input] = 1;
        return layer.outputs(spike)[0]!;
      });
    };
    expect(wrongWith(read(0))).toBe(0);
    expect(wrongWith(read(0.01))).toBe(0);
    expect(wrongWith(read(0.5))).toBeGreaterThan(5);
  });

  test.each([
    { threshold: 0 },
    { threshold: Infinity },
    { rate: -1 },
    { rate: NaN },
    { epochs: 0 },
    { epochs: 1.5 },
  ])('with %o is refused', (change) => {
    expect(() => trainTempotron({ ...training, ...change }, start, samples)).toThrow(UsageError);
  });
});
