import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averagePool } from '../../../src/network/average-pool.ts';
import type { WeightLayout } from '../../../src/network/conductance-mapping.ts';
import { differentialPair } from '../../../src/network/differential-pair.ts';
import { offsetColumn } from '../../../src/network/offset-column.ts';

const range = { min: 5e-5, max: 2e-4 };
const weight = fc.double({ min: -3, max: 3, noNaN: true });
const matrices = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([inputs, outputs]) =>
    fc.record({
      inputs: fc.constant(inputs),
      outputs: fc.constant(outputs),
      weights: fc.array(weight, { minLength: inputs * outputs, maxLength: inputs * outputs }),
      x: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: inputs, maxLength: inputs }),
    }),
  );

/** I = G^T V, written out. */
function currents(targets: Float64Array, wordLines: number, bitLines: number, volts: number[]): Float64Array {
  return Float64Array.from({ length: bitLines }, (_, bit) =>
    Array.from({ length: wordLines }, (_, word) => volts[word]! * targets[word * bitLines + bit]!).reduce(
      (a, b) => a + b,
    ),
  );
}

test.each([differentialPair, offsetColumn])(
  '$name gives back W^T x and stays in the range',
  (layout: WeightLayout) => {
    fc.assert(
      fc.property(matrices, ({ inputs, outputs, weights, x }) => {
        const mapped = layout.map(Float64Array.from(weights), inputs, outputs, range);
        for (const target of mapped.targets) {
          expect(target).toBeGreaterThanOrEqual(range.min * (1 - 1e-12));
          expect(target).toBeLessThanOrEqual(range.max * (1 + 1e-12));
        }
        const { wordLines, bitLines } = mapped.geometry;
        const bitCurrents = currents(
          mapped.targets,
          wordLines,
          bitLines,
          x.map((value) => value * 0.2),
        );
        const found = layout.outputs(mapped, bitCurrents, 0.2);
        expect(found).toHaveLength(outputs);
        for (let output = 0; output < outputs; output++) {
          const expected = x.reduce(
            (sum, value, input) => sum + value * weights[input * outputs + output]!,
            0,
          );
          expect(found[output]).toBeCloseTo(expected, 8);
        }
      }),
    );
  },
);

test('average pooling keeps the mean of each block', () => {
  const image = Float64Array.from({ length: 16 }, (_, index) => index);
  expect([...averagePool(image, 4, 2)]).toEqual([2.5, 4.5, 10.5, 12.5]);
});
