import { deviceTable } from '../devices/table.ts';
import { buildKernels } from '../scripts/build-kernels.mjs';

/** Bring the compiled kernels up to date before any test, so that the compiled paths are what is tested. */
export default async function setup() {
  await buildKernels(async () => {
    const { emitKernels } = await import('../hdl-gen/emit-kernels.ts');
    return emitKernels(Object.keys(deviceTable));
  });
}
