import { RandomStream } from '../random.ts';

/** Labelled examples: `features` is [count x width], row-major. */
export interface Examples {
  readonly features: Float64Array;
  readonly labels: Uint8Array;
  readonly width: number;
}

export interface SoftmaxOptions {
  readonly classes: number;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly momentum: number;
  /** L2 penalty; it also keeps single weights from claiming the whole conductance range. */
  readonly weightDecay: number;
  readonly seed: number;
  /** Called after every epoch. */
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

/**
 * Train a softmax classifier by mini-batch gradient descent with momentum.
 *
 * @returns weights [width x classes]
 */
export function trainSoftmax(examples: Examples, options: SoftmaxOptions): Float64Array {
  const { features, labels, width } = examples;
  const { classes, batch } = options;
  const weights = new Float64Array(width * classes);
  const velocity = new Float64Array(width * classes);
  const gradient = new Float64Array(width * classes);
  const scores = new Float64Array(classes);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffledIndices(labels.length, options.seed, `softmax/order/${epoch}`);
    let loss = 0;
    for (let start = 0; start < order.length; start += batch) {
      const members = order.subarray(start, start + batch);
      gradient.fill(0);
      for (const example of members) {
        const row = features.subarray(example * width, (example + 1) * width);
        scoresOf(weights, row, scores);
        loss += softmaxInPlace(scores, labels[example]!);
        addOuterProduct(gradient, row, scores, 1 / members.length);
      }
      for (let k = 0; k < weights.length; k++) {
        velocity[k] =
          options.momentum * velocity[k]! -
          options.learningRate * (gradient[k]! + options.weightDecay * weights[k]!);
        weights[k]! += velocity[k]!;
      }
    }
    options.onEpoch?.(epoch, loss / order.length);
  }
  return weights;
}

/** The numbers 0 to count - 1 in an order drawn from a named stream (Fisher-Yates). */
export function shuffledIndices(count: number, seed: number, stream: string): Uint32Array {
  const random = new RandomStream(seed, stream);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(last + 1, last, 0);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** scores = W^T x */
function scoresOf(weights: Float64Array, row: Float64Array, scores: Float64Array): void {
  const classes = scores.length;
  scores.fill(0);
  for (let input = 0; input < row.length; input++) {
    const value = row[input]!;
    if (value !== 0) {
      for (let output = 0; output < classes; output++) {
        scores[output]! += value * weights[input * classes + output]!;
      }
    }
  }
}

/** Turn scores into softmax(scores) - onehot(label), the gradient of the cross entropy, which is returned. */
function softmaxInPlace(scores: Float64Array, label: number): number {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let output = 0; output < scores.length; output++) {
    scores[output] = Math.exp(scores[output]! - largest);
    sum += scores[output]!;
  }
  for (let output = 0; output < scores.length; output++) {
    scores[output]! /= sum;
  }
  const loss = -Math.log(scores[label]!);
  scores[label]! -= 1;
  return loss;
}

function addOuterProduct(
  gradient: Float64Array,
  row: Float64Array,
  delta: Float64Array,
  scale: number,
): void {
  const classes = delta.length;
  for (let input = 0; input < row.length; input++) {
    const value = row[input]! * scale;
    if (value !== 0) {
      for (let output = 0; output < classes; output++) {
        gradient[input * classes + output]! += value * delta[output]!;
      }
    }
  }
}

/** Index of the largest entry; the first one on a tie. */
export function argMax(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index]! > values[best]!) {
      best = index;
    }
  }
  return best;
}

/** Fraction of examples whose largest score is at their label. */
export function accuracy(
  examples: Examples,
  scoresFor: (row: Float64Array, index: number) => Float64Array,
): number {
  const { features, labels, width } = examples;
  let right = 0;
  for (const [index, label] of labels.entries()) {
    const scores = scoresFor(features.subarray(index * width, (index + 1) * width), index);
    right += argMax(scores) === label ? 1 : 0;
  }
  return right / labels.length;
}

/** Scores of one example under float weights. */
export function softmaxScores(weights: Float64Array, row: Float64Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  scoresOf(weights, row, scores);
  return scores;
}
