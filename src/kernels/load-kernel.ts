import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pageBytes = 65_536;
/** Most that a 32-bit WebAssembly memory can hold: 4 GiB. */
const maxPages = 65_536;

/** A compiled kernel with a memory of its own. */
export interface Kernel<Exports> {
  readonly exports: Exports;
  readonly memory: WebAssembly.Memory;
}

const modules = new Map<string, WebAssembly.Module | undefined>();

/**
 * Instantiate a kernel that `npm run build` made.
 *
 * @param name - file name without ending, as in kernel-table.mjs
 * @param bytes - memory that the caller needs
 * @returns undefined where the kernel was not built, or the memory is more than WebAssembly can hold: the caller
 *   then takes its TypeScript path
 */
export function loadKernel<Exports>(name: string, bytes: number): Kernel<Exports> | undefined {
  const module = compiledModule(name);
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  if (module === undefined || pages > maxPages) {
    return undefined;
  }
  const memory = new WebAssembly.Memory({ initial: pages });
  const instance = new WebAssembly.Instance(module, { env: { memory, abort: trap } });
  return { exports: instance.exports as Exports, memory };
}

function trap(): never {
  throw new Error('a kernel left its memory; this is a defect of ohmloom');
}

function compiledModule(name: string): WebAssembly.Module | undefined {
  if (!modules.has(name)) {
    modules.set(name, compile(name));
  }
  return modules.get(name);
}

function compile(name: string): WebAssembly.Module | undefined {
  const path = join(kernelFolder(), `${name}.wasm`);
  try {
    return new WebAssembly.Module(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** `dist/kernels`, seen from the sources and from the built files. */
function kernelFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const top = join(here, '..', '..');
  return here.includes(join('dist', 'src', 'kernels')) ? join(top, 'kernels') : join(top, 'dist', 'kernels');
}
