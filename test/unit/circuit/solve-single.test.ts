import { describe, expect, test } from 'vitest';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import type { LineMatrix, LineSweeps } from '../../../src/circuit/line-sweeps.ts';
import { type NodalSystem, sideOf, withVolts } from '../../../src/circuit/nodal-system.ts';
import { PlainLineSweeps } from '../../../src/circuit/plain-line-sweeps.ts';
import { SingleLineSweeps } from '../../../src/circuit/single-line-sweeps.ts';
import { solveCircuit } from '../../../src/circuit/solve-circuit.ts';
import { RandomStream } from '../../../src/random.ts';
import { type ArrayChoice, drawArray } from './array-circuits.ts';

const all = [...lineEnds];

const arrays: Record<string, ArrayChoice> = {
  '96 x 80': { wordLines: 96, bitLines: 80 },
  '17 x 13 with other segments': { wordLines: 17, bitLines: 31, wordOhms: 4, bitOhms: 0.3 },
  '40 x 53 from all sides': { wordLines: 40, bitLines: 53, driven: all, seriesOhms: 20 },
  '61 x 30 from the right and the top': { wordLines: 61, bitLines: 30, driven: ['wordRight', 'bitTop'] },
  '45 x 45, mixed, with open cells': { wordLines: 45, bitLines: 45, driven: all, mixed: true, open: 0.3 },
  '50 x 50 with floating bit lines': { wordLines: 50, bitLines: 50, driven: ['wordLeft', 'wordRight'] },
  '64 x 64 of strong drop': { wordLines: 64, bitLines: 64, wordOhms: 30, bitOhms: 30 },
};

describe.each(Object.entries(arrays))('in float32, %s', (_name, choice) => {
  const system = drawArray(choice);

  test('the passes are those of the sweeps in TypeScript', () => {
    const plain = new PlainLineSweeps(system);
    const single = SingleLineSweeps.create(system)!;
    const { wordLines, bitLines } = system.geometry;
    const near = (found: LineMatrix, exact: LineMatrix, scale: number) => {
      const a = rowsOf(found, single.stride, wordLines, bitLines);
      expectNear(
        a,
        rowsOf(exact, plain.stride, wordLines, bitLines).map((value) => scale * value),
      );
    };
    const sums = plain.setConductances(system.conductances);
    expectNear(single.setConductances(system.conductances), sums);
    const { bitScale, wordScale } = single;

    for (const weighted of [true, false]) {
      draw(plain, 1, system, 1, 1);
      draw(single, wordScale, system, 1, 1);
      plain.sweepWords(weighted);
      single.sweepWords(weighted);
      near(single.s, plain.s, weighted ? bitScale : 1);
    }
    draw(plain, 1, system, 2, 0);
    draw(single, 1, system, 2, 0);
    // As after any bit pass, lines that fill up follow the last one.
    const last = single.stride * (wordLines - 1);
    for (let at = last + single.stride; at < single.z.length; at += single.stride) {
      single.z.copyWithin(at, last, last + single.stride);
      single.p.copyWithin(at, last, last + single.stride);
    }
    const power = plain.wordPass(0.3);
    expect(single.wordPass(0.3) / bitScale / power).toBeCloseTo(1, 5);
    near(single.p, plain.p, 1);
    near(single.s, plain.s, bitScale);
    const residual = plain.bitPass(0.2);
    expect(single.bitPass(0.2) / bitScale / residual).toBeCloseTo(1, 5);
    near(single.z, plain.z, 1);
    near(single.v, plain.v, 1);
  });

  test('holds every current to 1e-4 of the largest', () => {
    const exact = solveCircuit(system, { method: 'iterative' });
    const found = solveCircuit(system, { method: 'single' });
    expect(found.method).toBe('single');
    const currents = (of: typeof exact) =>
      Float64Array.from(lineEnds.flatMap((end) => [...(of.currentIntoEnd[end] ?? [])]));
    expectNear(currents(found), currents(exact), 1e-4);
    expectNear(found.wordNodeVolts, exact.wordNodeVolts, 1e-4);
    expectNear(found.bitNodeVolts, exact.bitNodeVolts, 1e-4);
    expect(found.iterations).toBeLessThan(exact.iterations);
  });
});

test('sources far from 0 V cost no digits', () => {
  const system = drawArray({ wordLines: 40, bitLines: 40 });
  const lifted = withVolts(
    system,
    Object.fromEntries(all.map((end) => [end, sideOf(system, end).volts.map((volts) => volts + 1000)])),
  );
  const exact = solveCircuit(system);
  const found = solveCircuit(lifted, { method: 'single' });
  expect(found.method).toBe('single');
  expectNear(found.currentIntoEnd.bitBottom!, exact.currentIntoEnd.bitBottom!, 1e-5);
  expectNear(
    found.bitNodeVolts,
    exact.bitNodeVolts.map((volts) => volts + 1000),
  );
});

describe('float64 takes over', () => {
  test.each([
    ['where segments differ', { perSegment: true }, {}],
    ['where segments have no resistance', { wordOhms: 0 }, {}],
    ['where the cells take a small part of the voltages', { seriesOhms: 1e6 }, {}],
    ['where more digits are asked for', {}, { tolerance: 1e-6 }],
  ])('%s', (_name, choice, options) => {
    const system = drawArray({ wordLines: 40, bitLines: 40, ...choice });
    const found = solveCircuit(system, { method: 'single', ...options });
    const exact = solveCircuit(system, { method: 'direct' });
    expect(found.method).toBe('iterative');
    expectNear(found.currentIntoEnd.bitBottom!, exact.currentIntoEnd.bitBottom!, 1e-6);
  });

  test('elimination where the circuit is small', () => {
    expect(solveCircuit(drawArray({ wordLines: 4, bitLines: 4 }), { method: 'single' }).method).toBe(
      'direct',
    );
  });
});

/** Fill z and p with the same values whatever the stride and the unit. */
function draw(sweeps: LineSweeps, scaleOfZ: number, { geometry }: NodalSystem, seed: number, bias: number) {
  const draws = new RandomStream(seed, 'sweeps');
  const { wordLines, bitLines } = geometry;
  sweeps.v.fill(0);
  for (let word = 0, cell = 0; word < wordLines; word++) {
    for (let at = word * sweeps.stride; at < word * sweeps.stride + bitLines; at++, cell++) {
      sweeps.z[at] = scaleOfZ * 1e-3 * (draws.uniform(cell, 0) + bias);
      sweeps.p[at] = draws.uniform(cell, 1) + bias;
    }
  }
}

function rowsOf(matrix: LineMatrix, stride: number, rows: number, columns: number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, node) => matrix[Math.floor(node / columns) * stride + (node % columns)]!,
  );
}

function expectNear(found: Float64Array, exact: Float64Array, tolerance = 2e-6): void {
  const largest = Math.max(...exact.map(Math.abs));
  const worst = Math.max(...exact.map((value, k) => Math.abs(found[k]! - value)));
  expect(worst / largest).toBeLessThan(tolerance);
}
