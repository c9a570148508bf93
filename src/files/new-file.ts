import { writeFile } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/**
 * Write a file that does not exist yet.
 *
 * @throws ConfigError when it exists or cannot be written
 */
export async function writeNewFile(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    throw fileError(path, 'cannot be written', error);
  }
}
