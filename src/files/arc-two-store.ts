import { open } from 'node:fs/promises';
import type { Dataset, File as HdfFile, Group } from 'h5wasm/node';
import { containsCell, createGeometry, type Cell, type Geometry } from '../array/geometry.ts';
import { ConfigError } from '../errors.ts';
import type { Amperes, Seconds, Volts } from '../units.ts';
import { errorText, fileError } from './file-error.ts';

type Hdf = typeof import('h5wasm/node');

/** What happened to one cell. */
export interface StoredAct {
  readonly cell: Cell;
  readonly amperes: Amperes;
  readonly volts: Volts;
  /** 0 where the cell was only read. */
  readonly width: Seconds;
  readonly readVolts: Volts;
  /** 1 a read, 2 a pulse, 3 a pulse and a read. */
  readonly operation: number;
}

/** What the program of ArC TWO keeps of an array: every cell's history, in its own order. */
export interface ArcTwoStore {
  readonly title: string;
  readonly geometry: Geometry;
  readonly acts: readonly StoredAct[];
}

/** What a hostile file may cost at most. */
const mostBytes = 1 << 30;
const mostActs = 5_000_000;
const rowsAtOnce = 1 << 16;

const signature = Buffer.from('\u0089HDF\r\n\u001a\n', 'latin1');

const fields = ['current', 'voltage', 'pulse_width', 'read_voltage', 'op_type'] as const;

/**
 * Read what the program of ArC TWO has stored: `crosspoints/W00B00/timeseries` of an HDF5 file.
 *
 * @throws ConfigError for a file that cannot be read, or is none of these
 */
export async function readArcTwoStore(path: string): Promise<ArcTwoStore> {
  await requireReadable(path);
  const hdf: Hdf = await import('h5wasm/node');
  await hdf.ready;
  let file: HdfFile;
  try {
    file = new hdf.File(path, 'r');
  } catch (cause) {
    throw storeError(path, `no HDF5 file (${errorText(cause)})`, 'a store of the program of ArC TWO', cause);
  }
  try {
    return readStore(hdf, file, path);
  } catch (cause) {
    throw cause instanceof ConfigError
      ? cause
      : storeError(path, `a damaged file (${errorText(cause)})`, 'a whole HDF5 file', cause);
  } finally {
    file.close();
  }
}

function readStore(hdf: Hdf, file: HdfFile, path: string): ArcTwoStore {
  const geometry = createGeometry(attribute(file, 'words', path), attribute(file, 'bits', path));
  const title = file.attrs['TITLE']?.value;
  const acts: StoredAct[] = [];
  const cells = group(hdf, file, 'crosspoints', path);
  for (const name of cells.keys()) {
    const [, word, bit] = /^W(\d{2,4})B(\d{2,4})$/u.exec(name) ?? [];
    const cell = { word: Number(word), bit: Number(bit) };
    if (!containsCell(geometry, cell)) {
      const { wordLines, bitLines } = geometry;
      throw storeError(path, `crosspoints/${name}`, `cells of an array of ${wordLines} x ${bitLines}`);
    }
    const where = `crosspoints/${name}/timeseries`;
    const table = file.get(where);
    if (!(table instanceof hdf.Dataset)) {
      throw storeError(path, `no "${where}"`, 'a table of that name');
    }
    readHistory(table, cell, acts, `${path}: ${where}`);
  }
  return { title: typeof title === 'string' ? title : '', geometry, acts };
}

/** A table is longer than what is in it; `NROWS` says how much is. */
function readHistory(table: Dataset, cell: Cell, acts: StoredAct[], where: string): void {
  const { dtype, shape } = table;
  const found = Array.isArray(dtype)
    ? dtype.map((column) => String(Array.isArray(column) ? column[0] : column))
    : [];
  if (found.join() !== fields.join()) {
    throw storeError(where, `the columns ${found.join()}`, fields.join());
  }
  const rows = attribute(table, 'NROWS', where);
  const length = shape?.[0] ?? 0;
  if (rows > length || acts.length + rows > mostActs) {
    throw storeError(where, `${rows} rows`, `at most ${Math.min(length, mostActs - acts.length)}`);
  }
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const some = table.slice([[start, Math.min(rows, start + rowsAtOnce)]]) as unknown as readonly number[][];
    for (const [amperes = 0, volts = 0, width = 0, readVolts = 0, operation = 0] of some) {
      acts.push({ cell, amperes, volts, width, readVolts, operation });
    }
  }
}

function group(hdf: Hdf, file: HdfFile, name: string, path: string): Group {
  const found = file.get(name);
  if (!(found instanceof hdf.Group)) {
    throw storeError(path, `no "${name}"`, 'a group of that name');
  }
  return found;
}

/** A count that stands beside data. */
function attribute(owner: Pick<HdfFile, 'attrs'>, name: string, where: string): number {
  const value = Number(owner.attrs[name]?.value ?? Number.NaN);
  if (!(Number.isSafeInteger(value) && value >= 0 && value <= mostActs)) {
    throw storeError(where, `the attribute ${name} ${value}`, 'a count');
  }
  return value;
}

/** The library prints what it makes of other files. */
async function requireReadable(path: string): Promise<void> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer } = await file.read(Buffer.alloc(signature.length), 0, signature.length, 0);
      if (!buffer.equals(signature) || size > mostBytes) {
        throw storeError(
          path,
          `no HDF5 file of up to ${mostBytes} bytes`,
          'a store of the program of ArC TWO',
        );
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, 'cannot be read', error);
  }
}

function storeError(where: string, found: string, allowed: string, cause?: unknown): ConfigError {
  return new ConfigError('arc-two-store', `${where}: found ${found}, expected ${allowed}`, {
    details: { where, found, allowed },
    cause,
  });
}
