import { describe, expect, test } from 'vitest';
import { terminalsOf, visitBranches } from '../../../src/circuit/branches.ts';
import { CoarseGrid } from '../../../src/circuit/coarse-grid.ts';
import { CompiledLineSweeps } from '../../../src/circuit/compiled-line-sweeps.ts';
import { solveDirect } from '../../../src/circuit/direct-solver.ts';
import { IterativeSolver } from '../../../src/circuit/iterative-solver.ts';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import type { LineMatrix, LineSweeps } from '../../../src/circuit/line-sweeps.ts';
import type { NodalSystem } from '../../../src/circuit/nodal-system.ts';
import { PlainLineSweeps } from '../../../src/circuit/plain-line-sweeps.ts';
import { solveIterative } from '../../../src/circuit/solve-iterative.ts';
import { RandomStream } from '../../../src/random.ts';
import { type ArrayChoice, drawArray } from './array-circuits.ts';

const engines = {
  compiled: (system: NodalSystem): LineSweeps => CompiledLineSweeps.create(system)!,
  plain: (system: NodalSystem): LineSweeps => new PlainLineSweeps(system),
};

const all = [...lineEnds];
const none = new Float64Array(0);
/** 0.9 to 1.1 mS. */
const lowResistance = [-3.045, -2.959] as const;

/** By their drop number. */
const largeArrays: Record<string, Partial<ArrayChoice>> = {
  '340, usual devices': { wordOhms: 35, bitOhms: 35 },
  '655, low resistance': { exponents: lowResistance, wordOhms: 10, bitOhms: 10 },
  '1300, all sides driven, mixed': { exponents: lowResistance, driven: all, mixed: true },
  '2600, low resistance': { exponents: lowResistance, wordOhms: 40, bitOhms: 40 },
};

const strongDrop: Record<string, ArrayChoice> = {
  'from the usual sides': { wordLines: 26, bitLines: 23, wordOhms: 2000, bitOhms: 3000 },
  'from the other sides': { wordLines: 17, bitLines: 30, driven: ['wordRight', 'bitTop'] },
  'from all sides, mixed': { wordLines: 24, bitLines: 25, driven: all, mixed: true },
  'with bit lines that all float': { wordLines: 24, bitLines: 20, driven: ['wordLeft', 'wordRight'] },
  'with open cells and unequal segments': { wordLines: 25, bitLines: 25, open: 0.3, perSegment: true },
};

function strong(choice: ArrayChoice): NodalSystem {
  return drawArray({ wordOhms: 2500, bitOhms: 2500, exponents: lowResistance, ...choice });
}

describe.each(Object.entries(engines))('the coarse grid with %s sweeps', (_engine, createSweeps) => {
  test.each(Object.entries(largeArrays))('takes at most 25 iterations to 1e-9: %s', (_name, choice) => {
    const system = drawArray({ wordLines: 256, bitLines: 256, wordOhms: 20, bitOhms: 20, ...choice });
    expect(solveIterative(system, createSweeps(system)).iterations).toBeLessThanOrEqual(25);
  });

  test.each(Object.entries(strongDrop))('finds what elimination finds: %s', (_name, choice) => {
    const system = strong(choice);
    const exact = solveDirect(system);
    const found = solveIterative(system, createSweeps(system));
    expectNear(found.wordNodeVolts, exact.wordNodeVolts);
    expectNear(found.bitNodeVolts, exact.bitNodeVolts);
    for (const end of lineEnds) {
      expectNear(found.currentIntoEnd[end] ?? none, exact.currentIntoEnd[end] ?? none);
    }
    // Without the grid these take 60 to 90.
    expect(found.iterations).toBeLessThanOrEqual(32);
  });

  test.each(Object.entries(strongDrop))('solves the interpolated circuit: %s', (_name, choice) => {
    const system = strong(choice);
    const { wordLines, bitLines } = system.geometry;
    const sweeps = createSweeps(system);
    sweeps.setConductances(system.conductances);
    const grid = CoarseGrid.create(system, sweeps)!;
    expect(grid.update()).toBe(true);
    const draws = new RandomStream(5, 'residual');
    const z = Float64Array.from({ length: wordLines * bitLines }, (_, node) => draws.uniform(node, 0) - 0.5);
    z.forEach((volts, node) => {
      sweeps.z[Math.floor(node / bitLines) * sweeps.stride + (node % bitLines)] = volts;
    });
    sweeps.p.fill(0);
    const power = grid.solve() / sweeps.bitScale;
    grid.addTo(2);

    const expected = interpolated(system, z);
    expect(power / expected.power).toBeCloseTo(1, 9);
    expectNear(
      rowsOf(sweeps.p, sweeps.stride, wordLines, bitLines),
      expected.volts.map((v) => 2 * v),
    );
  });

  test('is renewed when the conductances change', () => {
    const system = strong({ wordLines: 40, bitLines: 40 });
    const solver = new IterativeSolver(system, createSweeps(system));
    const { iterations } = solver.solve();
    solver.setConductances(system.conductances.map((siemens) => siemens / 100));
    solver.solve();
    solver.setConductances(system.conductances);
    expect(solver.solve().iterations).toBe(iterations);
  });
});

