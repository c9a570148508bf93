import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biasSchemes, selectCell } from '../../../src/array/bias.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { type CellLoads, createLineSolution, idealWires } from '../../../src/array/line-network.ts';

const volts = fc.double({ min: -3, max: 3, noNaN: true });
const siemens = fc.double({ min: 1e-7, max: 1e-3, noNaN: true });

const circuits = fc
  .record({ wordLines: fc.integer({ min: 1, max: 8 }), bitLines: fc.integer({ min: 1, max: 8 }) })
  .chain(({ wordLines, bitLines }) =>
    fc.record({
      geometry: fc.constant(createGeometry(wordLines, bitLines)),
      wordVolts: fc.array(volts, { minLength: wordLines, maxLength: wordLines }),
      bitVolts: fc.array(volts, { minLength: bitLines, maxLength: bitLines }),
      conductances: fc.array(siemens, {
        minLength: wordLines * bitLines,
        maxLength: wordLines * bitLines,
      }),
    }),
  );

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

describe('ideal wires', () => {
  test('agree with the dense sums, keep charge, and deliver what the cells dissipate', () => {
    fc.assert(
      fc.property(circuits, ({ geometry, wordVolts, bitVolts, conductances }) => {
        const cells: CellLoads = { geometry, current: (index, v) => conductances[index]! * v };
        const frame = { wordVolts: Float64Array.from(wordVolts), bitVolts: Float64Array.from(bitVolts) };
        const out = createLineSolution(geometry);
        idealWires.solve(frame, cells, out);

        const drops = wordVolts.flatMap((word) => bitVolts.map((bit) => word - bit));
        expect([...out.cellVolts]).toEqual(drops);
        bitVolts.forEach((_, bit) => {
          const dense = sum(
            wordVolts.map((_, word) => {
              const index = word * bitVolts.length + bit;
              return conductances[index]! * drops[index]!;
            }),
          );
          expect(out.bitCurrents[bit]).toBeCloseTo(dense, 15);
        });
        expect(sum(out.wordCurrents)).toBeCloseTo(sum(out.bitCurrents), 14);
        const delivered =
          sum(wordVolts.map((v, word) => v * out.wordCurrents[word]!)) -
          sum(bitVolts.map((v, bit) => v * out.bitCurrents[bit]!));
        const dissipated = sum(drops.map((v, index) => v * v * conductances[index]!));
        expect(delivered).toBeCloseTo(dissipated, 13);
      }),
    );
  });

  test('solve a second frame as if it were the first', () => {
    const geometry = createGeometry(2, 2);
    const cells: CellLoads = { geometry, current: (_index, v) => 1e-3 * v };
    const out = createLineSolution(geometry);
    const frame = selectCell(geometry, { word: 0, bit: 1 }, 1, biasSchemes.half);
    idealWires.solve(frame, cells, out);
    const first = structuredClone(out);
    idealWires.solve(frame, cells, out);
    expect(out).toEqual(first);
  });
});
