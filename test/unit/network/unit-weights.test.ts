import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  conductancesToUnitWeights,
  unitWeightScatter,
  unitWeightsToConductances,
} from '../../../src/network/unit-weights.ts';

const range = { min: 1 / 18_900, max: 1 / 2200 };

test('weights survive the way to conductances and back', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (weights) => {
      const back = conductancesToUnitWeights(
        unitWeightsToConductances(Float64Array.from(weights), range),
        range,
      );
      expect([...back]).toEqual(weights.map((weight) => expect.closeTo(weight, 12) as number));
    }),
  );
});

test('the published rule: C = w (1/Rmin - 1/Rmax) + 1/Rmax', () => {
  const [low, middle, high] = unitWeightsToConductances(Float64Array.of(0, 0.25, 1), range);
  expect(1 / low!).toBeCloseTo(18_900, 6);
  expect(middle).toBeCloseTo(0.25 * (1 / 2200 - 1 / 18_900) + 1 / 18_900, 15);
  expect(1 / high!).toBeCloseTo(2200, 6);
});

test('conductances outside the range are its ends', () => {
  expect([...conductancesToUnitWeights(Float64Array.of(0, 1), range)]).toEqual([0, 1]);
});

test('a scatter of conductances is a scatter of weights', () => {
  const conductances = Float64Array.of(1e-4, 4e-4);
  const scatter = unitWeightScatter(conductances, 0.05, range);
  const shifted = conductancesToUnitWeights(
    conductances.map((value) => 1.05 * value),
    range,
  );
  const weights = conductancesToUnitWeights(conductances, range);
  for (const [k, width] of scatter.entries()) {
    expect(shifted[k]! - weights[k]!).toBeCloseTo(width, 12);
  }
});
