import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { BoundedAdagrad } from '../../../src/network/adagrad.ts';
import { normaliseEmbedding, poolTexts, stepWords, type Embedding } from '../../../src/network/embedding.ts';
import { shuffledIndices } from '../../../src/network/softmax-regression.ts';
import { initialWeights, trainWordAveraging } from '../../../src/network/train-word-averaging.ts';
import { scoreWordAveraging, type TextSample } from '../../../src/network/word-averaging.ts';
import { RandomStream } from '../../../src/random.ts';

const dimensions = 3;
const offset = 0.7;
const learningRate = 0.05;

const random = new RandomStream(5, 'words');
const embedding: Embedding = {
  dimensions,
  vectors: Float32Array.from({ length: 6 * dimensions }, (_, index) => 0.2 + 0.6 * random.uniform(index, 0)),
};
/** Words of each text; word 5 is in none, and text 2 has a word twice. */
const texts = [[0, 1], [2], [3, 3, 0], [4, 1, 2, 0], [2, 4]];
const labels = Uint8Array.of(1, 0, 0, 1, 1);

function sampleOf(chosen: readonly number[]): TextSample {
  const entries = texts.map((words) => [...new Set(words)]);
  const lengths = entries.map(({ length }) => length);
  const starts = [0, ...lengths].map((_, text) =>
    lengths.slice(0, text).reduce((sum, length) => sum + length, 0),
  );
  return {
    bags: {
      starts: Uint32Array.from(starts),
      words: Uint32Array.from(entries.flat()),
      shares: Float64Array.from(
        entries.flatMap((words, text) =>
          words.map((word) => texts[text]!.filter((other) => other === word).length / texts[text]!.length),
        ),
      ),
    },
    labels,
    texts: Uint32Array.from(chosen),
  };
}

/** Cross entropy of one text, written out word by word. */
function loss(vectors: ArrayLike<number>, weights: ArrayLike<number>, text: number): number {
  let z = -offset;
  for (let k = 0; k < dimensions; k++) {
    const mean =
      texts[text]!.reduce((sum, word) => sum + vectors[word * dimensions + k]!, 0) / texts[text]!.length;
    z += weights[k]! * mean;
  }
  const p = 1 / (1 + Math.exp(-z));
  return labels[text] === 1 ? -Math.log(p) : -Math.log(1 - p);
}

/** Central differences of a function of a list of numbers. */
function differences(values: readonly number[], of: (values: number[]) => number): number[] {
  const step = 1e-6;
  return values.map((_, index) => {
    const shifted = (by: number): number =>
      of(values.map((value, other) => (other === index ? value + by : value)));
    return (shifted(step) - shifted(-step)) / (2 * step);
  });
}

test('components are brought to 0 to 1 with one offset and one scale', () => {
  expect([...normaliseEmbedding(Float32Array.of(-3, 1, 0, -1), 2).vectors]).toEqual([0, 1, 0.75, 0.5]);
  expect([...normaliseEmbedding(new Float32Array(4).fill(2), 2).vectors]).toEqual([0, 0, 0, 0]);
});

test('Adagrad: the first step has the size of the rate, and parameters stay in 0 to 1', () => {
  const rule = new BoundedAdagrad(2, 0.1);
  const values = Float64Array.of(0.5, 0.02);
  rule.step(values, 0, -7);
  rule.step(values, 1, 1e-3);
  expect(values[0]).toBeCloseTo(0.6, 6);
  expect(values[1]).toBe(0);
  rule.step(values, 0, 24);
  expect(values[0]).toBeCloseTo(0.6 - (0.1 * 24) / 25, 6);
});

test('the gradient of the word vectors is that of the loss', () => {
  const weights = initialWeights(dimensions, 3);
  const { bags } = sampleOf([]);
  for (const [text, words] of texts.entries()) {
    // With a sum of squares of 1, a step is eta g / sqrt(1 + g^2): the gradient can be told from it.
    const rule = new BoundedAdagrad(embedding.vectors.length, learningRate);
    embedding.vectors.forEach((_, index) => rule.change(index, 1));
    const moved = { dimensions, vectors: embedding.vectors.slice() };
    const z = weights.reduce(
      (sum, weight, k) => sum + weight * poolTexts(embedding, bags)[text * dimensions + k]!,
      -offset,
    );
    stepWords(moved, bags, text, weights, 1 / (1 + Math.exp(-z)) - labels[text]!, rule);
    const expected = differences([...embedding.vectors], (vectors) => loss(vectors, weights, text));
    for (const [index, gradient] of expected.entries()) {
      const share = (embedding.vectors[index]! - moved.vectors[index]!) / learningRate;
      expect(share / Math.sqrt(1 - share ** 2)).toBeCloseTo(gradient, 4);
    }
    expect(words.every((word) => expected[word * dimensions] !== 0)).toBe(true);
  }
});

test('training is Adagrad on the gradient of the cross entropy, text by text', async () => {
  const all = [...texts.keys()];
  const seed = 9;
  const { last, mean } = await trainWordAveraging(embedding, sampleOf(all), sampleOf(all), {
    epochs: 1,
    learningRate,
    offset,
    seed,
  });
  const parameters = [...embedding.vectors, ...initialWeights(dimensions, seed)];
  const squares = parameters.map(() => 0);
  const sum = parameters.map(() => 0);
  const cut = embedding.vectors.length;
  for (const text of shuffledIndices(texts.length, seed, 'word-averaging/order/0')) {
    const gradient = differences(parameters, (values) => loss(values.slice(0, cut), values.slice(cut), text));
    for (const [index, g] of gradient.entries()) {
      squares[index]! += g * g;
      const step = g === 0 ? 0 : (learningRate * g) / Math.sqrt(squares[index]!);
      parameters[index] = Math.min(Math.max(parameters[index]! - step, 0), 1);
      sum[index]! += parameters[index] / texts.length;
    }
  }
  expect([...last.embedding.vectors, ...last.weights]).toEqual(parameters.map(near));
  expect([...mean.embedding.vectors, ...mean.weights]).toEqual(sum.map(near));
});

test('texts that words tell apart are learnt, the same seed gives the same bits, and the start stays as it is', async () => {
  const start = embedding.vectors.slice();
  const sample = sampleOf([...texts.keys()]);
  const options = { epochs: 200, learningRate: 0.1, offset, seed: 2 };
  const trained = await trainWordAveraging(embedding, sample, sample, options);
  expect(scoreWordAveraging(trained.last, sample).accuracy).toBe(1);
  expect(await trainWordAveraging(embedding, sample, sample, options)).toEqual(trained);
  expect(embedding.vectors).toEqual(start);
});

test('no epoch is refused', async () => {
  const sample = sampleOf([0]);
  const training = trainWordAveraging(embedding, sample, sample, {
    epochs: 0,
    learningRate,
    offset,
    seed: 1,
  });
  await expect(training).rejects.toThrow(UsageError);
});

function near(value: number): unknown {
  return expect.closeTo(value, 5);
}
