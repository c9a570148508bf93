/**
 * Header of the .npy format: NumPy enhancement proposal 1 and the documentation of `numpy.lib.format`.
 * Magic `\x93NUMPY`, version, length, and a Python dictionary literal of which only the form that NumPy writes
 * is accepted.
 */
import { ConfigError } from '../errors.ts';

/** Element types that are read, with their size in bytes. */
export const elementSizes = { f4: 4, f8: 8, i1: 1, i2: 2, i4: 4, i8: 8, u1: 1, u2: 2, u4: 4, u8: 8 } as const;

export type ElementType = keyof typeof elementSizes;

export interface NpyHeader {
  readonly type: ElementType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  /** One or two extents, each at least 1. */
  readonly shape: readonly number[];
  /** Where the elements begin in the file. */
  readonly dataOffset: number;
}

const maxHeaderBytes = 65_536;
const magic = '\u0093NUMPY';
const literal =
  /^\{'descr': ?(?<descr>'[^'\\]*'|\[.*\]), ?'fortran_order': ?(?<order>True|False), ?'shape': ?\((?<shape>[\d, L]*)\),? ?\} *\n?$/su;

/**
 * Read and check the header of a .npy file, including that its shape fits the bytes that follow.
 *
 * @param name - how to call the file in an error
 * @throws ConfigError for anything but one or two dimensions of plain integers or floats of exactly that size
 * @example
 * readNpyHeader(bytes, 'weights.npy').shape; // [32, 32]
 */
export function readNpyHeader(file: Uint8Array, name: string): NpyHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || latin1(file, 0, 6) !== magic) {
    throw npyError(name, 'a file that is not .npy', 'a file that begins with \\x93NUMPY');
  }
  const version = view.getUint8(6);
  if (version < 1 || version > 3) {
    throw npyError(name, `.npy version ${version}.${view.getUint8(7)}`, 'version 1, 2 or 3');
  }
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maxHeaderBytes || start + length > file.length) {
    throw npyError(
      name,
      `a header of ${length} bytes in a file of ${file.length}`,
      `a whole header of at most ${maxHeaderBytes} bytes`,
    );
  }
  const fields = literal.exec(latin1(file, start, start + length))?.groups;
  if (fields === undefined) {
    throw npyError(name, 'a malformed header', "{'descr': ..., 'fortran_order': ..., 'shape': ...}");
  }
  const { type, bigEndian } = parseDescr(fields['descr'] ?? '', name);
  const shape = parseShape(fields['shape'] ?? '', name);
  const header = {
    type,
    bigEndian,
    fortranOrder: fields['order'] === 'True',
    shape,
    dataOffset: start + length,
  };
  checkSize(header, file.length, name);
  return header;
}

/**
 * Write the header of a version 1.0 file as NumPy does: padded so that the elements begin at a multiple of 64.
 *
 * @example
 * npyHeader('<f8', [2, 3]).length; // 128
 */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${extents}), }`;
  const total = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = Buffer.from(`${magic}\u0001\0\0\0${dictionary.padEnd(total - 11)}\n`, 'latin1');
  header.writeUInt16LE(total - 10, 8);
  return header;
}

function latin1(file: Uint8Array, start: number, end: number): string {
  return Buffer.from(file.buffer, file.byteOffset + start, end - start).toString('latin1');
}

function parseDescr(descr: string, name: string): { type: ElementType; bigEndian: boolean } {
  const match = /^'([<>|])([fiu][1248])'$/u.exec(descr);
  const type = match?.[2];
  if (match === null || type === undefined || !isElementType(type)) {
    throw npyError(
      name,
      `elements ${descr}`,
      `plain integers or floats: ${Object.keys(elementSizes).join(' ')}`,
      descr.startsWith('[') || descr.includes('O')
        ? 'Structured and object arrays are never read; save a plain float64 array.'
        : 'Convert in Python with array.astype("f8").',
    );
  }
  if (match[1] === '|' && elementSizes[type] > 1) {
    throw npyError(name, `elements ${descr} without byte order`, `'<${type}' or '>${type}'`);
  }
  return { type, bigEndian: match[1] === '>' };
}

function isElementType(text: string): text is ElementType {
  return Object.hasOwn(elementSizes, text);
}

function parseShape(text: string, name: string): number[] {
  const found = `shape (${text})`;
  if (!/^\d+L?,$|^\d+L?, ?\d+L?,?$/u.test(text)) {
    throw npyError(name, found, 'one or two dimensions');
  }
  const extents = text
    .split(',')
    .filter((extent) => extent.trim() !== '')
    .map(Number.parseFloat);
  if (!extents.every((extent) => Number.isSafeInteger(extent) && extent > 0)) {
    throw npyError(name, found, 'extents of at least 1');
  }
  return extents;
}

function checkSize(header: NpyHeader, fileBytes: number, name: string): void {
  const elements = header.shape.reduce((product, extent) => product * BigInt(extent), 1n);
  const promised = elements * BigInt(elementSizes[header.type]);
  const present = BigInt(fileBytes - header.dataOffset);
  if (promised !== present) {
    throw npyError(
      name,
      `${present} bytes of elements`,
      `${promised} bytes for shape (${header.shape.join(', ')}) of ${header.type}`,
    );
  }
}

/** One error for anything wrong with a .npy file. */
export function npyError(name: string, found: string, allowed: string, hint?: string): ConfigError {
  return new ConfigError('npy', `${name}: found ${found}, expected ${allowed}`, {
    ...(hint === undefined ? {} : { hint }),
    details: { file: name, found, allowed },
  });
}
