// Every compiled kernel by name: its AssemblyScript source and what it is compiled with.

/** @typedef {{ readonly source: string, readonly flags: readonly string[] }} KernelEntry */

const plain = ['--runtime', 'stub', '--importMemory', '--noAssert', '-O3'];

/** @type {Readonly<Record<string, KernelEntry>>} */
export const kernelTable = {};

export const simd = [...plain, '--enable', 'simd'];
