import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readGlove } from '../../../src/files/glove.ts';
import { scratchFolder } from '../cli/run-cli.ts';

const words = new Map([
  ['the', 0],
  ['naïve', 1],
  ['absent', 2],
]);

function write(content: string | Buffer): string {
  const path = join(scratchFolder(), 'vectors.txt');
  writeFileSync(path, content);
  return path;
}

const text = 'the 0.5 -1.25 3\nof 1 2 3\nnaïve -0.25 0 1e-2\n';

test('rows follow the asked numbers; words without a vector are zero', async () => {
  const { dimensions, vectors, found } = await readGlove([write(text)], words);
  expect(dimensions).toBe(3);
  expect([...found]).toEqual([1, 1, 0]);
  expect(vectors).toEqual(Float32Array.of(0.5, -1.25, 3, -0.25, 0, 0.01, 0, 0, 0));
});

test('plain, CRLF, gzip, joined gzip streams and several files are the same vectors', async () => {
  const once = await readGlove([write(text)], words);
  const [first, second] = [text.slice(0, 16), text.slice(16)];
  const forms = [
    [write(text.trimEnd())],
    [write(text.replaceAll('\n', '\r\n'))],
    [write(gzipSync(text))],
    [write(Buffer.concat([gzipSync(first), gzipSync(second)]))],
    [write(first), write(gzipSync(second))],
  ];
  for (const paths of forms) {
    expect(await readGlove(paths, words)).toEqual(once);
  }
});

test('the first vector of a word counts', async () => {
  const { vectors } = await readGlove([write('the 1 2 3\n'), write('the 4 5 6\n')], new Map([['the', 0]]));
  expect([...vectors]).toEqual([1, 2, 3]);
});

test.each([
  ['a short row', 'of 1 2 3\nthe 1 2\n', /vectors\.txt:2: found 2 numbers, expected 3/u],
  ['a word for a number', 'the 1 x 3\n', /:1: found no finite number in place 2/u],
  ['a number too many spaces away', 'the 1  3\n', /:1: found no finite number in place 2/u],
  ['a number that is not finite', 'the 1 2 Infinity\n', /:1: found no finite number in place 3/u],
  ['no word', 'the 1 2 3\n 1 2 3\n', /:2: found no word/u],
  ['an empty line', 'the 1 2 3\n\nof 1 2 3\n', /:2: found no word/u],
  ['no line', '', /no line/u],
  ['one endless line', 'x'.repeat(1 << 17), /a line of more than 65536 bytes/u],
  ['gzip data that are cut off', gzipSync(text).subarray(0, 40), /whole gzip file/u],
])('%s: one error that says where the vectors are published', async (_, content, message) => {
  const failure = await readGlove([write(content)], words).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as ConfigError).message).toMatch(message);
  expect((failure as ConfigError).hint).toContain('https://nlp.stanford.edu/projects/glove/');
});
