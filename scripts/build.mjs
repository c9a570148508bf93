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

for (const folder of ['rtl', 'properties', 'bench']) {
  const path = join('hdl-gen', 'sequencer', folder);
  cpSync(join(root, path), join(root, 'dist', path), { recursive: true });
}

// What the model compiler reads at run time: the models and what their types are made of, and the kernels' own parts.
const sources = join(root, 'dist', 'model-sources');
rmSync(sources, { recursive: true, force: true });
const isSource = (/** @type {string} */ path) => !path.endsWith('.json') && !path.endsWith('parameters');
for (const folder of ['devices', join('src', 'periphery', 'neurons')]) {
  cpSync(join(root, folder), join(sources, folder), { recursive: true, filter: isSource });
}
for (const path of [
  'src/units.ts',
  'src/kernels/exposure-math.as.ts',
  'src/kernels/exposure-integrator.as.ts',
  'src/kernels/exposure-cross.as.ts',
]) {
  cpSync(join(root, path), join(sources, path));
}

await buildKernels(async () => {
  const { emitKernels } = await import('../dist/hdl-gen/emit-kernels.js');
  const { deviceTable } = await import('../dist/devices/table.js');
  return emitKernels(Object.keys(deviceTable));
});
