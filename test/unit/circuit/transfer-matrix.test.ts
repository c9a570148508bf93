import { describe, expect, test } from 'vitest';
import { BatchSolver } from '../../../src/circuit/batch-solver.ts';
import { conductanceSensitivity } from '../../../src/circuit/conductance-sensitivity.ts';
import { solveDirect } from '../../../src/circuit/direct-solver.ts';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import { type NodalSystem, sideOf } from '../../../src/circuit/nodal-system.ts';
import {
  createTransferMatrix,
  transferBetween,
  type TransferMatrix,
} from '../../../src/circuit/transfer-matrix.ts';
import { updateTransferMatrix } from '../../../src/circuit/transfer-update.ts';
import { RandomStream } from '../../../src/random.ts';
import { type ArrayChoice, drawArray } from './array-circuits.ts';

const all = [...lineEnds];

const arrays: Record<string, ArrayChoice> = {
  '1 x 1': { wordLines: 1, bitLines: 1 },
  '1 x 5': { wordLines: 1, bitLines: 5 },
  '5 x 1 from all sides': { wordLines: 5, bitLines: 1, driven: all },
  '3 x 4': { wordLines: 3, bitLines: 4 },
  '13 x 37 from the right and the top': { wordLines: 13, bitLines: 37, driven: ['wordRight', 'bitTop'] },
  '37 x 13 from all sides, mixed': { wordLines: 37, bitLines: 13, driven: all, mixed: true },
  '24 x 24 with open cells': { wordLines: 24, bitLines: 24, open: 0.3, driven: all, mixed: true },
  '20 x 20 with unequal segments': {
    wordLines: 20,
    bitLines: 20,
    perSegment: true,
    wordOhms: 3,
    seriesOhms: 50,
  },
  '16 x 16 of strong drop': { wordLines: 16, bitLines: 16, wordOhms: 1000, bitOhms: 1000 },
  '6 x 5 without resistance': { wordLines: 6, bitLines: 5, wordOhms: 0, seriesOhms: 10 },
};

/** Largest error of the currents that a matrix gives, over the largest current. */
function errorOf({ ends, admittance }: TransferMatrix, system: NodalSystem): number {
  const exact = solveDirect(system).currentIntoEnd;
  let worst = 0;
  let largest = 0;
  ends.forEach(({ end, line }, row) => {
    let current = 0;
    ends.forEach((source, column) => {
      current -= admittance[row * ends.length + column]! * sideOf(system, source.end).volts[source.line]!;
    });
    worst = Math.max(worst, Math.abs(current - exact[end]![line]!));
    largest = Math.max(largest, Math.abs(exact[end]![line]!));
  });
  return worst / largest;
}

describe('the transfer matrix', () => {
  test.each(Object.entries(arrays))('gives the currents of elimination: %s', (_name, choice) => {
    const system = drawArray(choice);
    expect(errorOf(createTransferMatrix(system), system)).toBeLessThan(1e-10);
  });

  test('is symmetric: word i drives bit j as bit j drives word i', () => {
    const system = drawArray({ wordLines: 30, bitLines: 22, driven: all });
    const { ends, admittance } = createTransferMatrix(system);
    for (let a = 0; a < ends.length; a++) {
      for (let b = 0; b < a; b++) {
        expect(admittance[a * ends.length + b]).toBe(admittance[b * ends.length + a]);
      }
    }
    const transfer = { ends, admittance };
    const forth = transferBetween(transfer, 'wordLeft', 'bitBottom', system);
    const back = transferBetween(transfer, 'bitBottom', 'wordLeft', system);
    expect(forth[3 * 22 + 7]).toBe(back[7 * 30 + 3]);
  });

  test('follows a few changed cells, one of which opens and one of which did not conduct', () => {
    const system = drawArray({ wordLines: 20, bitLines: 18, driven: all, open: 0.1 });
    const closed = system.conductances.indexOf(0);
    const changes = [
      { index: 7, conductance: 0 },
      { index: 8, conductance: 3e-4 },
      { index: 200, conductance: 1e-6 },
      { index: closed, conductance: 5e-4 },
    ];
    const conductances = system.conductances.slice();
    for (const { index, conductance } of changes) {
      conductances[index] = conductance;
    }
    const updated = updateTransferMatrix(createTransferMatrix(system), system, changes);
    expect(errorOf(updated, { ...system, conductances })).toBeLessThan(1e-10);
    expect(errorOf(updated, system)).toBeGreaterThan(1e-5);
  });
});

