import { loadKernel } from '../kernels/load-kernel.ts';
import type { EventKernel, OpenEventKernel } from './event-kernel.ts';
import { createEventScript } from './event-script.ts';

/**
 * Open the compiled kernel, or the same loops in TypeScript where it was not built; the bits are the same.
 *
 * @param bytes - memory that the caller needs
 */
export function openEventKernel(bytes: number): OpenEventKernel {
  return loadKernel<EventKernel>('event-network', bytes) ?? createEventScript(bytes);
}
