import { expect, test } from 'vitest';
import {
  accuracy,
  shuffledIndices,
  softmaxScores,
  trainSoftmax,
  type Examples,
} from '../../../src/network/softmax-regression.ts';
import { RandomStream } from '../../../src/random.ts';

/** Three clouds around the corners of a triangle, with a constant 1 as bias input. */
function clouds(count: number): Examples {
  const random = new RandomStream(3, 'clouds');
  const features = new Float64Array(count * 3);
  const labels = new Uint8Array(count);
  const corners = [
    [0, 0],
    [1, 0],
    [0, 1],
  ] as const;
  for (let example = 0; example < count; example++) {
    const label = example % 3;
    labels[example] = label;
    features[example * 3] = corners[label]![0] + 0.1 * random.normal(example, 0);
    features[example * 3 + 1] = corners[label]![1] + 0.1 * random.normal(example, 1);
    features[example * 3 + 2] = 1;
  }
  return { features, labels, width: 3 };
}

const options = {
  classes: 3,
  epochs: 1,
  batch: 1000,
  learningRate: 1e-3,
  momentum: 0,
  weightDecay: 0,
  seed: 1,
};

/** Mean cross entropy, written out. */
function loss(examples: Examples, weights: Float64Array): number {
  let sum = 0;
  for (const [example, label] of examples.labels.entries()) {
    const row = examples.features.subarray(example * 3, example * 3 + 3);
    const scores = [...softmaxScores(weights, row, 3)].map(Math.exp);
    sum -= Math.log(scores[label]! / scores.reduce((a, b) => a + b));
  }
  return sum / examples.labels.length;
}

test('one full-batch step is minus the learning rate times the finite-difference gradient', () => {
  const examples = clouds(60);
  const stepped = trainSoftmax(examples, options);
  const epsilon = 1e-6;
  for (let k = 0; k < 9; k++) {
    const plus = new Float64Array(9);
    const minus = new Float64Array(9);
    plus[k] = epsilon;
    minus[k] = -epsilon;
    const gradient = (loss(examples, plus) - loss(examples, minus)) / (2 * epsilon);
    expect(stepped[k]).toBeCloseTo(-options.learningRate * gradient, 9);
  }
});

test('clouds that can be told apart are learnt, and the same seed gives the same bits', () => {
  const examples = clouds(300);
  const long = { ...options, epochs: 60, batch: 20, learningRate: 0.1, momentum: 0.9 };
  const weights = trainSoftmax(examples, long);
  expect(accuracy(examples, (row) => softmaxScores(weights, row, 3))).toBeGreaterThan(0.97);
  expect(trainSoftmax(examples, long)).toEqual(weights);
});

test('a shuffle is a permutation', () => {
  const order = shuffledIndices(1000, 5, 'x');
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  expect([...order]).not.toEqual([...shuffledIndices(1000, 6, 'x')]);
});
