import { describe, expect, test } from 'vitest';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import type { NodalSolution } from '../../../src/circuit/nodal-solution.ts';
import { type NodalSystem, sideOf, withVolts } from '../../../src/circuit/nodal-system.ts';
import { solveCircuit } from '../../../src/circuit/solve-circuit.ts';
import { drawArray } from './array-circuits.ts';
import { largestImbalanceOf } from './kirchhoff.ts';

const all = [...lineEnds];

/** Solved by elimination, by the compiled iteration and with its floating lines. */
const systems: Record<string, NodalSystem> = {
  small: drawArray({ wordLines: 5, bitLines: 7, driven: all, wordOhms: 20, bitOhms: 30, seriesOhms: 40 }),
  'from two sides': drawArray({ wordLines: 40, bitLines: 23, seriesOhms: 10 }),
  'from all sides, mixed': drawArray({ wordLines: 23, bitLines: 40, driven: all, mixed: true, open: 0.1 }),
  'of unequal segments': drawArray({ wordLines: 33, bitLines: 31, driven: all, perSegment: true }),
  'of strong drop': drawArray({ wordLines: 32, bitLines: 32, wordOhms: 100, bitOhms: 100, driven: all }),
};

const solve = (system: NodalSystem) => solveCircuit(system, { tolerance: 1e-12 });

function cellCurrents({ conductances }: NodalSystem, { wordNodeVolts, bitNodeVolts }: NodalSolution) {
  return conductances.map((siemens, cell) => siemens * (wordNodeVolts[cell]! - bitNodeVolts[cell]!));
}

function flat({ currentIntoEnd, wordNodeVolts, bitNodeVolts }: NodalSolution): number[] {
  return [...lineEnds.flatMap((end) => [...(currentIntoEnd[end] ?? [])]), ...wordNodeVolts, ...bitNodeVolts];
}

/** Largest difference, over the largest value. */
function difference(found: readonly number[], exact: readonly number[]): number {
  const largest = Math.max(...exact.map(Math.abs));
  return Math.max(...exact.map((value, k) => Math.abs((found[k] ?? NaN) - value))) / largest;
}

function drivenVolts(system: NodalSystem, scale: (end: number, line: number) => number) {
  return Object.fromEntries(
    lineEnds.map((end, place) => [end, sideOf(system, end).volts.map((volts, k) => volts * scale(place, k))]),
  );
}

describe.each(Object.entries(systems))('a circuit, %s,', (_name, system) => {
  const solution = solve(system);

  test("obeys Kirchhoff's law at every node", () => {
    const currents = cellCurrents(system, solution);
    const { wordNodeVolts, bitNodeVolts } = solution;
    const largest = Math.max(...currents.map(Math.abs));
    expect(largestImbalanceOf(system, wordNodeVolts, bitNodeVolts, currents)).toBeLessThan(1e-8 * largest);
    expect(solution.kclResidual).toBeLessThan(1e-8 * largest);
  });

  test('takes as much power as its sources deliver', () => {
    let delivered = 0;
    for (const end of lineEnds) {
      const { volts } = sideOf(system, end);
      solution.currentIntoEnd[end]?.forEach((amperes, line) => (delivered -= amperes * volts[line]!));
    }
    const cells = cellCurrents(system, solution).map(
      (amperes, cell) => amperes ** 2 / system.conductances[cell]!,
    );
    const inCells = cells.reduce((sum, watts) => sum + (Number.isNaN(watts) ? 0 : watts), 0);
    expect(inCells).toBeGreaterThan(0);
    expect(inCells).toBeLessThan(delivered);
    expect(difference([inCells + powerInLines(system, solution)], [delivered])).toBeLessThan(1e-9);
  });

  test('adds what each part of its sources causes', () => {
    const odd = solve(
      withVolts(
        system,
        drivenVolts(system, (end, line) => (end + line) % 2),
      ),
    );
    const even = solve(
      withVolts(
        system,
        drivenVolts(system, (end, line) => 1 - ((end + line) % 2)),
      ),
    );
    const together = flat(odd).map((value, k) => value + flat(even)[k]!);
    expect(difference(together, flat(solution))).toBeLessThan(1e-9);
  });

  test('scales with its voltages', () => {
    expect(
      difference(
        flat(
          solve(
            withVolts(
              system,
              drivenVolts(system, () => -3),
            ),
          ),
        ),
        flat(solution).map((x) => -3 * x),
      ),
    ).toBeLessThan(1e-9);
  });

  test('lies between the extremes of its sources', () => {
    const driven = lineEnds.flatMap((end) => {
      const { resistance, volts } = sideOf(system, end);
      return [...volts].filter((_, line) => resistance[line]! < Infinity);
    });
    const nodes = [...solution.wordNodeVolts, ...solution.bitNodeVolts];
    expect(Math.min(...nodes)).toBeGreaterThanOrEqual(Math.min(...driven) - 1e-9);
    expect(Math.max(...nodes)).toBeLessThanOrEqual(Math.max(...driven) + 1e-9);
  });

  test('is the same when word lines and bit lines change places', () => {
    const turned = solve(transpose(system));
    const { wordLeft, wordRight, bitTop, bitBottom } = solution.currentIntoEnd;
    expect(
      difference(
        [turned.currentIntoEnd.bitTop, turned.currentIntoEnd.bitBottom].flatMap((side) => [...(side ?? [])]),
        [wordLeft, wordRight].flatMap((side) => [...(side ?? [])]),
      ),
    ).toBeLessThan(1e-9);
    expect(
      difference(
        [turned.currentIntoEnd.wordLeft, turned.currentIntoEnd.wordRight].flatMap((side) => [
          ...(side ?? []),
        ]),
        [bitTop, bitBottom].flatMap((side) => [...(side ?? [])]),
      ),
    ).toBeLessThan(1e-9);
  });

  test('takes more power when any cell conducts more', () => {
    const power = (of: NodalSystem) => {
      let watts = 0;
      for (const end of lineEnds) {
        solve(of).currentIntoEnd[end]?.forEach(
          (amperes, k) => (watts -= amperes * sideOf(of, end).volts[k]!),
        );
      }
      return watts;
    };
    const base = power(system);
    for (const cell of [0, 17, system.conductances.length - 1]) {
      const conductances = system.conductances.slice();
      conductances[cell] = 2 * conductances[cell]! + 1e-4;
      expect(power({ ...system, conductances })).toBeGreaterThan(base);
    }
  });
});

