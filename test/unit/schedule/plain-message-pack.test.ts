import * as fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { requirePlainMessagePack } from '../../../src/schedule/plain-message-pack.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });

describe('requirePlainMessagePack', () => {
  test('passes whatever JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(() => requirePlainMessagePack(packr.pack(value))).not.toThrow();
      }),
    );
  });

  test('passes numbers, texts, lists and objects with every size of header', () => {
    const passes = (value: unknown): void => {
      expect(() => requirePlainMessagePack(packr.pack(value))).not.toThrow();
    };
    for (const length of [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536]) {
      passes('x'.repeat(length));
      passes(Array.from({ length }, () => 0));
      const entries = Array.from({ length }, (_, key) => [`k${key}`, key]);
      passes(Object.fromEntries(entries));
    }
    for (const number of [
      0,
      127,
      128,
      255,
      256,
      65_535,
      65_536,
      2 ** 32 - 1,
      -1,
      -32,
      -33,
      -129,
      -32_769,
      0.1,
    ]) {
      passes(number);
    }
  });

  test.each([
    ['nothing', [], 'byte 0: found the end'],
    ['the unused type', [0xc1], 'found type 0xc1'],
    ['bytes', [0xc4, 0x01, 0x00], 'found type 0xc4'],
    ['float32', [0xca, 0, 0, 0, 0], 'found type 0xca'],
    ['uint64', [0xcf, 0, 0, 0, 0, 0, 0, 0, 1], 'found type 0xcf'],
    ['an extension', [0xd4, 0x72, 0x40], 'found type 0xd4'],
    ['an extension inside a list', [0x91, 0xc7, 0x01, 0x72, 0x40], 'byte 1: found type 0xc7'],
    ['a key that is a number', [0x81, 0x01, 0x01], 'byte 1: found a key that is not text'],
    ['a text beyond the end', [0xa5, 0x61], 'found the end in the middle of a value'],
    ['a list that promises 4 G entries', [0xdd, 0xff, 0xff, 0xff, 0xff], 'found the end in the middle'],
    ['an object that promises 4 G entries', [0xdf, 0xff, 0xff, 0xff, 0xff], 'found the end in the middle'],
    ['a second value', [0x01, 0x02], 'byte 1: found 1 bytes after the end'],
    ['nesting without end', Array.from({ length: 100_000 }, () => 0x91), 'found nesting beyond 32 levels'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => requirePlainMessagePack(Uint8Array.from(bytes))).toThrow(message);
  });
});
