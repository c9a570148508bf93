/** Words by number. Number 0 is `<unk>`, number 1 `<pad>`, which also stands for every word that is not listed. */
export interface Vocabulary {
  readonly words: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
}

/** Number of the words that a vocabulary does not list. */
export const unlisted = 1;

const specials = ['<unk>', '<pad>'];

/**
 * List the words that occur often enough, the most frequent first and equally frequent ones in alphabetic order.
 *
 * @param texts - words of each text
 * @param minCount - occurrences in all texts from which on a word is listed
 * @example
 * buildVocabulary([['a', 'b', 'a'], ['b', 'c']], 2).words; // ["<unk>", "<pad>", "a", "b"]
 */
export function buildVocabulary(texts: Iterable<readonly string[]>, minCount: number): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of text) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const listed = Array.from(counts)
    .filter(([word, count]) => count >= minCount && !specials.includes(word))
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([word]) => word);
  const words = [...specials, ...listed];
  return { words, numbers: new Map(words.map((word, number) => [word, number])) };
}
