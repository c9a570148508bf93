import { ConfigError, OhmloomError } from '../errors.ts';

const meanings: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
};

/**
 * Turn what the file system threw into one ConfigError that names the path and the cause in words. An error that
 * ohmloom threw on purpose passes through unchanged.
 *
 * @param failure - what could not be done, such as `cannot be read`
 * @example
 * fileError('a.npy', 'cannot be read', error).message; // "a.npy: cannot be read: permission denied"
 */
export function fileError(path: string, failure: string, cause: unknown): OhmloomError {
  if (cause instanceof OhmloomError) {
    return cause;
  }
  const systemCode = errorCode(cause);
  const reason = (systemCode === undefined ? undefined : meanings[systemCode]) ?? errorText(cause);
  return new ConfigError('file-access', `${path}: ${failure}: ${reason}`, {
    details: { path, systemCode: systemCode ?? null },
    cause,
  });
}

/** The `code` that Node puts on system errors, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What an error says. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
