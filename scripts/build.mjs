// Builds dist/: TypeScript to JavaScript with declarations, the data files that the code reads, and the kernels.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

for (const folder of ['src', 'devices', 'hdl-gen', 'firmware-bridge']) {
  rmSync(join(root, 'dist', folder), { recursive: true, force: true });
}
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
cpSync(join(root, 'devices', 'parameters'), join(root, 'dist', 'devices', 'parameters'), { recursive: true });
await buildKernels();
