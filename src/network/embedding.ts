import type { BoundedAdagrad } from './adagrad.ts';
import type { WordBags } from './word-bags.ts';

/** Word vectors with components from 0 to 1, so that each can be the probability of a spike. */
export interface Embedding {
  readonly dimensions: number;
  /** [words x dimensions], row-major, each 0 to 1. */
  readonly vectors: Float32Array;
}

/**
 * Bring all components of a matrix of word vectors to 0 to 1 with one offset and one scale, so that the smallest
 * becomes 0 and the largest 1.
 *
 * @param vectors - [words x dimensions]
 * @example
 * normaliseEmbedding(Float32Array.of(-2, 0, 2, 1), 2).vectors; // [0, 0.5, 1, 0.75]
 */
export function normaliseEmbedding(vectors: Float32Array, dimensions: number): Embedding {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const value of vectors) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  const scale = largest > smallest ? 1 / (largest - smallest) : 0;
  return { dimensions, vectors: vectors.map((value) => (value - smallest) * scale) };
}

/**
 * Average the vectors of a text's words.
 *
 * @param out - receives [dimensions]; zeros for a text without words
 */
export function poolWords(
  { dimensions, vectors }: Embedding,
  { starts, words, shares }: WordBags,
  text: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let entry = starts[text]!; entry < starts[text + 1]!; entry++) {
    const share = shares[entry]!;
    const first = words[entry]! * dimensions;
    for (let component = 0; component < dimensions; component++) {
      out[component]! += share * vectors[first + component]!;
    }
  }
}

/**
 * Average the vectors of the words of every text.
 *
 * @returns [texts x dimensions]
 */
export function poolTexts(embedding: Embedding, bags: WordBags): Float64Array {
  const { dimensions } = embedding;
  const texts = bags.starts.length - 1;
  const pooled = new Float64Array(texts * dimensions);
  for (let text = 0; text < texts; text++) {
    poolWords(embedding, bags, text, pooled.subarray(text * dimensions, (text + 1) * dimensions));
  }
  return pooled;
}

/**
 * Move the vectors of a text's words against the gradient of the loss: delta w count / length for each component.
 *
 * @param weights - [dimensions]
 * @param delta - derivative of the loss by the weighted sum
 */
export function stepWords(
  { dimensions, vectors }: Embedding,
  { starts, words, shares }: WordBags,
  text: number,
  weights: Float64Array,
  delta: number,
  rule: BoundedAdagrad,
): void {
  for (let entry = starts[text]!; entry < starts[text + 1]!; entry++) {
    rule.stepRow(vectors, words[entry]! * dimensions, weights, delta * shares[entry]!);
  }
}
