import { runSession, type ArraySession } from '../lab/array-session.ts';
import type { Lab } from '../lab/lab.ts';
import { planSession } from '../lab/plan-session.ts';
import { BoundedAdagrad } from '../network/adagrad.ts';
import { poolWords, stepWords, type Embedding } from '../network/embedding.ts';
import { shuffledIndices } from '../network/softmax-regression.ts';
import { conductancesToUnitWeights } from '../network/unit-weights.ts';
import { sigmoid, type TextSample } from '../network/word-averaging.ts';
import type { Seconds, Volts } from '../units.ts';
import { runOnArray, type ProgrammedArray, type RecordPlace } from './run-on-array.ts';
import { targetsOf, type TextArray } from './text-array.ts';
import { openTextNeuron } from './text-neuron.ts';

export interface DirectTrainingOptions {
  readonly epochs: number;
  readonly steps: number;
  readonly threshold: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** A network that was trained on an array: the word vectors stay in the computer, the weights in the cells. */
export interface TrainedOnArray extends ProgrammedArray {
  readonly embedding: Embedding;
}

/** Pulses of training on the array. */
const pulseWidths: readonly (readonly [Volts, readonly Seconds[]])[] = [
  [0.9, [1e-6, 2e-6, 1e-5, 2e-5, 5e-5]],
  [-1.2, [1e-6, 2e-6, 1e-5, 2e-5, 1e-4]],
];

/** Updates whose pulses share one event of the record. */
const updatesPerOperation = 500;

/** The lab with the list of pulses for training in place of that for conversion. */
export function trainingLab(lab: Lab): Lab {
  const { program } = lab.config;
  const pulses = pulseWidths.flatMap(([volts, widths]) => widths.map((width) => ({ volts, width })));
  const policy = { ...program.policy, parameters: { ...program.policy.parameters, pulses } };
  return { ...lab, config: { ...lab.config, program: { ...program, policy } } };
}

/**
 * Train the spiking classifier on the array, text by text: a forward pass with spikes, then for each weight a wish by
 * Adagrad that the array is asked to fulfil by write-verify. The next forward pass meets what the array then holds.
 *
 *   r = D (rate - 1/2) / 2,  delta = sigma(r) - y,  dL/dw = delta x,  dL/dE = delta w count / length
 *
 * @param embedding - where the word vectors start; it is not changed
 * @throws ScheduleError naming the first limit that the worst case of the training would cross
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 */
export async function trainOnArray(
  array: TextArray,
  embedding: Embedding,
  training: TextSample,
  options: DirectTrainingOptions,
  place: RecordPlace,
): Promise<TrainedOnArray> {
  const { lab, geometry } = array;
  const updates = training.texts.length * options.epochs;
  const start = targetsOf(array, new Float64Array(embedding.dimensions).fill(0.5));
  const program = planSession(lab, start, geometry, { updates, updatesPerOperation });
  const copy = { ...embedding, vectors: embedding.vectors.slice() };
  // No cell has a target of its own in the end: the wishes move with every text.
  const targets = new Float64Array(start.length).fill(Number.NaN);
  const run = await runOnArray(array, program, targets, place, (engine) =>
    runSession(engine, updatesPerOperation, (session) =>
      trainInSession(session, array, copy, training, options, (done) => place.onProgress(done)),
    ),
  );
  return { ...run, embedding: copy };
}

async function trainInSession(
  session: ArraySession,
  array: TextArray,
  embedding: Embedding,
  { bags, labels, texts }: TextSample,
  { epochs, steps, threshold, learningRate, seed }: DirectTrainingOptions,
  onProgress: (done: number) => void,
): Promise<void> {
  const { dimensions } = embedding;
  const stream = 'text-classification/training-spikes';
  const neuron = openTextNeuron(array, { steps, threshold, seed, stream });
  const vectorRule = new BoundedAdagrad(embedding.vectors.length, learningRate);
  const weightRule = new BoundedAdagrad(dimensions, learningRate);
  const input = new Float64Array(dimensions);
  const readings = new Float64Array(dimensions);
  await session.read(readings);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffledIndices(texts.length, seed, `text-classification/order/${epoch}`);
    for (const [position, index] of order.entries()) {
      if (session.interrupted) {
        return;
      }
      const text = texts[index]!;
      const update = epoch * texts.length + position;
      neuron.meet(readings);
      poolWords(embedding, bags, text, input);
      const result = (dimensions * (neuron.rate(input, update) - 0.5)) / 2;
      array.disturb?.(input, steps);
      const delta = sigmoid(result) - labels[text]!;
      // What the computer knows of the weights is what was read, noise included.
      const known = conductancesToUnitWeights(readings, array.range);
      stepWords(embedding, bags, text, known, delta, vectorRule);
      const wished = known.map((weight, k) => weight - weightRule.change(k, delta * input[k]!));
      await session.update(targetsOf(array, wished), readings);
      onProgress((update + 1) / (epochs * texts.length));
    }
  }
}