test('there is no coarse grid for a few lines, nor where nodes are joined without resistance', () => {
  const create = (choice: ArrayChoice) => {
    const system = strong(choice);
    return CoarseGrid.create(system, new PlainLineSweeps(system));
  };
  expect(create({ wordLines: 15, bitLines: 40 })).toBeNull();
  expect(create({ wordLines: 40, bitLines: 40, wordOhms: 0, seriesOhms: 1 })).toBeNull();
});

function expectNear(found: Float64Array, exact: Float64Array): void {
  const largest = Math.max(...exact.map(Math.abs));
  exact.forEach((value, k) => {
    expect(Math.abs(found[k]! - value)).toBeLessThanOrEqual(1e-9 * largest);
  });
}

function rowsOf(matrix: LineMatrix, stride: number, rows: number, columns: number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, node) => matrix[Math.floor(node / columns) * stride + (node % columns)]!,
  );
}

/** The same by dense matrices from a list of all branches: (P^T A P)^-1 P^T B z, its bit-line part. */
function interpolated(system: NodalSystem, z: Float64Array): { power: number; volts: Float64Array } {
  const { wordLines, bitLines } = system.geometry;
  const cells = wordLines * bitLines;
  const rows = hats(wordLines);
  const columns = hats(bitLines);
  // Knots of the word lines, then those of the bit lines.
  const weightsOf = (node: number): (readonly [number, number])[] => {
    if (node >= 2 * cells) {
      return [];
    }
    const row = rows[Math.floor((node % cells) / bitLines)]!;
    const column = columns[node % bitLines]!;
    const kind = node < cells ? 0 : 256;
    return row.flatMap(([a, wa]) => column.map(([b, wb]) => [kind + 16 * a + b, wa * wb] as const));
  };
  const matrix = Array.from({ length: 512 }, () => new Float64Array(513));
  const voltsOf = (node: number) => (node >= cells && node < 2 * cells ? z[node - cells]! : 0);
  visitBranches(system, terminalsOf(system), (a, b, siemens) => {
    const ends = [...weightsOf(a), ...weightsOf(b).map(([knot, weight]) => [knot, -weight] as const)];
    // Current by the bit-line voltages alone, out of bit-line nodes alone.
    const current = siemens * (voltsOf(a) - voltsOf(b));
    for (const [p, weight] of ends) {
      for (const [q, other] of ends) {
        matrix[p]![q]! += siemens * weight * other;
      }
      matrix[p]![512]! += p >= 256 ? weight * current : 0;
    }
  });
  const currents = matrix.map((row) => row[512]!);
  const volts = eliminate(matrix);
  return {
    power: currents.reduce((sum, current, knot) => sum + current * volts[knot]!, 0),
    volts: Float64Array.from({ length: cells }, (_, node) =>
      weightsOf(cells + node).reduce((sum, [knot, weight]) => sum + weight * volts[knot]!, 0),
    ),
  };
}

/** For each node of a line the knots beside it, with their weights. */
function hats(nodes: number): (readonly [number, number])[][] {
  const knots = Array.from({ length: 16 }, (_, k) => Math.round((k * (nodes - 1)) / 15));
  return Array.from({ length: nodes }, (_, node) =>
    knots.flatMap((knot, k) => {
      const width = node < knot ? knot - knots[k - 1]! : (knots[k + 1] ?? knot + 1) - knot;
      const weight = 1 - Math.abs(node - knot) / width;
      return weight > 0 ? [[k, weight] as const] : [];
    }),
  );
}

function eliminate(matrix: Float64Array[]): number[] {
  const size = matrix.length;
  for (let k = 0; k < size; k++) {
    const pivot = matrix[k]!;
    for (let row = k + 1; row < size; row++) {
      const factor = matrix[row]![k]! / pivot[k]!;
      if (factor !== 0) {
        matrix[row] = matrix[row]!.map((value, column) => value - factor * pivot[column]!);
      }
    }
  }
  const solution = Array.from({ length: size }, () => 0);
  for (let k = size - 1; k >= 0; k--) {
    const row = matrix[k]!;
    let value = row[size]!;
    for (let column = k + 1; column < size; column++) {
      value -= row[column]! * solution[column]!;
    }
    solution[k] = value / row[k]!;
  }
  return solution;
}
