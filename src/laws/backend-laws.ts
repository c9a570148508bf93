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
 * for (const law of backendLaws(() => ({ backend: simulateMyArray(), program, device }))) {
 *   await law.check({ numRuns: 5 });
 * }
 */
export function backendLaws(factory: BackendFactory): Law[] {
  return [...admissionLaws(factory), ...executionLaws(factory), ...replayLaws(factory)];
}
