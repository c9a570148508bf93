import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { readBytes } from './byte-stream.ts';
import { damagedData, dataSources, unreadableData } from './data-source.ts';
import type { LabelledTexts } from './labelled-texts.ts';
import { readTar } from './tar-entries.ts';

/** Film reviews; label 1 is a favourable one. */
export interface ImdbReviews {
  readonly train: LabelledTexts;
  readonly test: LabelledTexts;
}

interface Review {
  readonly split: 'train' | 'test';
  readonly label: 0 | 1;
  readonly id: number;
  readonly text: string;
}

const source = dataSources.imdb;
const maxReviewBytes = 1 << 20;
const folders = ['train/neg', 'train/pos', 'test/neg', 'test/pos'] as const;

/**
 * Read the labelled film reviews of the Large Movie Review Dataset: from the official archive, which is streamed and
 * never unpacked, or from the folder that it unpacks to. Unlabelled reviews and word counts are passed over.
 *
 * @param path - aclImdb_v1.tar.gz (or .tar), or the folder aclImdb
 * @returns in the order of class and number, whatever the order in the archive
 * @throws ConfigError, which says where the data are published, for a missing, damaged or empty part
 * @example
 * const { train, test } = await readImdb('aclImdb_v1.tar.gz');
 */
export async function readImdb(path: string): Promise<ImdbReviews> {
  const reviews: Review[] = [];
  for await (const { name, content } of (await isFolder(path)) ? folderFiles(path) : archiveFiles(path)) {
    const review = parseReview(path, name, content);
    if (review !== undefined) {
      reviews.push(review);
    }
  }
  for (const folder of folders) {
    const [split, sign] = folder.split('/');
    const label = sign === 'pos' ? 1 : 0;
    if (!reviews.some((review) => review.split === split && review.label === label)) {
      throw damagedData(source, path, `no review in ${folder}`, `reviews in each of ${folders.join(', ')}`);
    }
  }
  return { train: select(reviews, 'train'), test: select(reviews, 'test') };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw unreadableData(source, path, error);
  }
}

async function* archiveFiles(path: string): AsyncGenerator<{ name: string; content: Buffer }> {
  try {
    // An archive may hold the unlabelled word counts too, one large file.
    const entries = readTar(readBytes(path, source), { name: path, maxEntryBytes: 1 << 28 });
    for await (const { path: name, kind, content } of entries) {
      if (kind === 'file') {
        yield { name, content };
      }
    }
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'tar') {
      throw damagedData(source, path, 'a damaged archive', 'a whole tar archive', error);
    }
    throw error;
  }
}

async function* folderFiles(path: string): AsyncGenerator<{ name: string; content: Buffer }> {
  for (const folder of folders) {
    const place = join(path, folder);
    try {
      for (const name of await readdir(place)) {
        yield { name: `${folder}/${name}`, content: await readFile(join(place, name)) };
      }
    } catch (error) {
      throw unreadableData(source, place, error);
    }
  }
}

/** `{train,test}/{pos,neg}/ID_RATING.txt`: at most 4 of 10 is unfavourable, at least 7 favourable. */
function parseReview(archive: string, name: string, content: Buffer): Review | undefined {
  const match = /(?:^|\/)(train|test)\/(pos|neg)\/([^/]*)$/u.exec(name);
  if (match === null) {
    return undefined;
  }
  const [, split, sign, file] = match;
  const [, id, rating] = /^(\d+)_(\d+)\.txt$/u.exec(file ?? '') ?? [];
  const label = sign === 'pos' ? 1 : 0;
  const fits = label === 1 ? Number(rating) >= 7 && Number(rating) <= 10 : Number(rating) <= 4;
  if (id === undefined || !fits) {
    const expected = `ID_RATING.txt with a rating of ${label === 1 ? '7 to 10' : '0 to 4'}`;
    throw damagedData(source, `${archive}, ${name}`, `file ${file}`, expected);
  }
  if (content.length > maxReviewBytes) {
    throw damagedData(source, `${archive}, ${name}`, `${content.length} bytes`, `at most ${maxReviewBytes}`);
  }
  return {
    split: split === 'train' ? 'train' : 'test',
    label,
    id: Number(id),
    text: content.toString('utf8'),
  };
}

function select(reviews: readonly Review[], split: Review['split']): LabelledTexts {
  const chosen = reviews
    .filter((review) => review.split === split)
    .sort((a, b) => a.label - b.label || a.id - b.id);
  return {
    texts: chosen.map(({ text }) => text),
    labels: Uint8Array.from(chosen, ({ label }) => label),
  };
}
