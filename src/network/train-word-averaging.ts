import { UsageError } from '../errors.ts';
import { RandomStream } from '../random.ts';
import { BoundedAdagrad } from './adagrad.ts';
import { poolWords, stepWords, type Embedding } from './embedding.ts';
import { shuffledIndices } from './softmax-regression.ts';
import {
  product,
  scoreWordAveraging,
  sigmoid,
  type TextSample,
  type WordAveraging,
} from './word-averaging.ts';
import type { WordBags } from './word-bags.ts';

export interface WordAveragingOptions {
  readonly epochs: number;
  readonly learningRate: number;
  readonly offset: number;
  readonly seed: number;
  /** Called after every text with the share that is done, and waited for. */
  readonly onProgress?: (done: number) => Promise<void>;
}

/** What training gave; both classifiers are those of the epoch after which they had the lowest validation loss. */
export interface TrainedWordAveraging {
  /** Parameters at the end of an epoch. */
  readonly last: WordAveraging;
  /** Mean of the parameters from the end of the first epoch on; over the first one where there is no other. */
  readonly mean: WordAveraging;
}

/** Samples of the parameters an epoch that make their mean. */
const samplesPerEpoch = 100;

/**
 * Train a word-averaging classifier text by text: binary cross entropy, Adagrad on weights and word vectors, both held
 * in 0 to 1.
 *
 * After each text the common part of all weights jumps by as much as their rates allow, so that the last parameters of
 * an epoch have a wandering threshold; their mean has not, and is given beside them. The first epoch, on the
 * way from random weights, is left out of it.
 *
 * @param embedding - where the word vectors start; it is not changed
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729; the mean: B. T. Polyak,
 * A. B. Juditsky, SIAM J. Control Optim. 30, 838 (1992), doi 10.1137/0330046
 */
export async function trainWordAveraging(
  embedding: Embedding,
  training: TextSample,
  validation: TextSample,
  options: WordAveragingOptions,
): Promise<TrainedWordAveraging> {
  const { epochs, learningRate, seed, offset } = options;
  const model = { embedding: copyOf(embedding), weights: initialWeights(embedding.dimensions, seed), offset };
  const trainer = new WordAveragingTrainer(model, learningRate);
  const last = new BestSoFar(validation);
  const mean = new BestSoFar(validation);
  let sum = new ParameterSum(model);
  for (let epoch = 0; epoch < epochs; epoch++) {
    sum = epoch === 1 ? new ParameterSum(model) : sum;
    const order = shuffledIndices(training.texts.length, seed, `word-averaging/order/${epoch}`);
    const stride = Math.ceil(order.length / samplesPerEpoch);
    for (const [position, index] of order.entries()) {
      const text = training.texts[index]!;
      trainer.step(training.bags, text, training.labels[text]!);
      if ((position + 1) % stride === 0 || position + 1 === order.length) {
        sum.add();
      }
      await options.onProgress?.((epoch + (position + 1) / order.length) / epochs);
    }
    last.offer(model);
    mean.offer(sum.mean());
  }
  return { last: last.best(), mean: mean.best() };
}

/** Weights drawn from U(0, 1). */
export function initialWeights(dimensions: number, seed: number): Float64Array {
  const random = new RandomStream(seed, 'word-averaging/initial-weights');
  return Float64Array.from({ length: dimensions }, (_, component) => random.uniform(component, 0));
}

/** One stochastic gradient step after the other. */
class WordAveragingTrainer {
  readonly #model: WordAveraging;
  readonly #vectors: BoundedAdagrad;
  readonly #weights: BoundedAdagrad;
  readonly #pooled: Float64Array;
  readonly #direction: Float64Array;

  constructor(model: WordAveraging, learningRate: number) {
    const { embedding, weights } = model;
    this.#model = model;
    this.#vectors = new BoundedAdagrad(embedding.vectors.length, learningRate);
    this.#weights = new BoundedAdagrad(weights.length, learningRate);
    this.#pooled = new Float64Array(weights.length);
    this.#direction = new Float64Array(weights.length);
  }

  step(bags: WordBags, text: number, label: number): void {
    const { embedding, weights, offset } = this.#model;
    poolWords(embedding, bags, text, this.#pooled);
    const delta = sigmoid(product(weights, this.#pooled) - offset) - label;
    this.#direction.set(weights);
    for (let component = 0; component < weights.length; component++) {
      this.#weights.step(weights, component, delta * this.#pooled[component]!);
    }
    stepWords(embedding, bags, text, this.#direction, delta, this.#vectors);
  }
}

function copyOf({ dimensions, vectors }: Embedding): Embedding {
  return { dimensions, vectors: vectors.slice() };
}

/** Keeps a copy of the classifier with the lowest validation loss. */
class BestSoFar {
  readonly #validation: TextSample;
  #loss = Infinity;
  #model: WordAveraging | undefined;

  constructor(validation: TextSample) {
    this.#validation = validation;
  }

  offer(model: WordAveraging): void {
    const { loss } = scoreWordAveraging(model, this.#validation);
    if (loss < this.#loss || this.#model === undefined) {
      this.#loss = loss;
      this.#model = { ...model, embedding: copyOf(model.embedding), weights: model.weights.slice() };
    }
  }

  best(): WordAveraging {
    if (this.#model === undefined) {
      throw new UsageError('epochs', 'word averaging: found 0 epochs, expected at least 1');
    }
    return this.#model;
  }
}

/** Mean of parameters that change while it is taken. */
class ParameterSum {
  readonly #model: WordAveraging;
  readonly #vectors: Float32Array;
  readonly #weights: Float64Array;
  #count = 0;

  constructor(model: WordAveraging) {
    this.#model = model;
    this.#vectors = new Float32Array(model.embedding.vectors.length);
    this.#weights = new Float64Array(model.weights.length);
  }

  add(): void {
    addTo(this.#vectors, this.#model.embedding.vectors);
    addTo(this.#weights, this.#model.weights);
    this.#count += 1;
  }

  mean(): WordAveraging {
    const { embedding, offset } = this.#model;
    const vectors = this.#vectors.map((value) => value / this.#count);
    const weights = this.#weights.map((value) => value / this.#count);
    return { embedding: { dimensions: embedding.dimensions, vectors }, weights, offset };
  }
}

function addTo<Values extends Float32Array | Float64Array>(sum: Values, values: Values): void {
  for (let k = 0; k < sum.length; k++) {
    sum[k]! += values[k]!;
  }
}
