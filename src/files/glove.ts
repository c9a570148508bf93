import { readBytes } from './byte-stream.ts';
import { damagedData, dataSources } from './data-source.ts';

/** Vectors of the words that were asked for. */
export interface WordVectors {
  readonly dimensions: number;
  /** [words x dimensions], row-major; the zero vector where there is none. */
  readonly vectors: Float32Array;
  /** [words], 1 where a vector was found. */
  readonly found: Uint8Array;
}

const source = dataSources.glove;
const lineFeed = 10;
const space = 32;
const maxLineBytes = 1 << 16;

/**
 * Read GloVe vectors for some words: text, one "word v1 ... vd" a line, plain or gzip, in one file or several that are
 * read one after the other. Numbers of other words are not looked at; the first vector of a word counts.
 *
 * @param words - position of each word in the result
 * @throws ConfigError naming file and line, and where the vectors are published
 * @example
 * const { vectors } = await readGlove(['glove.6B.100d.txt'], new Map([['the', 0], ['film', 1]]));
 */
export async function readGlove(
  paths: readonly string[],
  words: ReadonlyMap<string, number>,
): Promise<WordVectors> {
  const found = new Uint8Array(words.size);
  let dimensions = 0;
  let vectors = new Float32Array(0);
  for (const path of paths) {
    let number = 0;
    for await (const line of readLines(path)) {
      number += 1;
      const where = `${path}:${number}`;
      if (dimensions === 0) {
        dimensions = line.reduce((count, byte) => count + (byte === space ? 1 : 0), 0);
        vectors = new Float32Array(words.size * dimensions);
      }
      const end = line.indexOf(space);
      if (end <= 0) {
        throw damagedData(source, where, 'no word', 'a word and its vector, split by spaces');
      }
      const row = words.get(line.toString('utf8', 0, end));
      if (row !== undefined && found[row] === 0) {
        vectors.set(parseVector(line, end + 1, dimensions, where), row * dimensions);
        found[row] = 1;
      }
    }
  }
  if (dimensions === 0) {
    throw damagedData(source, paths.join(', '), 'no line', 'word vectors');
  }
  return { dimensions, vectors, found };
}

function parseVector(line: Buffer, from: number, dimensions: number, where: string): number[] {
  const values = line.toString('latin1', from).split(' ').map(parseNumber);
  if (values.length !== dimensions) {
    throw damagedData(source, where, `${values.length} numbers`, `${dimensions} as in the first line`);
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw damagedData(source, where, `no finite number in place ${wrong + 1}`, 'numbers');
  }
  return values;
}

function parseNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Lines without their line feed, and without a carriage return before it; an empty last one does not count. */
async function* readLines(path: string): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of readBytes(path, source)) {
    const held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = held.indexOf(lineFeed); end >= 0; end = held.indexOf(lineFeed, start)) {
      yield withoutReturn(held.subarray(start, end));
      start = end + 1;
    }
    rest = held.subarray(start);
    if (rest.length > maxLineBytes) {
      throw damagedData(source, path, `a line of more than ${maxLineBytes} bytes`, 'text with line feeds');
    }
  }
  if (rest.length > 0) {
    yield withoutReturn(rest);
  }
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}
