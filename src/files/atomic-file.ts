import { open, rename, rm } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/**
 * Write a file so that a reader sees all of it or none: to a temporary neighbour, flushed to the disk, then renamed.
 *
 * @throws ConfigError when the file cannot be written; nothing is left behind
 * @example
 * await writeFileAtomically('manifest.json', '{}\n');
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, 'cannot be written', error);
  }
}
