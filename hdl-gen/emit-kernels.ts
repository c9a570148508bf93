import { checkDimensions } from './dimension-check.ts';
import { ModelReader } from './extract.ts';
import { builtInModelPath } from './package-sources.ts';
import type { EmittedFile } from './target.ts';
import { assemblyscript } from './targets/assemblyscript.ts';

/** The sources of the exposure kernels of models that ohmloom brings, and what they import. */
export interface KernelSources {
  readonly files: readonly EmittedFile[];
  /** Names of the kernels; the source of each is `<name>.as.ts`. */
  readonly kernels: readonly string[];
}

/**
 * Write the kernels of built-in models. `npm run build` compiles them.
 *
 * @param modelNames - as in the device table
 * @throws UnsupportedSourceError, DimensionError for a model file that is not sound
 */
export function emitKernels(modelNames: readonly string[]): KernelSources {
  const reader = new ModelReader();
  const files = new Map<string, EmittedFile>();
  for (const modelName of modelNames) {
    const model = reader.read(builtInModelPath(modelName));
    checkDimensions(model);
    for (const file of assemblyscript.emit({ model })) {
      files.set(file.path, file);
    }
  }
  return { files: [...files.values()], kernels: modelNames.map((modelName) => `exposure-${modelName}`) };
}
