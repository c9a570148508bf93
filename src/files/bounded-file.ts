import { readFile, stat } from 'node:fs/promises';
import { ConfigError } from '../errors.ts';
import { fileError } from './file-error.ts';

/**
 * Read a regular file of limited size. Pipes, devices and folders are refused before a byte is read, so that a
 * wrong path can neither hang nor exhaust memory.
 *
 * @param maxBytes - largest accepted size
 * @throws ConfigError when the file is missing, not a regular file, too large or cannot be read
 * @example
 * const bytes = await readBoundedFile('weights.npy', 1 << 20);
 */
export async function readBoundedFile(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const status = await stat(path);
    if (!status.isFile()) {
      throw new ConfigError('file-kind', `${path}: found a folder or device, expected a regular file`);
    }
    if (status.size > maxBytes) {
      throw new ConfigError(
        'file-size',
        `${path}: found ${status.size} bytes, expected at most ${maxBytes} bytes`,
        { details: { path, found: status.size, allowed: maxBytes } },
      );
    }
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw fileError(path, 'cannot be read', error);
  }
}

/**
 * Read a UTF-8 text file of limited size.
 *
 * @param maxBytes - largest accepted size
 * @throws ConfigError as {@link readBoundedFile}, and for bytes that are not UTF-8
 * @example
 * const text = await readBoundedText('lab.yaml', 1 << 20);
 */
export async function readBoundedText(path: string, maxBytes: number): Promise<string> {
  const bytes = await readBoundedFile(path, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigError('file-encoding', `${path}: found bytes that are not UTF-8, expected UTF-8 text`, {
      cause: error,
    });
  }
}
