import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Folder with the sources that the compiler reads: the checkout itself, and in the built package the copy that
 * `npm run build` puts beside the compiler (`dist/model-sources`).
 */
export const packageSources: string = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  ...(import.meta.url.endsWith('.ts') ? [] : ['model-sources']),
);

/** Source file of a model that ohmloom brings. */
export function builtInModelPath(modelName: string): string {
  return join(packageSources, 'devices', `${modelName}.ts`);
}

/** A path as messages show it: from the package's sources, from the working directory, or whole. */
export function displayPath(path: string): string {
  for (const folder of [packageSources, process.cwd()]) {
    const short = relative(folder, path);
    if (!short.startsWith('..') && !isAbsolute(short)) {
      return short.split(sep).join('/');
    }
  }
  return path;
}
