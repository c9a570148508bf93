import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { EventNetwork, type EventLayer } from '../../../src/network/event-network.ts';
import { philox, RandomStream, streamKey } from '../../../src/random.ts';

const random = new RandomStream(4, 'weights');

function layerOf(inputs: number, neurons: number, threshold: number): EventLayer {
  const weights = Float64Array.from(
    { length: inputs * neurons },
    (_, index) =>
      // Multiples of 1/64: sums are exact in float32 in any order.
      Math.round(16 * random.normal(index, inputs)) / 64,
  );
  return { inputs, neurons, weights, decay: 0.5, threshold };
}

/** The same network step by step over whole matrices. */
function dense(layers: readonly EventLayer[], input: Float64Array, steps: number, sample: number): number[] {
  const { high, key0, key1 } = streamKey(7, 'spikes');
  const membranes = layers.map(({ neurons }) => new Float32Array(neurons));
  const counts = Array.from({ length: layers.at(-1)!.neurons }, () => 0);
  const block = new Uint32Array(4);
  for (let step = 0; step < steps; step++) {
    let spikes = Array.from(input, (probability, k) => {
      philox(block, (k >> 5) * 4 + ((k >> 1) & 3), step, sample, high, key0, key1);
      return ((block[(k >> 3) & 3]! >>> (16 * (k & 1))) & 0xffff) < Math.round(probability * 65_536);
    });
    for (const [index, { inputs, neurons, weights, decay, threshold }] of layers.entries()) {
      const v = membranes[index]!;
      spikes = Array.from({ length: neurons }, (_, neuron) => {
        let current = 0;
        for (let k = 0; k < inputs; k++) {
          current += spikes[k] === true ? weights[k * neurons + neuron]! : 0;
        }
        const reached = Math.fround(Math.fround(decay * v[neuron]!) + current);
        v[neuron] = reached >= threshold ? reached - threshold : reached;
        return reached >= threshold;
      });
    }
    for (const [neuron, fires] of spikes.entries()) {
      counts[neuron]! += fires ? 1 : 0;
    }
  }
  return counts;
}

test('events give what whole matrices give, spike by spike', () => {
  const layers = [layerOf(70, 13, 0.5), layerOf(13, 6, 0.25)];
  const network = new EventNetwork({ layers, seed: 7, stream: 'spikes' });
  const input = Float64Array.from({ length: 70 }, (_, k) => (k % 9) / 12);
  for (const sample of [0, 5]) {
    const counts = [...network.present(input, 60, sample)];
    expect(counts).toEqual(dense(layers, input, 60, sample));
    expect(counts.some((count) => count > 0)).toBe(true);
  }
  expect(network.present(input, 60, 5)).toEqual(network.present(input, 60, 5));
});

test('layers that do not fit together are refused', () => {
  const options = { seed: 1, stream: 'spikes' };
  const good = layerOf(4, 3, 1);
  expect(() => new EventNetwork({ ...options, layers: [] })).toThrow(UsageError);
  expect(() => new EventNetwork({ ...options, layers: [good, layerOf(4, 3, 1)] })).toThrow(/layer 1/u);
  expect(() => new EventNetwork({ ...options, layers: [{ ...good, threshold: 0 }] })).toThrow(/threshold 0/u);
  expect(() => new EventNetwork({ ...options, layers: [{ ...good, inputs: 5 }] })).toThrow(/layer 0/u);
});
