import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biasSchemes, selectCell } from '../../../src/array/bias.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { type LineEnd, lineEnds } from '../../../src/circuit/line-ends.ts';
import { type CellLoads, createLineSolution } from '../../../src/array/line-network.ts';
import { resistiveWires } from '../../../src/array/resistive-wires.ts';
import { SelectedLines } from '../../../src/array/selected-lines.ts';
import { RandomStream } from '../../../src/random.ts';

const geometry = createGeometry(14, 19);
const count = geometry.wordLines * geometry.bitLines;
const tolerance = 1e-5;

interface Wiring {
  readonly ohms: number;
  readonly driverResistance: number;
  readonly drivenEnds: readonly LineEnd[];
  readonly perSegment: boolean;
}

function create({ ohms, driverResistance, drivenEnds, perSegment }: Wiring) {
  const draws = new RandomStream(3, 'segments');
  const segments = (lines: number, links: number, stream: number) =>
    perSegment
      ? Float64Array.from({ length: lines * links }, (_, k) => ohms * (0.5 + draws.uniform(k, stream)))
      : ohms;
  const { wordLines, bitLines } = geometry;
  const options = {
    geometry,
    wordSegmentResistance: segments(wordLines, bitLines + 1, 0),
    bitSegmentResistance: segments(bitLines, wordLines + 1, 1),
    driverResistance,
    drivenEnds,
  };
  const states = Float64Array.from({ length: count }, (_, cell) => 1e-6 * 100 ** draws.uniform(cell, 2));
  const cells: CellLoads = {
    geometry,
    current: (index, volts) => (states[index]! * Math.sinh(3 * volts)) / 3,
  };
  const { wiring } = resistiveWires({ ...options, tolerance });
  return {
    states,
    cells,
    lines: new SelectedLines(wiring!.system, cells, tolerance),
    exact: resistiveWires({ ...options, tolerance: 1e-10 }),
  };
}

/** Largest error of the voltages over the cells of the cross. */
function errorOf(
  { lines, exact, cells }: ReturnType<typeof create>,
  found: Float64Array,
  volts: number,
  scheme: keyof typeof biasSchemes,
): number {
  const out = createLineSolution(geometry);
  const { word, bit, indices } = lines.cross;
  exact.solve(selectCell(geometry, { word, bit }, volts, biasSchemes[scheme]), cells, out);
  return indices.reduce((worst, index, k) => Math.max(worst, Math.abs(found[k]! - out.cellVolts[index]!)), 0);
}

const usual: Wiring = {
  ohms: 1,
  driverResistance: 0,
  drivenEnds: ['wordLeft', 'bitBottom'],
  perSegment: false,
};

describe('the lines of a selected cell', () => {
  const wirings: Record<string, Wiring> = {
    'from two sides': usual,
    'behind drivers': { ...usual, driverResistance: 50 },
    'from all sides, each segment its own': { ...usual, drivenEnds: lineEnds, perSegment: true },
    'of strong drop': { ...usual, ohms: 60 },
  };

  test.each(Object.keys(wirings))('are solved to the tolerance, pulse after pulse: %s', (name) => {
    const array = create(wirings[name]!);
    const { lines, states } = array;
    const errors: number[] = [];
    for (const cell of [
      { word: 13, bit: 18 },
      { word: 0, bit: 7 },
      { word: 13, bit: 18 },
    ]) {
      lines.select(cell);
      for (let k = 0; k < 8; k++) {
        for (const [scheme, volts] of [
          ['half', 0.5 + 0.1 * k],
          ['half', -0.4 - 0.1 * k],
          ['grounded', 0.2],
        ] as const) {
          const frame = lines.frame(biasSchemes[scheme], volts);
          if (lines.solve(frame, volts)) {
            errors.push(errorOf(array, frame.volts, volts, scheme) / Math.abs(volts));
          }
        }
        states[cell.word * 19 + cell.bit]! *= 1.3;
      }
    }
    expect(Math.max(...errors)).toBeLessThan(tolerance);
    expect(errors.length).toBeGreaterThan(name === 'of strong drop' ? 0 : 71);
  });

  test('are within the tolerance whenever they say that they are solved', () => {
    const acts = fc.record({
      ohms: fc.double({ min: 0.1, max: 300, noNaN: true }),
      volts: fc.array(fc.double({ min: 0.05, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 5 }),
      word: fc.nat(13),
      bit: fc.nat(18),
      scheme: fc.constantFrom<(keyof typeof biasSchemes)[]>('half', 'third', 'grounded'),
      factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
    });
    let solved = 0;
    fc.assert(
      fc.property(acts, ({ ohms, volts, word, bit, scheme, factor }) => {
        const array = create({ ...usual, ohms });
        array.lines.select({ word, bit });
        for (const amplitude of volts) {
          const frame = array.lines.frame(biasSchemes[scheme], amplitude);
          const isSolved = array.lines.solve(frame, amplitude);
          solved += isSolved ? 1 : 0;
          const error = isSolved ? errorOf(array, frame.volts, amplitude, scheme) : 0;
          expect(error).toBeLessThan(tolerance * amplitude);
          array.states[word * 19 + bit]! *= factor;
        }
      }),
      { numRuns: 40 },
    );
    expect(solved).toBeGreaterThan(20);
  });

  test('are left to others where all cells see much', () => {
    const { lines } = create(usual);
    lines.select({ word: 3, bit: 4 });
    expect(lines.solve(lines.frame(biasSchemes.third, 1), 1)).toBe(false);
  });

  test('know a scheme by its fractions, and each polarity by itself', () => {
    const { lines } = create(usual);
    const frame = lines.frame(biasSchemes.half, 1);
    expect(lines.frame({ ...biasSchemes.half, name: 'my own' }, 0.5)).toBe(frame);
    expect(lines.frame(biasSchemes.half, -1)).not.toBe(frame);
    expect(lines.frame({ ...biasSchemes.half, unselectedBit: 0.1 }, 1)).not.toBe(frame);
  });

  test('follow cells that moved otherwise once they are told', () => {
    const array = create(usual);
    const { lines, states } = array;
    lines.select({ word: 3, bit: 4 });
    const frame = lines.frame(biasSchemes.half, 1);
    lines.solve(frame, 1);
    states.forEach((siemens, index) => {
      states[index] = 3 * siemens;
    });
    lines.forget();
    lines.select({ word: 3, bit: 4 });
    expect(lines.solve(frame, 1)).toBe(true);
    expect(errorOf(array, frame.volts, 1, 'half')).toBeLessThan(tolerance);
  });
});
