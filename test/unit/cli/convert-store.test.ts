import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import hdf from 'h5wasm/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeMatrix } from '../../../src/files/npy.ts';
import { decodeNpz } from '../../../src/files/npz.ts';
import { runCli, scratchFolder } from './run-cli.ts';

const columns = [
  ['current', '<f'],
  ['voltage', '<f'],
  ['pulse_width', '<f'],
  ['read_voltage', '<f'],
  ['op_type', '<I'],
] as const;

interface Table {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  /** What the table says that it holds. */
  readonly count?: number;
  readonly dtype?: readonly (readonly [string, string])[];
}

beforeAll(() => hdf.ready);

/** A store as the program of ArC TWO makes it: tables longer than what is in them. */
function writeStore(path: string, tables: readonly Table[], words = 4): void {
  const file = new hdf.File(path, 'w');
  file.create_attribute('words', words, null, '<i8');
  file.create_attribute('bits', 3, null, '<i8');
  file.create_attribute('TITLE', 'die 3');
  const cells = file.create_group('crosspoints');
  for (const { name, rows, count = rows.length, dtype = columns } of tables) {
    const padded = [...rows, dtype.map(() => 99), dtype.map(() => 99)];
    const table = cells.create_group(name).create_dataset({
      name: 'timeseries',
      data: new Map(dtype.map(([column], index) => [column, padded.map((row) => row[index] ?? 0)])) as never,
      shape: [padded.length],
      dtype: dtype as never,
    });
    table.create_attribute('NROWS', count, null, '<i8');
  }
  file.close();
}

const acts = [
  [0.00001, 0.2, 0, 0.2, 1],
  [0.00005, 1.5, 0.0001, 0.2, 3],
];

test('every act of every cell becomes a row of the arrays', async () => {
  const folder = scratchFolder();
  writeStore(join(folder, 'die.h5'), [
    { name: 'W02B01', rows: acts },
    { name: 'W03B00', rows: [[-0.000007, -0.5, 0, -0.5, 1]] },
  ]);
  const { code, stdout } = await runCli('convert', join(folder, 'die.h5'), '--to', 'npz', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ acts: 3 });
  const members = decodeNpz(readFileSync(join(folder, 'die.npz')), 'die.npz');
  const array = (name: string) => [...decodeMatrix(members.get(`${name}.npy`)!, name).data];
  expect(array('word')).toEqual([2, 2, 3]);
  expect(array('bit')).toEqual([1, 1, 0]);
  expect(array('amperes')).toEqual([0.00001, 0.00005, -0.000007].map(Math.fround));
  expect(array('width')).toEqual([0, Math.fround(0.0001), 0]);
  expect(array('operation')).toEqual([1, 3, 1]);
});

describe('files that are no such stores', () => {
  test.each<[string, Table, string]>([
    [
      'a cell outside the array',
      { name: 'W04B00', rows: acts },
      'W04B00, expected cells of an array of 4 x 3',
    ],
    ['a cell that is none', { name: 'cell', rows: acts }, 'crosspoints/cell'],
    [
      'a table that says it holds more',
      { name: 'W00B00', rows: acts, count: 5 },
      'found 5 rows, expected at most 4',
    ],
    ['a table that says it holds less than nothing', { name: 'W00B00', rows: acts, count: -1 }, 'NROWS -1'],
    [
      'another table',
      {
        name: 'W00B00',
        rows: [[1, 2]],
        dtype: [
          ['a', '<f'],
          ['b', '<f'],
        ],
      },
      'found the columns a,b',
    ],
  ])('%s', async (_, table, message) => {
    const path = join(scratchFolder(), 'bad.h5');
    writeStore(path, [table]);
    const { code, stderr } = await runCli('convert', path, '--to', 'npz');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each<[string, (path: string) => void, string]>([
    ['text', (path) => writeFileSync(path, 'current,voltage\n'), 'found no HDF5 file'],
    ['nothing', (path) => writeFileSync(path, ''), 'found no HDF5 file'],
    ['no array', (path) => writeStore(path, [], 0), 'bad.h5'],
    [
      'a cut file',
      (path) => (writeStore(path, [{ name: 'W00B00', rows: acts }]), truncateSync(path, 600)),
      'a damaged file',
    ],
  ])('%s', async (_, write, message) => {
    const path = join(scratchFolder(), 'bad.h5');
    write(path);
    const { code, stderr } = await runCli('convert', path, '--to', 'npz');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a store is not a schedule', async () => {
    const { code, stderr } = await runCli('convert', 'die.h5', '--to', 'vcd');
    expect(code).toBe(2);
    expect(stderr).toContain('expected --to npz');
  });
});
