import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'npyjs';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { decodeMatrix, encodeMatrix, readMatrix, writeMatrix } from '../../../src/files/npy.ts';

const folder = mkdtempSync(join(tmpdir(), 'ohmloom-npy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The bytes of `numpy.save(file, numpy.arange(6.0).reshape(2, 3))`, NumPy 2.4, in base64. */
const numpyFile = Buffer.concat([
  Buffer.from('\u0093NUMPY\u0001\0v\0', 'latin1'),
  Buffer.from(`{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }${' '.repeat(58)}\n`),
  Buffer.from(new Float64Array([0, 1, 2, 3, 4, 5]).buffer),
]);

interface Parts {
  readonly descr?: string;
  readonly order?: string;
  readonly shape?: string;
  readonly version?: number;
  readonly headerLength?: number;
  readonly body?: Uint8Array;
}

/** A .npy file in which any part may lie. */
function handmade(parts: Parts): Buffer {
  const { descr = "'<f8'", order = 'False', shape = '(2, 3)', version = 1 } = parts;
  const header = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  const headerLength = parts.headerLength ?? header.length;
  if (version === 1) {
    length.writeUInt16LE(headerLength);
  } else {
    length.writeUInt32LE(headerLength);
  }
  return Buffer.concat([
    Buffer.from(`\u0093NUMPY${String.fromCharCode(version)}\0`, 'latin1'),
    length,
    Buffer.from(header, 'latin1'),
    parts.body ?? new Uint8Array(48),
  ]);
}

function refusal(action: () => unknown): ConfigError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error;
    }
    throw error;
  }
  throw new Error('expected a ConfigError');
}

function cellsIn(bytes: Uint8Array): number | 'a ConfigError' | 'another error' {
  try {
    return decodeMatrix(bytes, 'a').data.length;
  } catch (error) {
    return error instanceof ConfigError ? 'a ConfigError' : 'another error';
  }
}

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, columns]) =>
    fc.record({
      shape: fc.constantFrom([rows, columns], [rows * columns]),
      data: fc.float64Array({ minLength: rows * columns, maxLength: rows * columns }),
    }),
  );

