// Every compiled kernel by name: its AssemblyScript source and what it is compiled with.

/** @typedef {{ readonly source: string, readonly flags: readonly string[] }} KernelEntry */

const plain = ['--runtime', 'stub', '--importMemory', '--noAssert', '--disableWarning', '112', '-O3'];

/** What most kernels are compiled with. */
export const simd = [...plain, '--enable', 'simd'];

/** @type {Readonly<Record<string, KernelEntry>>} */
export const kernelTable = {
  'event-network': { source: 'src/kernels/event-network.as.ts', flags: simd },
  'mvm-f32': { source: 'src/kernels/mvm-f32.as.ts', flags: simd },
  'nodal-f32': { source: 'src/kernels/nodal-f32.as.ts', flags: simd },
  'nodal-f64': { source: 'src/kernels/nodal-f64.as.ts', flags: simd },
  'nodal-f64-segments': { source: 'src/kernels/nodal-f64.as.ts', flags: [...simd, '--use', 'PER_SEGMENT=1'] },
  'transfer-f64': { source: 'src/kernels/transfer-f64.as.ts', flags: simd },
};
