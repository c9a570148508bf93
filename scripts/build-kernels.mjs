// Compiles the AssemblyScript kernels to dist/kernels/*.wasm. A kernel that is newer than its source is kept.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelTable } from '../src/kernels/kernel-table.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'dist', 'kernels');

/** @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export async function buildKernels() {
  mkdirSync(folder, { recursive: true });
  const stale = Object.entries(kernelTable).filter(
    ([name, { source }]) => modified(join(folder, `${name}.wasm`)) <= modified(join(root, source)),
  );
  if (stale.length === 0) {
    return;
  }
  const { default: asc } = await import('assemblyscript/asc');
  for (const [name, { source, flags }] of stale) {
    const output = join(folder, `${name}.wasm`);
    const { error, stderr } = await asc.main([source, '--outFile', output, ...flags], {
      readFile: (path, base) => {
        try {
          return readFileSync(join(base, path), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (path, content, base) => writeFileSync(join(base, path), content),
      baseDir: root,
    });
    if (error) {
      throw new Error(`kernel ${name}: ${error.message}\n${stderr.toString()}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildKernels();
}
