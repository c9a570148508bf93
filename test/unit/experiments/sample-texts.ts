import type { TextData } from '../../../src/experiments/text-data.ts';
import { buildVocabulary } from '../../../src/network/vocabulary.ts';
import type { TextSample } from '../../../src/network/word-averaging.ts';
import { countWords } from '../../../src/network/word-bags.ts';
import { RandomStream } from '../../../src/random.ts';

const words = {
  0: ['dull', 'poor', 'slow', 'bad'],
  1: ['fine', 'good', 'deep', 'warm'],
  both: ['the', 'a', 'film', 'it', 'was', 'and'],
} as const;

/** Texts of six words, two of which tell the class, with word vectors of 100 random components. */
export function sampleTexts(training: number, test: number): TextData {
  const random = new RandomStream(1, 'texts');
  const text = (number: number): string[] => {
    const own = words[number % 2 === 0 ? 0 : 1];
    return Array.from({ length: 6 }, (_, position) =>
      position < 2
        ? own[random.integer(own.length, number, position)]!
        : words.both[random.integer(words.both.length, number, position)]!,
    );
  };
  const all = Array.from({ length: training + test }, (_, number) => text(number));
  const vocabulary = buildVocabulary(all, 1);
  const sample = (from: number, to: number): TextSample => ({
    bags: countWords(all.slice(from, to), vocabulary),
    labels: Uint8Array.from({ length: to - from }, (_, number) => (from + number) % 2),
    texts: Uint32Array.from({ length: to - from }, (_, number) => number),
  });
  const dimensions = 100;
  return {
    title: 'sample texts',
    citation: 'none',
    classes: ['unfavourable', 'favourable'],
    words: vocabulary.words.length,
    wordsWithVector: 0,
    embedding: {
      dimensions,
      vectors: Float32Array.from({ length: vocabulary.words.length * dimensions }, (_, index) =>
        random.uniform(index, 100),
      ),
    },
    train: sample(0, training),
    test: sample(training, training + test),
  };
}
