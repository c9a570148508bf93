import { poolTexts, type Embedding } from '../network/embedding.ts';
import type { TextSample } from '../network/word-averaging.ts';
import type { Joules, Siemens } from '../units.ts';
import type { TextArray } from './text-array.ts';
import { openTextNeuron } from './text-neuron.ts';

/** How a neuron is asked: length of its spike trains, threshold, and the rate above which a text is of class 1. */
export interface Readout {
  readonly steps: number;
  readonly threshold: number;
  /** Added to the membrane in every step; 0 if left out. */
  readonly bias?: number;
  readonly boundary: number;
}

/** What presenting texts gave. */
export interface Presentation {
  readonly accuracy: number;
  /** Mean over the texts: expected input spikes, output spikes, and heat in the cells that the spikes meet. */
  readonly inputSpikes: number;
  readonly outputSpikes: number;
  readonly joules: Joules;
}

/**
 * Present texts as spike trains to the neuron whose synapses are the cells of an array, and count the right answers.
 *
 * @param readings - last known conductances, siemens
 * @param onProgress - called after every text with the share that is done, and waited for
 */
export async function presentTexts(
  array: TextArray,
  readings: Float64Array,
  embedding: Embedding,
  sample: TextSample,
  { steps, threshold, bias = 0, boundary }: Readout,
  seed: number,
  onProgress?: (done: number) => Promise<void>,
): Promise<Presentation> {
  const { dimensions } = embedding;
  const stream = 'text-classification/test-spikes';
  const neuron = openTextNeuron(array, { steps, threshold, bias, seed, stream });
  neuron.meet(readings);
  const pooled = poolTexts(embedding, sample.bags);
  const sum = new Float64Array(dimensions);
  let right = 0;
  let rates = 0;
  for (const [position, text] of sample.texts.entries()) {
    const input = pooled.subarray(text * dimensions, (text + 1) * dimensions);
    const rate = neuron.rate(input, text);
    right += (rate > boundary ? 1 : 0) === sample.labels[text] ? 1 : 0;
    rates += rate;
    addTo(sum, input);
    if (array.disturb !== undefined) {
      array.disturb(input, steps);
      neuron.meet(readings);
    }
    await onProgress?.((position + 1) / sample.texts.length);
  }
  const texts = sample.texts.length;
  const probabilities = sum.map((total) => total / texts);
  return {
    accuracy: right / texts,
    inputSpikes: steps * probabilities.reduce((total, value) => total + value, 0),
    outputSpikes: (steps * rates) / texts,
    joules: steps * joulesPerStep(array, array.conductances(readings), probabilities),
  };
}

/** Expected heat of one step: every spike is a read of its cell. */
function joulesPerStep({ lab }: TextArray, conductances: Float64Array, probabilities: Float64Array): Joules {
  const { volts, width } = lab.read;
  const siemens: Siemens = conductances.reduce(
    (total, conductance, input) => total + conductance * probabilities[input]!,
    0,
  );
  return volts ** 2 * width * siemens;
}

function addTo(sum: Float64Array, values: Float64Array): void {
  for (let k = 0; k < sum.length; k++) {
    sum[k]! += values[k]!;
  }
}
