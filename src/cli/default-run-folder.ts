import { join } from 'node:path';

/** `runs/<name>-<time>`, for a command without --out. */
export function defaultRunFolder(name: string): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  return join('runs', `${name}-${time}`);
}
