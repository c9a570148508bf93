import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Name and version of this package, as its package.json says. */
export interface PackageInfo {
  readonly name: string;
  readonly version: string;
}

/** Folder of package.json: the first one upwards from this file, in a checkout and when installed. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let depth = 0; depth < 6; depth++) {
    try {
      const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageInfo;
      if (name === 'ohmloom') {
        return folder;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
    }
    folder = dirname(folder);
  }
  throw new Error('package.json of ohmloom was not found above its own sources');
}

export function readPackageInfo(): PackageInfo {
  const { name, version } = JSON.parse(
    readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
  ) as PackageInfo;
  return { name, version };
}
