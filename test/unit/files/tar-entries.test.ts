import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readTar } from '../../../src/files/tar-entries.ts';
import { scratchFolder } from '../cli/run-cli.ts';
import { sampleTar } from './sample-tar.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

async function entriesOf(bytes: Buffer, size = bytes.length): Promise<[string, string, string][]> {
  const found: [string, string, string][] = [];
  for await (const { path, kind, content } of readTar(inPieces(bytes, size), {
    name: 'a.tar',
    maxEntryBytes: 1 << 16,
  })) {
    found.push([path, kind, content.toString('utf8')]);
  }
  return found;
}

const sample = sampleTar([
  { path: 'folder/', type: '5' },
  { path: 'folder/empty.txt' },
  { path: 'folder/text.txt', content: 'x'.repeat(700) },
  { path: 'link', type: '2' },
  { path: 'name.txt', prefix: 'deep/folder', content: 'prefix' },
  { path: '././@LongLink', type: 'L', content: `long/${'n'.repeat(120)}.txt\0` },
  { path: 'cut off', content: 'GNU' },
  { path: 'pax', type: 'x', content: '17 path=pax/é.txt\n' },
  { path: 'cut off', content: 'pax' },
]);

const members = [
  ['folder/', 'folder', ''],
  ['folder/empty.txt', 'file', ''],
  ['folder/text.txt', 'file', 'x'.repeat(700)],
  ['deep/folder/name.txt', 'file', 'prefix'],
  [`long/${'n'.repeat(120)}.txt`, 'file', 'GNU'],
  ['pax/é.txt', 'file', 'pax'],
];

test.each([1, 100, 512, 513, 1 << 20])('pieces of %i bytes give the same members', async (size) => {
  expect(await entriesOf(sample, size)).toEqual(members);
});

test('an archive of the tar program reads the same', async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'one.txt'), 'one');
  writeFileSync(join(folder, 'a', `${'two'.repeat(50)}.txt`), 'two\n');
  const archive = execFileSync('tar', ['-cf', '-', '--sort=name', 'a'], { cwd: folder });
  expect(await entriesOf(archive)).toEqual([
    ['a/', 'folder', ''],
    ['a/one.txt', 'file', 'one'],
    [`a/${'two'.repeat(50)}.txt`, 'file', 'two\n'],
  ]);
});

test.each([
  ['cut off in a member', sample.subarray(0, 3 * 512 + 200), /the end of the data/u],
  ['without an end', sample.subarray(0, 2 * 512), /the end of the data/u],
  ['not an archive', Buffer.from('hello'.repeat(200)), /checksum/u],
  ['empty', Buffer.alloc(0), /the end of the data/u],
])('an archive that is %s is one error with the place', async (_, bytes, message) => {
  await expect(entriesOf(bytes)).rejects.toThrow(ConfigError);
  await expect(entriesOf(bytes)).rejects.toThrow(message);
});

test('a member above the limit is refused before it is read', async () => {
  const huge = sampleTar([{ path: 'huge', content: 'x' }]);
  huge.write('77777777777\0', 124);
  const repaired = Buffer.from(huge);
  repaired.write('        ', 148);
  const sum = repaired.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  repaired.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  await expect(entriesOf(repaired)).rejects.toThrow(/8589934591 bytes, expected at most 65536/u);
});

test('any byte that is flipped in a header, but for its checksum, is found', async () => {
  const places = fc.nat(511).filter((at) => at < 148 || at >= 156);
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const bytes = sampleTar([{ path: 'a.txt', content: 'abc' }]);
      bytes[at]! ^= flip;
      await expect(entriesOf(bytes)).rejects.toThrow(/checksum/u);
    }),
  );
});
