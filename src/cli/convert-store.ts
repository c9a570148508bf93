import { UsageError } from '../errors.ts';
import { readArcTwoStore, type StoredAct } from '../files/arc-two-store.ts';
import { encodeIntegers } from '../files/npy-vectors.ts';
import { encodeMatrix } from '../files/npy.ts';
import { encodeNpz } from '../files/npz.ts';
import { writeNewFile } from '../files/new-file.ts';

/**
 * Convert a store of the program of ArC TWO to arrays: `word`, `bit` (from 0), `amperes`, `volts`, `width`, `read_volts`
 * and `operation`, every cell's history in its own order.
 *
 * @param output - file to write; beside the store if it is left out
 */
export async function convertStore(path: string, to: string, output: string | undefined) {
  if (to !== 'npz') {
    throw new UsageError('convert', `${path}: found --to ${to}, expected --to npz for such a file`);
  }
  const { acts } = await readArcTwoStore(path);
  const numbers = (of: (act: StoredAct) => number, name: string): Uint8Array =>
    encodeMatrix(Float64Array.from(acts, of), [acts.length], name);
  const members =
    acts.length === 0
      ? {}
      : {
          'word.npy': encodeIntegers(acts.map(({ cell }) => cell.word)),
          'bit.npy': encodeIntegers(acts.map(({ cell }) => cell.bit)),
          'amperes.npy': numbers(({ amperes }) => amperes, 'amperes'),
          'volts.npy': numbers(({ volts }) => volts, 'volts'),
          'width.npy': numbers(({ width }) => width, 'width'),
          'read_volts.npy': numbers(({ readVolts }) => readVolts, 'read_volts'),
          'operation.npy': encodeIntegers(acts.map(({ operation }) => operation)),
        };
  const target = output ?? path.replace(/\.(?:h5|hdf5)$/iu, '.npz');
  await writeNewFile(target, encodeNpz(members));
  return { document: { schedule: path, to, output: target, acts: acts.length }, text: `wrote ${target}` };
}
