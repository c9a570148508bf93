import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readIdxImages, readIdxLabels } from '../../../src/files/idx.ts';
import { scratchFolder } from '../cli/run-cli.ts';

function write(bytes: Uint8Array): string {
  const path = join(scratchFolder(), 'data-ubyte');
  writeFileSync(path, bytes);
  return path;
}

/** Two images of 2 x 3. */
const images = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...Array(12).keys()]);
const labels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]);

test('images and labels, plain or gzip', async () => {
  for (const bytes of [images, gzipSync(images)]) {
    const { count, rows, columns, pixels } = await readIdxImages(write(bytes));
    expect([count, rows, columns]).toEqual([2, 2, 3]);
    expect([...pixels]).toEqual([...Array(12).keys()]);
  }
  expect([...(await readIdxLabels(write(labels)))]).toEqual([7, 2, 1]);
});

test.each([
  ['labels for images', readIdxImages, labels, /found 11 bytes, expected an IDX file of 3 dimensions/u],
  ['images for labels', readIdxLabels, images, /found magic number 2051, expected .* magic number 2049/u],
  ['a file that is cut off', readIdxImages, images.subarray(0, 20), /4 bytes of data, expected 2 x 2 x 3/u],
  ['bytes behind the end', readIdxLabels, Buffer.concat([labels, labels]), /14 bytes of data, expected 3/u],
  ['no image', readIdxImages, Buffer.from([0, 0, 8, 3, ...Array(12).fill(0)]), /0 bytes of data/u],
  ['an empty file', readIdxLabels, Buffer.alloc(0), /found 0 bytes/u],
])('%s: one error that says where the files are published', async (_, read, bytes, message) => {
  const failure = await read(write(bytes)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as ConfigError).message).toMatch(message);
  expect((failure as ConfigError).hint).toContain('yann.lecun.com');
});