describe('a batch of vectors', () => {
  const system = drawArray({ wordLines: 19, bitLines: 21, seriesOhms: 20 });
  const draws = new RandomStream(3, 'vectors');
  const vectors = Float64Array.from({ length: 40 * 19 }, (_, k) => draws.uniform(k, 0));

  function expected(of: NodalSystem, vector: number): Float64Array {
    const volts = vectors.slice(vector * 19, (vector + 1) * 19);
    const words = { ...of.words, first: { ...of.words.first, volts } };
    return solveDirect({ ...of, words }).currentIntoEnd.bitBottom!;
  }

  test('is solved one by one until the transfer matrix pays', () => {
    const solver = new BatchSolver(system, 'wordLeft', 'bitBottom');
    const few = solver.currents(vectors.subarray(0, 15 * 19));
    expect(solver.isTransferred).toBe(false);
    const more = solver.currents(vectors.subarray(15 * 19));
    expect(solver.isTransferred).toBe(true);
    const currents = Float64Array.of(...few, ...more);
    for (let vector = 0; vector < 40; vector++) {
      expectNear(currents.subarray(vector * 21, (vector + 1) * 21), expected(system, vector), 1e-9);
    }
  });

  test('follows the conductances: an update after one cell, a new start after all', () => {
    const solver = new BatchSolver(system, 'wordLeft', 'bitBottom');
    solver.currents(vectors);
    const conductances = system.conductances.slice();
    conductances[33]! *= 2;
    solver.setConductances(conductances);
    expect(solver.isTransferred).toBe(true);
    expectNear(solver.currents(vectors.subarray(0, 19)), expected({ ...system, conductances }, 0), 1e-9);

    const others = conductances.map((siemens) => siemens * 1.1);
    solver.setConductances(others);
    expect(solver.isTransferred).toBe(false);
    expectNear(
      solver.currents(vectors.subarray(0, 19)),
      expected({ ...system, conductances: others }, 0),
      1e-9,
    );
  });

  test('adds what the other sources drive', () => {
    const biased = drawArray({ wordLines: 9, bitLines: 8, driven: all });
    const solver = new BatchSolver(biased, 'wordLeft', 'bitBottom');
    const volts = biased.words.first.volts;
    const exact = solveDirect(biased).currentIntoEnd.bitBottom!;
    expectNear(solver.currents(volts), exact, 1e-9);
    solver.currents(new Float64Array(32 * 9));
    expect(solver.isTransferred).toBe(true);
    expectNear(solver.currents(volts), exact, 1e-9);
  });
});

function expectNear(found: Float64Array, exact: Float64Array, tolerance: number): void {
  const largest = Math.max(...exact.map(Math.abs));
  exact.forEach((value, k) => {
    expect(Math.abs(found[k]! - value)).toBeLessThan(tolerance * largest);
  });
}

test('sensitivities are the derivatives of the currents, floating lines and series elements included', () => {
  const system = drawArray({
    wordLines: 6,
    bitLines: 7,
    driven: all,
    mixed: true,
    wordOhms: 300,
    bitOhms: 200,
  });
  const weights = {
    bitBottom: Float64Array.of(0, 1, 0, 2, 0, 0, 0),
    wordLeft: Float64Array.of(0, 1, 0, 0, 0, 0),
  };
  const sensitivity = conductanceSensitivity(system, weights);
  const sum = (conductances: Float64Array) => {
    const { bitBottom, wordLeft } = solveDirect({ ...system, conductances }).currentIntoEnd;
    return bitBottom![1]! + 2 * bitBottom![3]! + wordLeft![1]!;
  };
  for (const cell of [0, 5, 17, 41]) {
    const step = 1e-4 * system.conductances[cell]!;
    const moved = (by: number) =>
      system.conductances.map((siemens, k) => (k === cell ? siemens + by : siemens));
    const slope = (sum(moved(step)) - sum(moved(-step))) / (2 * step);
    expect(sensitivity[cell]! / slope).toBeCloseTo(1, 5);
  }
});
