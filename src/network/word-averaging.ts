import { poolWords, type Embedding } from './embedding.ts';
import type { WordBags } from './word-bags.ts';

/** A text classifier: p = 1 / (1 + exp(offset - w x)), x the average of the text's word vectors. */
export interface WordAveraging {
  readonly embedding: Embedding;
  /** [dimensions], each 0 to 1. */
  readonly weights: Float64Array;
  readonly offset: number;
}

/** Texts of two classes, and which of them are meant. */
export interface TextSample {
  readonly bags: WordBags;
  /** [texts], 0 or 1. */
  readonly labels: Uint8Array;
  readonly texts: Uint32Array;
}

/** Cross entropy and share of right answers. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** Weighted sum less offset for each text of a sample, [texts]; above 0 is class 1. */
export function logits(
  { embedding, weights, offset }: WordAveraging,
  { bags, texts }: TextSample,
): Float64Array {
  const pooled = new Float64Array(weights.length);
  return Float64Array.from(texts, (text) => {
    poolWords(embedding, bags, text, pooled);
    return product(weights, pooled) - offset;
  });
}

/** Mean cross entropy and accuracy of a classifier over a sample. */
export function scoreWordAveraging(model: WordAveraging, sample: TextSample): Score {
  let loss = 0;
  let right = 0;
  for (const [index, logit] of logits(model, sample).entries()) {
    const label = sample.labels[sample.texts[index]!]!;
    loss += Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(logit, 0) - label * logit;
    right += (logit > 0 ? 1 : 0) === label ? 1 : 0;
  }
  return { loss: loss / sample.texts.length, accuracy: right / sample.texts.length };
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Inner product. */
export function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    sum += a[k]! * b[k]!;
  }
  return sum;
}
