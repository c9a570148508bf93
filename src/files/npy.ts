import { parse } from 'npyjs';
import { readBoundedFile } from './bounded-file.ts';
import { elementSizes, npyError, npyHeader, readNpyHeader, type NpyHeader } from './npy-header.ts';
import { writeFileAtomically } from './atomic-file.ts';

/** A vector or matrix of float64 in row-major order. */
export interface Matrix {
  readonly data: Float64Array;
  /** One or two extents; their product is the length of `data`. */
  readonly shape: readonly number[];
}

export interface ReadMatrixOptions {
  /** Accept NaN and infinities; else the first one is an error. */
  readonly allowNonFinite?: boolean;
}

/** 128 Mi float64: a matrix of 11,585 x 11,585. */
const maxFileBytes = 1 << 30;

/**
 * Read a one- or two-dimensional array of integers or floats from a .npy file, as row-major float64.
 *
 * @throws ConfigError when the file cannot be read, is malformed, or holds anything else
 * @example
 * const { data, shape } = await readMatrix('weights.npy');
 */
export async function readMatrix(path: string, options: ReadMatrixOptions = {}): Promise<Matrix> {
  return decodeMatrix(await readBoundedFile(path, maxFileBytes), path, options);
}

/**
 * Write a float64 array as .npy, atomically and with the bytes that NumPy itself would write.
 *
 * @param data - row-major, of the length that `shape` says
 * @throws ConfigError when shape and data disagree or the file cannot be written
 * @example
 * await writeMatrix('targets.npy', new Float64Array(6), [2, 3]);
 */
export async function writeMatrix(path: string, data: Float64Array, shape: readonly number[]): Promise<void> {
  await writeFileAtomically(path, encodeMatrix(data, shape, path));
}

/**
 * Give the .npy bytes of a float64 array.
 *
 * @param name - how to call the array in an error
 * @throws ConfigError unless `shape` is one or two positive integers with the product `data.length`
 * @example
 * encodeMatrix(new Float64Array(6), [2, 3], 'targets').length; // 176
 */
export function encodeMatrix(data: Float64Array, shape: readonly number[], name: string): Uint8Array {
  const elements = shape.reduce((product, extent) => product * extent, 1);
  const extentsAreCounts = shape.every((extent) => Number.isSafeInteger(extent) && extent > 0);
  if (shape.length < 1 || shape.length > 2 || !extentsAreCounts || elements !== data.length) {
    throw npyError(
      name,
      `shape (${shape.join(', ')}) for ${data.length} elements`,
      'one or two extents of that product',
    );
  }
  return Buffer.concat([
    npyHeader('<f8', shape),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
}

/**
 * Read the bytes of a .npy file, as {@link readMatrix} does.
 *
 * @param name - how to call the file in an error
 * @throws ConfigError for bytes that are not a one- or two-dimensional array of integers or floats
 * @example
 * decodeMatrix(encodeMatrix(new Float64Array(6), [2, 3], 'a'), 'a').shape; // [2, 3]
 */
export function decodeMatrix(file: Uint8Array, name: string, options: ReadMatrixOptions = {}): Matrix {
  const header = readNpyHeader(file, name);
  const stored = readElements(file, header, name);
  const data = header.fortranOrder ? transposed(stored, header.shape) : stored;
  if (options.allowNonFinite !== true) {
    checkFinite(data, header.shape, name);
  }
  return { data, shape: header.shape };
}

/**
 * npyjs reads little-endian elements behind an aligned header, and trusts the header. So it is given a header
 * rebuilt from checked values, in front of elements in little-endian order.
 */
function readElements(file: Uint8Array, header: NpyHeader, name: string): Float64Array {
  const { type, bigEndian } = header;
  const descr = `${elementSizes[type] === 1 ? '|' : '<'}${type}`;
  const canonicalHeader = npyHeader(descr, header.shape);
  const canonical = new Uint8Array(canonicalHeader.length + file.length - header.dataOffset);
  canonical.set(canonicalHeader);
  canonical.set(file.subarray(header.dataOffset), canonicalHeader.length);
  if (bigEndian) {
    swapBytes(canonical.subarray(canonicalHeader.length), elementSizes[type]);
  }
  const elements = parse(canonical.buffer).data;
  if (elements instanceof Float64Array) {
    return elements;
  }
  if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) {
    return exactNumbers(elements, header.shape, name);
  }
  return Float64Array.from(elements as Float32Array | Int32Array);
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) buffer.swap16();
  if (size === 4) buffer.swap32();
  if (size === 8) buffer.swap64();
}

function exactNumbers(
  elements: BigInt64Array | BigUint64Array,
  shape: readonly number[],
  name: string,
): Float64Array {
  const numbers = Float64Array.from(elements as BigInt64Array, Number);
  const inexact = numbers.findIndex((value) => !Number.isSafeInteger(value));
  if (inexact >= 0) {
    throw npyError(
      name,
      `${elements[inexact]} at ${position(inexact, shape)}`,
      'integers of magnitude below 2^53, which float64 holds exactly',
    );
  }
  return numbers;
}

function transposed(data: Float64Array, shape: readonly number[]): Float64Array {
  const [rows = 1, columns = 1] = shape;
  const rowMajor = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      rowMajor[row * columns + column] = data[column * rows + row]!;
    }
  }
  return rowMajor;
}

function checkFinite(data: Float64Array, shape: readonly number[], name: string): void {
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    throw npyError(name, `${data[index]} at ${position(index, shape)}`, 'finite numbers');
  }
}

function position(index: number, shape: readonly number[]): string {
  const columns = shape[1];
  return columns === undefined
    ? `[${index}]`
    : `[${Math.floor(index / columns)}, ${index % columns}] (word line, bit line)`;
}
