import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { damagedData, unreadableData, type DataSource } from './data-source.ts';
import { errorCode, errorText } from './file-error.ts';

const chunkBytes = 1 << 20;

/**
 * Read a data file piece by piece, unpacking gzip on the way. What counts is how the file begins, not its name;
 * several gzip streams one after the other are one text, as they are for gunzip.
 *
 * @throws ConfigError, which says where the file is published, when it cannot be read or its gzip data are damaged
 * @example
 * for await (const chunk of readBytes('glove.6B.100d.txt.gz', dataSources.glove)) console.log(chunk.length);
 */
export async function* readBytes(path: string, source: DataSource): AsyncGenerator<Buffer, void, undefined> {
  try {
    // First the look, which fails where nobody can read: a stream without a reader would throw its error at no one.
    const packed = await isGzip(path);
    const file = createReadStream(path, { highWaterMark: chunkBytes });
    if (!packed) {
      yield* file as AsyncIterable<Buffer>;
      return;
    }
    const unpacked = createGunzip({ chunkSize: chunkBytes });
    const piping = pipeline(file, unpacked);
    // The failure of the pipe reaches the reader below; here it must only not go unhandled.
    piping.catch(() => undefined);
    yield* unpacked as AsyncIterable<Buffer>;
    await piping;
  } catch (error) {
    throw readFailure(path, source, error);
  }
}

/**
 * Read a whole data file of limited size, unpacked.
 *
 * @param maxBytes - largest accepted size after unpacking
 * @throws ConfigError as {@link readBytes}, and for a larger file
 */
export async function readAllBytes(path: string, source: DataSource, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of readBytes(path, source)) {
    length += piece.length;
    if (length > maxBytes) {
      throw damagedData(source, path, `more than ${maxBytes} bytes`, `at most ${maxBytes} bytes`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function readFailure(path: string, source: DataSource, error: unknown): Error {
  const code = errorCode(error);
  return code?.startsWith('Z_') === true
    ? damagedData(source, path, `gzip data that end in "${errorText(error)}"`, 'a whole gzip file', error)
    : unreadableData(source, path, error);
}
