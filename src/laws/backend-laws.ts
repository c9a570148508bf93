import { admissionLaws } from './admission-laws.ts';
import type { BackendFactory } from './backend-subject.ts';
import { executionLaws } from './execution-laws.ts';
import type { Law } from './law.ts';
import { replayLaws } from './replay-laws.ts';

/**
 * The laws of a backend: what it refuses, what it answers, and that a recording of it can be replayed. They say
 * nothing about the values that it reads.
 *
 * @param factory - makes a fresh backend with a program for it; called for every case
 * @example
 * const lab = await loadLab('examples/lab.yaml');
 * const geometry = createGeometry(2, 2);
 * const program = planLab(lab, new Float64Array(4).fill(8e-5), geometry);
 * const subject = () => ({ backend: simulateLab(lab, geometry, 1).backend, program, device: lab.knowledge });
 * for (const law of backendLaws(subject)) {
 *   await law.check({ numRuns: 5 });
 * }
 */
export function backendLaws(factory: BackendFactory): Law[] {
  return [...admissionLaws(factory), ...executionLaws(factory), ...replayLaws(factory)];
}
