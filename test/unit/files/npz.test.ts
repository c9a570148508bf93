import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { encodeStrings } from '../../../src/files/npy-vectors.ts';
import { decodeMatrix, encodeMatrix } from '../../../src/files/npy.ts';
import { decodeNpz, encodeNpz } from '../../../src/files/npz.ts';

describe('archives of arrays', () => {
  test('give back what was packed, and the same bytes for the same arrays', () => {
    const members = {
      'g.npy': encodeMatrix(Float64Array.of(1, 2, 3, 4), [2, 2], 'g'),
      'a.txt': strToU8('x'),
    };
    const packed = encodeNpz(members);
    expect(encodeNpz(members)).toEqual(packed);
    const found = decodeNpz(packed, 'a.npz');
    expect([...found.keys()]).toEqual(['g.npy', 'a.txt']);
    expect(decodeMatrix(found.get('g.npy')!, 'g').data).toEqual(Float64Array.of(1, 2, 3, 4));
  });

  test.each<[string, Uint8Array, string]>([
    ['no archive', strToU8('word,bit\n'), 'found no zip archive'],
    ['nothing', new Uint8Array(), 'found no zip archive'],
    ['a cut archive', encodeNpz({ 'a.npy': new Uint8Array(1000) }).subarray(0, 60), 'found no zip archive'],
    [
      'too many members',
      zipSync(Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`${index}`, new Uint8Array(1)]))),
      'found 65 members',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => decodeNpz(bytes, 'bad.npz')).toThrow(message);
    expect(() => decodeNpz(bytes, 'bad.npz')).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  test('an archive that promises more than memory is refused before it is unpacked', () => {
    const bytes = encodeNpz({ 'a.npy': new Uint8Array(1000) });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const directory = Buffer.from(bytes).indexOf('PK\u0001\u0002');
    // Uncompressed size of the first member, in the central directory.
    view.setUint32(directory + 24, 0xf000_0000, true);
    expect(() => decodeNpz(bytes, 'bomb.npz')).toThrow('found 1 members of 4026531840 bytes');
  });
});

test('texts are stored as NumPy stores them', () => {
  const bytes = Buffer.from(encodeStrings(['P', 'FF_s', '\u{1F600}']));
  expect(bytes.subarray(0, 64).toString('latin1')).toContain("'descr': '<U4'");
  const elements = bytes.subarray(128);
  expect(elements).toHaveLength(3 * 4 * 4);
  expect([elements.readUInt32LE(0), elements.readUInt32LE(4)]).toEqual(['P'.charCodeAt(0), 0]);
  expect(elements.readUInt32LE(16)).toBe('F'.charCodeAt(0));
  expect(elements.readUInt32LE(32)).toBe(0x1f600);
});
