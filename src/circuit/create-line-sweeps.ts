import { CompiledLineSweeps } from './compiled-line-sweeps.ts';
import type { LineSweeps } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';
import { PlainLineSweeps } from './plain-line-sweeps.ts';

/** The compiled sweeps, or those in TypeScript where the kernel was not built or cannot hold the circuit. */
export function createLineSweeps(system: NodalSystem): LineSweeps {
  return CompiledLineSweeps.create(system) ?? new PlainLineSweeps(system);
}
