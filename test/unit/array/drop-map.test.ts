import { expect, test } from 'vitest';
import { dropMap } from '../../../src/array/drop-map.ts';
import { createGeometry } from '../../../src/array/geometry.ts';

const wires = { wordSegmentResistance: 10, bitSegmentResistance: 20, driverResistance: 70 };

test('one cell loses what its wires and drivers drop', () => {
  const { lost, worst, linePower } = dropMap({
    geometry: createGeometry(1, 1),
    conductances: Float64Array.of(1e-3),
    ...wires,
  });
  expect(lost[0]).toBeCloseTo(170 / 1170, 12);
  expect(worst).toEqual({ word: 0, bit: 0 });
  expect(linePower[0]).toBeCloseTo(1 / 1170, 14);
});

test('the cell that is farthest from both drivers loses most', () => {
  const geometry = createGeometry(9, 6);
  const { lost, worst, linePower } = dropMap({
    geometry,
    conductances: new Float64Array(54).fill(1e-4),
    ...wires,
  });
  expect(worst).toEqual({ word: 0, bit: 5 });
  expect(Math.min(...lost)).toBe(lost[8 * 6]);
  expect(linePower).toHaveLength(9);
});

test('wires without resistance lose nothing', () => {
  const { lost } = dropMap({
    geometry: createGeometry(3, 3),
    conductances: new Float64Array(9).fill(1e-4),
    wordSegmentResistance: 0,
    bitSegmentResistance: 0,
    driverResistance: 0,
  });
  expect(lost).toEqual(new Float64Array(9));
});
