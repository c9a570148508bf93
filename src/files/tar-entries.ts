import { ConfigError } from '../errors.ts';

/** One member of a tar archive. */
export interface TarEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly content: Buffer;
}

export interface TarOptions {
  /** How to call the archive in an error. */
  readonly name: string;
  /** Largest accepted member, bytes. */
  readonly maxEntryBytes: number;
}

const block = 512;

/**
 * Read the files and folders of a tar archive (ustar, GNU long names, pax paths) from a stream of bytes, without
 * unpacking it; links and devices are passed over.
 *
 * @throws ConfigError naming the byte at which the archive is damaged or cut off
 * @source IEEE Std 1003.1, pax, "ustar Interchange Format"
 * @example
 * for await (const { path, content } of readTar(bytes, { name: 'a.tar', maxEntryBytes: 1 << 20 })) {
 *   console.log(path, content.length);
 * }
 */
export async function* readTar(
  bytes: AsyncIterable<Buffer>,
  { name, maxEntryBytes }: TarOptions,
): AsyncGenerator<TarEntry, void, undefined> {
  const reader = new BlockReader(bytes, name);
  let longPath: string | undefined;
  for (;;) {
    const at = reader.position;
    const header = await reader.take(block);
    if (header.every((byte) => byte === 0)) {
      return;
    }
    const { path, size, type } = parseHeader(header, name, at);
    if (size > maxEntryBytes) {
      throw damaged(name, at, `a member of ${size} bytes`, `at most ${maxEntryBytes} bytes`);
    }
    const padded = Math.ceil(size / block) * block;
    const content = (await reader.take(padded)).subarray(0, size);
    switch (type) {
      case 'L':
        longPath = text(content);
        break;
      case 'x':
        longPath = paxPath(content) ?? longPath;
        break;
      case '0':
      case '\0':
      case '5':
        yield { path: longPath ?? path, kind: type === '5' ? 'folder' : 'file', content };
        longPath = undefined;
        break;
      default:
        // Links, devices and global pax headers carry nothing to read; a long name before one is its own.
        longPath = type === 'g' ? longPath : undefined;
    }
  }
}

/** Hands out a stream in pieces of the asked size. */
class BlockReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #name: string;
  #held: Buffer = Buffer.alloc(0);
  position = 0;

  constructor(bytes: AsyncIterable<Buffer>, name: string) {
    this.#source = bytes[Symbol.asyncIterator]();
    this.#name = name;
  }

  async take(length: number): Promise<Buffer> {
    if (this.#held.length < length) {
      await this.#fill(length);
    }
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    this.position += length;
    return taken;
  }

  async #fill(length: number): Promise<void> {
    const pieces = [this.#held];
    for (let held = this.#held.length; held < length;) {
      const { done, value } = await this.#source.next();
      if (done === true) {
        throw damaged(this.#name, this.position + held, 'the end of the data', 'the rest of the archive');
      }
      pieces.push(value);
      held += value.length;
    }
    this.#held = Buffer.concat(pieces);
  }
}

function parseHeader(header: Buffer, name: string, at: number) {
  const stated = Number.parseInt(field(header, 148, 8), 8);
  const spaces = 8 * 0x20;
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0 : byte), spaces);
  if (stated !== sum) {
    throw damaged(name, at, `a header with checksum ${sum}`, `the ${stated} that it states`);
  }
  const size = Number.parseInt(field(header, 124, 12) || '0', 8);
  if (!Number.isSafeInteger(size) || size < 0) {
    throw damaged(name, at, 'a member of unknown size', 'an octal number of bytes');
  }
  const isUstar = header.toString('latin1', 257, 262) === 'ustar' && header[263] === 0x30;
  const prefix = isUstar ? field(header, 345, 155) : '';
  const path = prefix === '' ? field(header, 0, 100) : `${prefix}/${field(header, 0, 100)}`;
  return { path, size, type: String.fromCodePoint(header[156]!) };
}

function field(header: Buffer, from: number, length: number): string {
  return text(header.subarray(from, from + length)).trim();
}

/** Up to the first NUL. */
function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** The path of a pax header, whose records are "LENGTH KEY=VALUE\n". */
function paxPath(content: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/u.exec(content.toString('utf8'))?.[1];
}

function damaged(name: string, at: number, found: string, expected: string): ConfigError {
  return new ConfigError('tar', `${name}: byte ${at} of the archive: found ${found}, expected ${expected}`, {
    details: { name, at, found, expected },
  });
}
