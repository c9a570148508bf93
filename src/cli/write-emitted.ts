import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { errorCode, fileError } from '../files/file-error.ts';
import { makeFolder } from '../files/make-folder.ts';
import { writeNewFile } from '../files/new-file.ts';

/** A file that a command is about to write. */
export interface EmittedText {
  /** Name in the folder. */
  readonly path: string;
  readonly text: string;
}

/** What an emit command tells. */
export interface EmitOutcome {
  readonly document: unknown;
  readonly text: string;
}

/**
 * Write files into a folder, which is made where it is missing.
 *
 * @returns the paths of the files
 * @throws ConfigError when one of them exists, before anything is written, or when the folder cannot be written
 */
export async function writeEmitted(folder: string, files: readonly EmittedText[]): Promise<string[]> {
  await makeFolder(folder);
  for (const { path } of files) {
    if (await exists(join(folder, path))) {
      throw new ConfigError(
        'emit-exists',
        `${join(folder, path)}: exists already, expected a folder without it`,
        {
          hint: 'Emitted files are never overwritten: choose another folder, or remove what is old.',
        },
      );
    }
  }
  for (const { path, text } of files) {
    await writeNewFile(join(folder, path), text);
  }
  return files.map(({ path }) => join(folder, path));
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return false;
    }
    throw fileError(path, 'cannot be looked up', error);
  }
}
