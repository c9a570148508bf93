import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveDirect } from '../../../src/circuit/direct-solver.ts';
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
  'of extreme ratios': {
    maxLines: 3,
    cells: [-6, 12],
    segments: [-9, 9],
    zeroSegments: true,
    openCells: true,
    perSegment: true,
  },
};

describe('elimination', () => {
  test.each(Object.entries(kinds))('agrees with 32 digits for circuits that are %s', (_name, kind) => {
    fc.assert(
      fc.property(plainCircuits(kind), (plain) => {
        const found = solveUnlessRefused(plain);
        fc.pre(found !== null);
        const { volts, current } = deviation(found, solveReference(plain));
        expect(volts).toBeLessThan(1e-12);
        expect(current).toBeLessThan(1e-12);
      }),
      { numRuns: 40, seed: 4 },
    );
  });
});

function solveUnlessRefused(plain: PlainCircuit) {
  try {
    return solveDirect(systemOf(plain));
  } catch (error) {
    if (error instanceof UsageError && ['floating', 'no-source', 'short'].includes(error.code)) {
      return null;
    }
    throw error;
  }
}
