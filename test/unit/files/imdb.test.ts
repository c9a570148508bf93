import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readImdb } from '../../../src/files/imdb.ts';
import { scratchFolder } from '../cli/run-cli.ts';
import { sampleTar } from './sample-tar.ts';

const reviews: readonly (readonly [string, string])[] = [
  ['train/pos/10_9.txt', 'Good <br />film'],
  ['train/pos/9_7.txt', 'Überraschend gut'],
  ['train/neg/0_3.txt', 'Dull'],
  ['test/pos/0_10.txt', 'Fine'],
  ['test/neg/1_1.txt', 'Poor'],
  ['train/unsup/0_0.txt', 'nobody knows'],
];

function archiveOf(members: readonly (readonly [string, string])[]): Buffer {
  return sampleTar(members.map(([path, content]) => ({ path: `aclImdb/${path}`, content })));
}

function write(name: string, bytes: Buffer): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const expected = {
  train: { texts: ['Dull', 'Überraschend gut', 'Good <br />film'], labels: Uint8Array.of(0, 1, 1) },
  test: { texts: ['Poor', 'Fine'], labels: Uint8Array.of(0, 1) },
};

test('an archive, packed or not and in any order, and the folder it unpacks to are the same reviews', async () => {
  const archive = archiveOf(reviews);
  expect(await readImdb(write('aclImdb_v1.tar.gz', gzipSync(archive)))).toEqual(expected);
  expect(await readImdb(write('aclImdb_v1.tar', archiveOf(reviews.toReversed())))).toEqual(expected);
  const folder = join(scratchFolder(), 'aclImdb');
  for (const [path, text] of reviews) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  expect(await readImdb(folder)).toEqual(expected);
});

const whole = gzipSync(archiveOf(reviews));

test.each([
  ['gzip data that are cut off', whole.subarray(0, 200), /whole gzip file/u],
  ['a flipped byte in the gzip data', flipped(whole, whole.length - 6), /whole gzip file|whole tar archive/u],
  ['something else', Buffer.from('<html>'.repeat(200)), /whole tar archive/u],
  ['no test reviews', archiveOf(reviews.slice(0, 3)), /no review in test\/neg/u],
  ['a review without rating', archiveOf([...reviews, ['train/pos/7.txt', '']]), /7\.txt.*rating of 7 to 10/u],
  ['a rating of the other class', archiveOf([...reviews, ['train/neg/7_8.txt', '']]), /rating of 0 to 4/u],
])('%s: one error that says where the data are published', async (_, bytes, message) => {
  const failure = await readImdb(write('aclImdb_v1.tar.gz', bytes)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as ConfigError).message).toMatch(message);
  expect((failure as ConfigError).hint).toContain('https://ai.stanford.edu/~amaas/data/sentiment/');
});

test('a missing file or folder says so', async () => {
  await expect(readImdb('/nowhere/aclImdb_v1.tar.gz')).rejects.toThrow(/there is no such file/u);
  await expect(readImdb(scratchFolder())).rejects.toThrow(/train\/neg: cannot be read/u);
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 0xff;
  return copy;
}
