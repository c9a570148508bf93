import { readBreastCancer } from '../files/breast-cancer.ts';
import { dataSources } from '../files/data-source.ts';
import { encodeLatency } from '../network/latency-encoder.ts';
import { shuffledIndices } from '../network/softmax-regression.ts';
import type { LabelledPattern } from '../network/train-tempotron.ts';
import type { Seconds } from '../units.ts';

/** Cases as patterns of spikes; the neuron shall fire on malignant ones. */
export interface TempotronData {
  readonly title: string;
  readonly citation: string;
  readonly inputs: number;
  readonly training: readonly LabelledPattern[];
  readonly test: readonly LabelledPattern[];
}

/** Time within which the spikes of a case fall. */
export const window: Seconds = 20e-3;
const features = 9;
const trainingShare = 0.7;

/**
 * Load the cases of the original Wisconsin breast cancer data and encode each feature, from 1 to 10, by the times of two
 * spikes: the larger the value, the earlier the one and the later the other. A value that is missing gives none.
 *
 * @param path - breast-cancer-wisconsin.data
 * @param seed - draws which cases are held out
 * @throws ConfigError naming the file and where it is published
 */
export async function loadTempotronData(path: string, seed: number): Promise<TempotronData> {
  const { values, malignant } = await readBreastCancer(path);
  const patterns = Array.from(malignant, (mark, index): LabelledPattern => {
    const row = values.subarray(index * features, (index + 1) * features);
    const shares = row.map((value) => (value - 1) / 9);
    const both = [...shares, ...shares.map((share) => 1 - share)];
    const known = both.map((share) => (Number.isNaN(share) ? 0 : share));
    return { pattern: encodeLatency(Float64Array.from(known), window), fires: mark === 1 };
  });
  const order = Array.from(shuffledIndices(patterns.length, seed, 'tempotron/split'), (at) => patterns[at]!);
  const count = Math.round(trainingShare * order.length);
  const { title, citation } = dataSources.breastCancer;
  return { title, citation, inputs: 2 * features, training: order.slice(0, count), test: order.slice(count) };
}
