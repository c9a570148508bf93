import { unlisted, type Vocabulary } from './vocabulary.ts';

/**
 * Texts as counted words: all that an average over words needs. The entries of text t are those from `starts[t]` to
 * `starts[t + 1]`.
 */
export interface WordBags {
  /** [texts + 1] */
  readonly starts: Uint32Array;
  /** [entries], number of the word. */
  readonly words: Uint32Array;
  /** [entries], share of the text's words that are this one; they add up to 1, but for an empty text. */
  readonly shares: Float64Array;
}

/**
 * Count the words of texts. Words that the vocabulary does not list count as one and the same word.
 *
 * @example
 * const vocabulary = buildVocabulary([['a', 'b', 'a', 'a']], 1);
 * countWords([['a', 'b', 'a', 'a']], vocabulary).shares; // [0.75, 0.25]
 */
export function countWords(texts: Iterable<readonly string[]>, { numbers }: Vocabulary): WordBags {
  const starts = [0];
  const words: number[] = [];
  const shares: number[] = [];
  for (const text of texts) {
    const counts = new Map<number, number>();
    for (const word of text) {
      const number = numbers.get(word) ?? unlisted;
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    for (const [number, count] of counts) {
      words.push(number);
      shares.push(count / text.length);
    }
    starts.push(words.length);
  }
  return {
    starts: Uint32Array.from(starts),
    words: Uint32Array.from(words),
    shares: Float64Array.from(shares),
  };
}
