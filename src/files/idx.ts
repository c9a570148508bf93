import { readAllBytes } from './byte-stream.ts';
import { damagedData, dataSources, type DataSource } from './data-source.ts';

/** Grey images as bytes. */
export interface ByteImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** [count x rows x columns], row-major, 0 to 255. */
  readonly pixels: Uint8Array;
}

const imagesMagic = 0x0803;
const labelsMagic = 0x0801;
/** 1 GiB: 1.3 million images of 28 x 28. */
const maxBytes = 1 << 30;

/**
 * Read the images of an IDX file, plain or gzip.
 *
 * @param source - named in errors; MNIST if left out
 * @throws ConfigError, which says where the data are published, when the file is missing or not a whole IDX file
 * @source Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database", file formats
 * @example
 * const { count, pixels } = await readIdxImages('t10k-images-idx3-ubyte.gz');
 */
export async function readIdxImages(
  path: string,
  source: DataSource = dataSources.mnist,
): Promise<ByteImages> {
  const bytes = await readAllBytes(path, source, maxBytes);
  const [count, rows, columns] = extents(bytes, imagesMagic, 3, path, source);
  return { count: count!, rows: rows!, columns: columns!, pixels: bytes.subarray(16) };
}

/**
 * Read the labels of an IDX file, plain or gzip.
 *
 * @throws ConfigError as {@link readIdxImages}
 * @example
 * const labels = await readIdxLabels('t10k-labels-idx1-ubyte.gz');
 */
export async function readIdxLabels(
  path: string,
  source: DataSource = dataSources.mnist,
): Promise<Uint8Array> {
  const bytes = await readAllBytes(path, source, maxBytes);
  extents(bytes, labelsMagic, 1, path, source);
  return bytes.subarray(8);
}

/** Magic number, then one extent a dimension, big-endian; the product is the number of bytes that follow. */
function extents(
  bytes: Buffer,
  magic: number,
  dimensions: number,
  path: string,
  source: DataSource,
): number[] {
  const headerBytes = 4 + 4 * dimensions;
  const found = bytes.length >= headerBytes ? bytes.readUInt32BE(0) : undefined;
  if (found !== magic) {
    const text = found === undefined ? `${bytes.length} bytes` : `magic number ${found}`;
    throw damagedData(source, path, text, `an IDX file of ${dimensions} dimensions, magic number ${magic}`);
  }
  const sizes = Array.from({ length: dimensions }, (_, dimension) => bytes.readUInt32BE(4 + 4 * dimension));
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (bytes.length - headerBytes !== expected || expected === 0) {
    const data = `${bytes.length - headerBytes} bytes of data`;
    throw damagedData(source, path, data, `${sizes.join(' x ')} as its header says`);
  }
  return sizes;
}
