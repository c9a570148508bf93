// Compiles the AssemblyScript kernels to dist/kernels/*.wasm: those of src/kernels, and those that are generated from the
// device models. What is newer than its sources is kept. Several processes may build at once.
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelTable, simd } from '../src/kernels/kernel-table.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join('dist', 'kernels');
const generated = join(folder, 'generated');
/** Written last: the generated kernels, at the time they were generated. */
const stamp = join(generated, 'kernels.json');

/** @param {string} path */
function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function write(path, content) {
  const whole = join(root, path);
  const unfinished = `${whole}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, whole);
}

/** Everything that the text of a generated kernel depends on. */
function generatorSources() {
  const sources = (/** @type {string} */ path) =>
    readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(path, name));
  return [
    ...sources('hdl-gen'),
    ...sources('devices'),
    ...sources(join('src', 'kernels')).filter((path) => path.endsWith('.as.ts')),
    join('src', 'units.ts'),
  ];
}

/**
 * @param {() => Promise<import('../hdl-gen/emit-kernels.ts').KernelSources>} emit
 * @returns {Promise<Readonly<Record<string, { source: string, flags: readonly string[] }>>>}
 */
async function generateKernels(emit) {
  mkdirSync(join(root, generated), { recursive: true });
  const newest = Math.max(...generatorSources().map(modified));
  if (modified(stamp) <= newest) {
    const { files, kernels } = await emit();
    for (const { path, text } of files) {
      const own = join(generated, path);
      if (read(own) !== text) {
        write(own, text);
      }
    }
    write(stamp, `${JSON.stringify(kernels)}\n`);
  }
  /** @type {string[]} */
  const names = JSON.parse(read(stamp) ?? '[]');
  return Object.fromEntries(
    names.map((name) => [name, { source: join(generated, `${name}.as.ts`), flags: simd }]),
  );
}

/** A kernel and the parts beside it that it is made of, which it names in import and export declarations. */
function partsOf(/** @type {string} */ source, parts = new Set([source])) {
  for (const [, name] of (read(source) ?? '').matchAll(/from '\.\/([^']+\.as)'/gu)) {
    const part = join(dirname(source), `${name}.ts`);
    if (!parts.has(part)) {
      partsOf(part, parts.add(part));
    }
  }
  return [...parts];
}

/**
 * Bring every kernel up to date.
 *
 * @param {() => Promise<import('../hdl-gen/emit-kernels.ts').KernelSources>} emit - writes the generated kernels
 */
export async function buildKernels(emit) {
  const entries = Object.entries({ ...kernelTable, ...(await generateKernels(emit)) });
  const stale = entries.filter(
    ([name, { source }]) =>
      modified(join(folder, `${name}.wasm`)) <= Math.max(...partsOf(source).map(modified)),
  );
  if (stale.length === 0) {
    return;
  }
  const { default: asc } = await import('assemblyscript/asc');
  for (const [name, { source, flags }] of stale) {
    const output = join(folder, `${name}.wasm`);
    let messages = '';
    const { error } = await asc.main([source, '--outFile', output, ...flags], {
      readFile: (path) => read(path),
      writeFile: (path, content) => write(path, content),
      baseDir: root,
      stderr: { write: (chunk) => (messages += String(chunk)) },
    });
    if (error) {
      throw new Error(`kernel ${name}: ${error.message}\n${messages}`);
    }
  }
}