describe('writing', () => {
  test('gives the bytes that NumPy gives', () => {
    const bytes = encodeMatrix(new Float64Array([0, 1, 2, 3, 4, 5]), [2, 3], 'a');
    expect(Buffer.from(bytes).equals(numpyFile)).toBe(true);
  });

  test('agrees with the NumPy of this machine, where there is one', (context) => {
    const program =
      'import sys, numpy as n\nfor s in [(5,), (7, 11), (1, 1), (300, 2)]:\n' +
      ' n.save(sys.stdout.buffer, n.arange(float(n.prod(s))).reshape(s))';
    let numpy: Buffer;
    try {
      numpy = execFileSync('python3', ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      context.skip('NumPy is not installed');
      return;
    }
    const shapes = [[5], [7, 11], [1, 1], [300, 2]];
    const ours = shapes.map((shape) => {
      const length = shape.reduce((product, extent) => product * extent, 1);
      return encodeMatrix(
        Float64Array.from({ length }, (_, index) => index),
        shape,
        'a',
      );
    });
    expect(Buffer.concat(ours).equals(numpy)).toBe(true);
  });

  test('is undone by reading, for every float64', () => {
    fc.assert(
      fc.property(matrices, ({ shape, data }) => {
        const bytes = encodeMatrix(data, shape, 'a');
        expect(decodeMatrix(bytes, 'a', { allowNonFinite: true })).toEqual({ shape, data });
      }),
    );
  });

  test('is understood by an independent reader', () => {
    fc.assert(
      fc.property(matrices, ({ shape, data }) => {
        const theirs = parse(new Uint8Array(encodeMatrix(data, shape, 'a')).buffer);
        expect({ shape: theirs.shape, data: theirs.data }).toEqual({ shape, data });
      }),
    );
  });

  test('goes through the file system', async () => {
    const path = join(folder, 'm.npy');
    await writeMatrix(path, new Float64Array([1, 2, 3]), [3, 1]);
    expect(await readMatrix(path)).toEqual({ data: new Float64Array([1, 2, 3]), shape: [3, 1] });
  });

  test.each([[[2, 2]], [[]], [[3, 1, 1]], [[-3, -1]], [[1.5, 2]], [[0]]])(
    'refuses shape %j for three elements',
    (shape) => {
      expect(refusal(() => encodeMatrix(new Float64Array(3), shape, 'targets')).message).toContain(
        `targets: found shape (${shape.join(', ')}) for 3 elements`,
      );
    },
  );
});

describe('reading', () => {
  const types = [
    [
      'f4',
      4,
      (view: DataView, at: number, value: number, little: boolean) => view.setFloat32(at, value, little),
    ],
    [
      'f8',
      8,
      (view: DataView, at: number, value: number, little: boolean) => view.setFloat64(at, value, little),
    ],
    ['i1', 1, (view: DataView, at: number, value: number) => view.setInt8(at, value)],
    ['u1', 1, (view: DataView, at: number, value: number) => view.setUint8(at, value)],
    [
      'i2',
      2,
      (view: DataView, at: number, value: number, little: boolean) => view.setInt16(at, value, little),
    ],
    [
      'u2',
      2,
      (view: DataView, at: number, value: number, little: boolean) => view.setUint16(at, value, little),
    ],
    [
      'i4',
      4,
      (view: DataView, at: number, value: number, little: boolean) => view.setInt32(at, value, little),
    ],
    [
      'u4',
      4,
      (view: DataView, at: number, value: number, little: boolean) => view.setUint32(at, value, little),
    ],
    [
      'i8',
      8,
      (view: DataView, at: number, v: number, little: boolean) => view.setBigInt64(at, BigInt(v), little),
    ],
    [
      'u8',
      8,
      (view: DataView, at: number, v: number, little: boolean) => view.setBigUint64(at, BigInt(v), little),
    ],
  ] as const;

  test.each(types)('takes %s in both byte orders and both index orders', (type, size, set) => {
    const values = type.startsWith('u') ? [1, 2, 3, 4, 5, 200] : [1, -2, 3, -4, 5, 100];
    for (const [mark, little] of [
      [size === 1 ? '|' : '<', true],
      ['>', false],
    ] as const) {
      const body = new Uint8Array(6 * size);
      const view = new DataView(body.buffer);
      values.forEach((value, index) => set(view, index * size, value, little));
      const rowMajor = handmade({ descr: `'${mark}${type}'`, body });
      expect(decodeMatrix(rowMajor, 'a').data).toEqual(new Float64Array(values));
      const fortran = handmade({ descr: `'${mark}${type}'`, body, order: 'True' });
      const [a, b, c, d, e, f] = values;
      expect(decodeMatrix(fortran, 'a').data).toEqual(Float64Array.from([a!, c!, e!, b!, d!, f!]));
    }
  });

  test('takes versions 2 and 3, a header of any length, and shapes of Python 2', () => {
    for (const version of [2, 3]) {
      expect(decodeMatrix(handmade({ version }), 'a').shape).toEqual([2, 3]);
    }
    expect(decodeMatrix(handmade({ shape: '(2L, 3L)' }), 'a').shape).toEqual([2, 3]);
    expect(decodeMatrix(handmade({ shape: '(6,)' }), 'a').shape).toEqual([6]);
  });

  test.each<[string, Parts, string]>([
    ['an object array', { descr: "'|O'" }, "elements '|O'"],
    ['a structured array', { descr: "[('a', '<f8'), ('b', '<f8')]" }, "elements [('a', '<f8')"],
    ['complex numbers', { descr: "'<c16'" }, "elements '<c16'"],
    ['half precision', { descr: "'<f2'" }, "elements '<f2'"],
    ['text', { descr: "'<U8'" }, "elements '<U8'"],
    ['no byte order', { descr: "'|f8'" }, "elements '|f8' without byte order"],
    ['three dimensions', { shape: '(1, 2, 3)' }, 'shape (1, 2, 3)'],
    ['no dimension', { shape: '()' }, 'shape ()'],
    ['an empty array', { shape: '(0, 3)', body: new Uint8Array(0) }, 'shape (0, 3)'],
    ['too few elements', { body: new Uint8Array(40) }, '40 bytes of elements, expected 48'],
    ['too many elements', { body: new Uint8Array(49) }, '49 bytes of elements, expected 48'],
    [
      'a huge shape',
      { shape: '(4294967296, 4294967296)' },
      '48 bytes of elements, expected 147573952589676412928',
    ],
    ['a negative shape', { shape: '(-2, -3)' }, 'a malformed header'],
    ['an exponent in the shape', { shape: '(2, 3e0)' }, 'a malformed header'],
    ['an expression as shape', { shape: '(2, __import__("os").system("x"))' }, 'a malformed header'],
    ['a header beyond the file', { headerLength: 60_000 }, 'a header of 60000 bytes'],
    ['a header beyond 64 KiB', { version: 2, headerLength: 0xffffffff }, 'a header of 4294967295 bytes'],
    ['an unknown version', { version: 9 }, '.npy version 9.0'],
    ['a strange order', { order: 'Maybe' }, 'a malformed header'],
  ])('refuses %s', (_, parts, found) => {
    expect(refusal(() => decodeMatrix(handmade(parts), 'w.npy')).message).toContain(`w.npy: found ${found}`);
  });

  test('refuses a number that is not finite, unless asked', () => {
    const bytes = encodeMatrix(new Float64Array([1, 2, 3, Number.NaN]), [2, 2], 'a');
    expect(refusal(() => decodeMatrix(bytes, 'w.npy')).message).toContain(
      'w.npy: found NaN at [1, 1] (word line, bit line), expected finite numbers',
    );
    expect(decodeMatrix(bytes, 'a', { allowNonFinite: true }).data[3]).toBeNaN();
  });

  test('refuses an integer that float64 does not hold', () => {
    const body = new Uint8Array(new BigInt64Array([2n ** 53n + 1n]).buffer);
    expect(
      refusal(() => decodeMatrix(handmade({ descr: "'<i8'", shape: '(1,)', body }), 'w.npy')).message,
    ).toContain('found 9007199254740993 at [0]');
  });

  test('answers every damaged file with a ConfigError', () => {
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 0, max: numpyFile.length - 1 }).map((length) => numpyFile.subarray(0, length)),
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 255 })), { minLength: 1 })
        .map((edits) => {
          const copy = Buffer.from(numpyFile);
          for (const [at, byte] of edits) copy[at] = byte;
          return copy;
        }),
    );
    fc.assert(
      fc.property(damaged, (bytes) => {
        expect(cellsIn(bytes)).toBeOneOf([6, 'a ConfigError']);
      }),
      { numRuns: 1000 },
    );
  });

  test('names what is wrong with the path', async () => {
    const text = join(folder, 'weights.txt');
    writeFileSync(text, 'not numbers at all');
    await expect(readMatrix(text)).rejects.toThrow(/weights\.txt: found a file that is not \.npy/u);
    await expect(readMatrix(join(folder, 'none.npy'))).rejects.toThrow(
      /none\.npy: cannot be read: there is no such/u,
    );
    await expect(readMatrix(folder)).rejects.toThrow(/found a folder or device, expected a regular file/u);
  });

  test('does not wait for a pipe', async (context) => {
    const pipe = join(folder, 'pipe.npy');
    try {
      execFileSync('mkfifo', [pipe]);
    } catch {
      context.skip('this system makes no named pipes');
    }
    await expect(readMatrix(pipe)).rejects.toThrow(/expected a regular file/u);
  });
});
