import fc from 'fast-check';
import { expect, test } from 'vitest';
import { basicEnglish } from '../../../src/network/basic-english.ts';
import { buildVocabulary } from '../../../src/network/vocabulary.ts';
import { countWords } from '../../../src/network/word-bags.ts';

test.each([
  ["It's GOOD!", ['it', "'", 's', 'good', '!']],
  [
    'A "great"<br /><br />film, really (no kidding)?',
    ['a', 'great', 'film', ',', 'really', '(', 'no', 'kidding', ')', '?'],
  ],
  ['a;b:c.d', ['a', 'b', 'c', '.', 'd']],
  ['  \t\n ', []],
  ['<BR />x<br/>y', ['x<br/>y']],
  ['10/10', ['10/10']],
  ['a\u001cb\u0085c\u00a0d\ufeffe', ['a', 'b', 'c', 'd\ufeffe']],
])('%j is split as torchtext splits it', (text, words) => {
  expect(basicEnglish(text)).toEqual(words);
});

test('what is split once stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const words = basicEnglish(text);
      expect(basicEnglish(words.join(' '))).toEqual(words);
    }),
  );
});

test('a vocabulary lists frequent words first, equally frequent ones by alphabet, and rare ones not', () => {
  const texts = [['b', 'a', 'c', 'b'], ['a', 'b', 'd', '<unk>', '<unk>'], ['d']];
  const { words, numbers } = buildVocabulary(texts, 2);
  expect(words).toEqual(['<unk>', '<pad>', 'b', 'a', 'd']);
  expect(numbers.get('d')).toBe(4);
  expect(numbers.has('c')).toBe(false);
});

test('counted words are shares of the whole text, with the words that are not listed as one', () => {
  const vocabulary = buildVocabulary([['a', 'a', 'b', 'b']], 2);
  const { starts, words, shares } = countWords([['b', 'x', 'b', 'y'], [], ['a']], vocabulary);
  expect([...starts]).toEqual([0, 2, 2, 3]);
  expect([...words]).toEqual([vocabulary.numbers.get('b'), 1, vocabulary.numbers.get('a')]);
  expect([...shares]).toEqual([0.5, 0.5, 1]);
});