test('voltage at one source and current at another change places', () => {
  const system = drawArray({ wordLines: 21, bitLines: 30, driven: all, seriesOhms: 5 });
  const unit = (lines: number, line: number) =>
    Float64Array.from({ length: lines }, (_, k) => (k === line ? 1 : 0));
  const forth = solve(withVolts(system, { wordLeft: unit(21, 4) })).currentIntoEnd.bitBottom![11]!;
  const back = solve(withVolts(system, { bitBottom: unit(30, 11) })).currentIntoEnd.wordLeft![4]!;
  expect(forth / back).toBeCloseTo(1, 9);
});

test('a single word line is a ladder', () => {
  const system = drawArray({
    wordLines: 1,
    bitLines: 400,
    wordOhms: 3,
    bitOhms: 7,
    driven: ['wordLeft', 'bitBottom'],
  });
  // From the far end: each cell on its bit-line segment, beside what lies behind it.
  let behind = 0;
  for (let bit = 399; bit >= 0; bit--) {
    const total = 1 / (1 / system.conductances[bit]! + 7) + behind;
    behind = 1 / (3 + 1 / total);
  }
  const amperes = -behind * system.words.first.volts[0]!;
  expect(solve(system).currentIntoEnd.wordLeft![0]! / amperes).toBeCloseTo(1, 9);
});

function powerInLines(system: NodalSystem, { wordNodeVolts, bitNodeVolts }: NodalSolution): number {
  const { bitLines } = system.geometry;
  const along = (
    set: NodalSystem['words'],
    nodes: Float64Array,
    index: (line: number, at: number) => number,
  ) => {
    let watts = 0;
    for (let line = 0; line < set.lines; line++) {
      for (let link = 0; link <= set.cells; link++) {
        const inner =
          typeof set.segments === 'number' ? set.segments : set.segments[line * (set.cells + 1) + link]!;
        const outer = link === 0 ? set.first : set.last;
        const ohms = link === 0 || link === set.cells ? outer.resistance[line]! : inner;
        const before = link === 0 ? set.first.volts[line]! : nodes[index(line, link - 1)]!;
        const after = link === set.cells ? set.last.volts[line]! : nodes[index(line, link)]!;
        watts += (before - after) ** 2 / ohms;
      }
    }
    return watts;
  };
  return (
    along(system.words, wordNodeVolts, (line, at) => line * bitLines + at) +
    along(system.bits, bitNodeVolts, (line, at) => at * bitLines + line)
  );
}

function transpose({ geometry, conductances, words, bits }: NodalSystem): NodalSystem {
  const { wordLines, bitLines } = geometry;
  const turned = Float64Array.from(
    conductances,
    (_, k) => conductances[(k % wordLines) * bitLines + Math.floor(k / wordLines)]!,
  );
  return {
    geometry: { wordLines: bitLines, bitLines: wordLines },
    conductances: turned,
    words: bits,
    bits: words,
  };
}
