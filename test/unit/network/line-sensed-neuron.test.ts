import { expect, test } from 'vitest';
import { createGeometry } from '../../../src/array/geometry.ts';
import { BitLineConverter } from '../../../src/network/bit-line-converter.ts';
import { LineSensedNeuron } from '../../../src/network/line-sensed-neuron.ts';
import { RateCodedNeuron } from '../../../src/network/rate-coded-neuron.ts';
import { conductancesToUnitWeights, unitWeightScatter } from '../../../src/network/unit-weights.ts';
import { RandomStream } from '../../../src/random.ts';

const range = { min: 5e-5, max: 4.5e-4 };
const common = { steps: 2000, seed: 1, stream: 'test' };
const random = new RandomStream(2, 'cells');

test.each([0, 0.05])(
  'with a fine converter and read noise %f it counts what the neuron does that adds up currents',
  (noise) => {
    const geometry = createGeometry(5, 8);
    const conductances = Float64Array.from(
      { length: 40 },
      (_, cell) => 1e-4 + 3e-4 * random.uniform(cell, 0),
    );
    const converter = new BitLineConverter(24, 0.2 * range.max * 5);
    const converted = new LineSensedNeuron({
      ...common,
      geometry,
      range,
      volts: 0.2,
      converter,
      threshold: 20,
    });
    converted.setConductances(
      conductances,
      noise === 0 ? undefined : conductances.map((value) => noise * value),
    );
    const adding = new RateCodedNeuron({ ...common, inputs: 40, threshold: 20 });
    adding.setWeights(
      conductancesToUnitWeights(conductances, range),
      noise === 0 ? undefined : unitWeightScatter(conductances, noise, range),
    );
    for (let sample = 0; sample < 5; sample++) {
      const input = Float64Array.from({ length: 40 }, (_, k) => random.uniform(k, sample + 1));
      const rate = adding.rate(input, sample);
      expect(rate).toBeGreaterThan(0.2);
      // Single precision against double: a step earlier or later.
      expect(Math.abs(converted.rate(input, sample) - rate)).toBeLessThanOrEqual(1 / common.steps + 1e-12);
    }
  },
);

test('a coarse converter rounds the current of each bit line before the neuron sees it', () => {
  const geometry = createGeometry(2, 2);
  const conductances = Float64Array.of(1e-4, 3e-4, 2e-4, 4e-4);
  // 2 bits over 0.9 mS: steps of 0.3 mS; the bit lines carry 0.3 and 0.7 mS, known as 0.3 and 0.6.
  const converter = new BitLineConverter(2, 0.2 * 9e-4);
  const neuron = new LineSensedNeuron({ ...common, geometry, range, volts: 0.2, converter, threshold: 4 });
  neuron.setConductances(conductances);
  const sum = (9e-4 - 4 * range.min) / (range.max - range.min);
  // A probability of 1 is 65,535 of 65,536.
  expect(neuron.rate(Float64Array.of(1, 1, 1, 1), 0)).toBeCloseTo(sum / 4, 2);
});
