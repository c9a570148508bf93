import { unzipSync, zipSync } from 'fflate';
import { ConfigError } from '../errors.ts';
import { errorText } from './file-error.ts';

/** Most that is unpacked: arrays of a session of a few million rows. */
const mostMembers = 64;
const mostBytes = 1 << 30;

/** No time of day goes into a file: the same arrays give the same bytes. */
const noTime = new Date(1980, 0, 1);

/**
 * Pack arrays, as `numpy.savez_compressed` does.
 *
 * @param members - bytes of files by name; arrays end in `.npy`
 * @example
 * encodeNpz({ 'g.npy': encodeMatrix(new Float64Array(6), [2, 3], 'g') }).length < 200; // true
 */
export function encodeNpz(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync({ ...members }, { level: 6, mtime: noTime });
}

/**
 * Unpack arrays.
 *
 * @param name - how to call the file in an error
 * @throws ConfigError for bytes that are no zip archive, and for one that would take more memory than a session needs
 * @example
 * decodeNpz(encodeNpz({ 'a.txt': Uint8Array.of(1) }), 'a.npz').get('a.txt'); // Uint8Array.of(1)
 */
export function decodeNpz(file: Uint8Array, name: string): ReadonlyMap<string, Uint8Array> {
  const sizes = new Map<string, number>();
  let total = 0;
  try {
    const members = unzipSync(file, {
      filter: ({ name: member, originalSize }) => {
        total += originalSize;
        if (sizes.has(member) || sizes.size >= mostMembers || total > mostBytes) {
          throw npzError(
            name,
            sizes.has(member) ? `"${member}" twice` : `${sizes.size + 1} members of ${total} bytes`,
            `at most ${mostMembers} members of ${mostBytes} bytes, each once`,
          );
        }
        sizes.set(member, originalSize);
        return true;
      },
    });
    return new Map(Object.entries(members));
  } catch (error) {
    throw error instanceof ConfigError
      ? error
      : npzError(name, `no zip archive (${errorText(error)})`, 'a .npz file', error);
  }
}

function npzError(name: string, found: string, allowed: string, cause?: unknown): ConfigError {
  return new ConfigError('npz', `${name}: found ${found}, expected ${allowed}`, {
    details: { file: name, found, allowed },
    cause,
  });
}
