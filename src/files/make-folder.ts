import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode, fileError } from './file-error.ts';

/**
 * Make a folder and those of its parents that are missing, one after the other: the recursive form of Node's `mkdir`
 * never returns on a file system that says "no such folder" of a folder whose parent exists, such as /proc.
 *
 * @throws ConfigError when it cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  const whole = resolve(path);
  try {
    await makeWithParents(whole);
  } catch (error) {
    throw fileError(path, 'the folder cannot be created', error);
  }
}

async function makeWithParents(path: string): Promise<void> {
  if ((await makeOne(path)) === 'no parent') {
    await makeWithParents(dirname(path));
    await mkdir(path);
  }
}

async function makeOne(path: string): Promise<'there' | 'no parent'> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && dirname(path) !== path) {
      return 'no parent';
    }
    if (code !== 'EEXIST') {
      throw error;
    }
  }
  return 'there';
}
