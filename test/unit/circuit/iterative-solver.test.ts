import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompiledLineSweeps } from '../../../src/circuit/compiled-line-sweeps.ts';
import type { LineSweeps } from '../../../src/circuit/line-sweeps.ts';
import type { NodalSystem } from '../../../src/circuit/nodal-system.ts';
import { PlainLineSweeps } from '../../../src/circuit/plain-line-sweeps.ts';
import { solveIterative } from '../../../src/circuit/solve-iterative.ts';
import { UsageError } from '../../../src/errors.ts';
import { type CircuitKind, deviation, plainCircuits, systemOf } from './circuit-arbitraries.ts';
import { type PlainCircuit, solveReference } from './dense-reference.ts';

const kinds: Record<string, CircuitKind> = {
  usual: { maxLines: 4, cells: [3, 6], segments: [0, 0] },
  'mixed and open': { maxLines: 4, cells: [3, 6], segments: [-1, 2], openCells: true, perSegment: true },
  'without resistance here and there': {
    maxLines: 3,
    cells: [2, 6],
    segments: [-1, 2],
    zeroSegments: true,
    openCells: true,
    perSegment: true,
  },
  'of strong drop': { maxLines: 4, cells: [1, 3], segments: [0, 2], openCells: true, perSegment: true },
};

const engines = {
  compiled: (system: NodalSystem) => CompiledLineSweeps.create(system)!,
  plain: (system: NodalSystem) => new PlainLineSweeps(system),
};

describe.each(Object.entries(engines))('conjugate gradients with %s sweeps', (_engine, createSweeps) => {
  test.each(Object.entries(kinds))('agree with 32 digits for circuits that are %s', (_name, kind) => {
    fc.assert(
      fc.property(plainCircuits(kind), (plain) => {
        const found = solveUnlessRefused(plain, createSweeps);
        fc.pre(found !== null);
        const { volts, current } = deviation(found, solveReference(plain));
        expect(volts).toBeLessThan(1e-9);
        expect(current).toBeLessThan(1e-9);
      }),
      { numRuns: 50, seed: 4 },
    );
  });
});

function solveUnlessRefused(plain: PlainCircuit, createSweeps: (system: NodalSystem) => LineSweeps) {
  try {
    const system = systemOf(plain);
    return solveIterative(system, createSweeps(system));
  } catch (error) {
    if (error instanceof UsageError && ['floating', 'no-source', 'short'].includes(error.code)) {
      return null;
    }
    throw error;
  }
}
