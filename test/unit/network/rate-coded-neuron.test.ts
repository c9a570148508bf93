import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateCodedNeuron, type RateCodedNeuronOptions } from '../../../src/network/rate-coded-neuron.ts';
import { balancedThreshold, offsetThreshold, shiftPerStep } from '../../../src/network/spiking-conversion.ts';

const common = { steps: 4000, threshold: 10, seed: 1, stream: 'test' };

function neuronWith(weights: number[], options: Partial<RateCodedNeuronOptions> = {}, scatter?: number[]) {
  const neuron = new RateCodedNeuron({ ...common, inputs: weights.length, ...options });
  neuron.setWeights(
    Float64Array.from(weights),
    scatter === undefined ? undefined : Float64Array.from(scatter),
  );
  return neuron;
}

test('the rate is the weighted sum of the probabilities over the threshold', () => {
  const weights = Array.from({ length: 40 }, (_, k) => (k % 7) / 7);
  const input = Float64Array.from({ length: 40 }, (_, k) => (k % 11) / 11);
  const sum = weights.reduce((total, weight, k) => total + weight * input[k]!, 0);
  const variance = weights.reduce((total, weight, k) => total + weight ** 2 * input[k]! * (1 - input[k]!), 0);
  // Spikes lag the drive by less than one; the drive itself scatters.
  const error = (5 * Math.sqrt(variance / common.steps)) / common.threshold + 1 / common.steps;
  expect(Math.abs(neuronWith(weights).rate(input, 0) - sum / common.threshold)).toBeLessThan(error);
});

test('a spike train is a function of seed, stream and sample', () => {
  const input = Float64Array.of(0.3, 0.6);
  const rate = (options: Partial<RateCodedNeuronOptions>, sample: number): number =>
    neuronWith([1, 0.4], { threshold: 1, steps: 1000, ...options }).rate(input, sample);
  expect(rate({}, 3)).toBe(rate({}, 3));
  const others = [rate({}, 4), rate({ seed: 2 }, 3), rate({ stream: 'other' }, 3)];
  expect(others.some((other) => other !== rate({}, 3))).toBe(true);
});

test('probabilities of 0 and 1, and weights without an input, are what they say', () => {
  expect(neuronWith([1, 1]).rate(Float64Array.of(0, 0), 0)).toBe(0);
  expect(neuronWith([1], { threshold: 0.5 }).rate(Float64Array.of(1), 0)).toBeGreaterThan(0.999);
});

test('scatter of nothing changes no bit, and real scatter keeps the mean', () => {
  const weights = [0.5, 0.4, 0.6];
  const input = Float64Array.of(0.9, 0.8, 0.7);
  const still = neuronWith(weights, { threshold: 2 }).rate(input, 0);
  expect(neuronWith(weights, { threshold: 2 }, [0, 0, 0]).rate(input, 0)).toBe(still);
  const scattered = neuronWith(weights, { threshold: 2 }, [0.3, 0.3, 0.3]).rate(input, 0);
  expect(scattered).not.toBe(still);
  expect(Math.abs(scattered - still)).toBeLessThan(0.01);
});

test('scattered weights are held in 0 to 1', () => {
  // A weight of 1 that scatters by 1 is 3/4 on average when it is held, 1 when it is not.
  const rate = neuronWith([1], { threshold: 2, steps: 20_000 }, [1]).rate(Float64Array.of(1), 0);
  expect(rate).toBeCloseTo(0.75 / 2, 2);
});

describe('conversion', () => {
  test('the identity of Deng and Gu: with the shift, a constant input a is reported as theta floor(T a / theta + 1/2) / T', () => {
    const threshold = 8;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8191 }),
        fc.integer({ min: 0, max: 7 }),
        (numerator, exponent) => {
          const steps = 2 ** exponent;
          const activation = (numerator * threshold) / 8192;
          const exact = (steps * activation) / threshold + 0.5;
          // On the border between two counts, the neuron of the study (v > theta) and that of the identity (v >= theta) differ.
          fc.pre(!Number.isInteger(exact));
          const bias = activation + shiftPerStep(threshold, steps);
          const reported =
            threshold * neuronWith([0], { threshold, steps, bias }).rate(Float64Array.of(0), 0);
          expect(reported).toBe((threshold * Math.floor(exact)) / steps);
          expect(Math.abs(reported - activation)).toBeLessThanOrEqual(threshold / (2 * steps));
        },
      ),
    );
  });

  test('without the shift the report is rounded down: its error is up to theta / T', () => {
    const rate = neuronWith([0], { threshold: 8, steps: 4, bias: 3.9 }).rate(Float64Array.of(0), 0);
    expect(8 * rate).toBe(2);
  });

  test('thresholds from the offset and from data', () => {
    expect(offsetThreshold(25)).toBe(50);
    const activations = Float64Array.from({ length: 1000 }, (_, k) => (k * 7919) % 1000);
    expect(balancedThreshold(activations)).toBe(998);
    expect(balancedThreshold(activations, 1)).toBe(999);
    expect(balancedThreshold(activations, 0.5)).toBe(499);
  });
});
