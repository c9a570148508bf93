import { expect, test } from 'vitest';
import { dropMap } from '../../../src/array/drop-map.ts';
import { createGeometry } from '../../../src/array/geometry.ts';

const wires = { wordSegmentResistance: 10, bitSegmentResistance: 20, driverResistance: 70 };

test('one cell loses what its wires and drivers drop', () => {
  const { lost, worst, wordLinePower, bitLinePower } = dropMap({
    geometry: createGeometry(1, 1),
    conductances: Float64Array.of(1e-3),
    ...wires,
  });
  expect(lost[0]).toBeCloseTo(170 / 1170, 12);
  expect(worst).toEqual({ word: 0, bit: 0 });
  expect(wordLinePower[0]).toBeCloseTo(1 / 1170, 14);
  // All but the heat of the word line and its driver, 80 ohm.
  expect(bitLinePower[0]).toBeCloseTo(1090 / 1170 ** 2, 14);
});

test('the cell that is farthest from both drivers loses most', () => {
  const geometry = createGeometry(9, 6);
  const { lost, worst } = dropMap({
    geometry,
    conductances: new Float64Array(54).fill(1e-4),
    ...wires,
  });
  expect(worst).toEqual({ word: 0, bit: 5 });
  expect(Math.min(...lost)).toBe(lost[8 * 6]);
});

test('what the word lines take is what the bit lines get and the word lines turn into heat', () => {
  const geometry = createGeometry(3, 4);
  const conductances = Float64Array.from({ length: 12 }, (_, cell) => (cell % 5) * 1e-4);
  const { wordLinePower, bitLinePower, lost } = dropMap({ geometry, conductances, ...wires });
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  let heat = 0;
  for (let word = 0; word < 3; word++) {
    let amperes = 0;
    for (let bit = 3; bit >= 0; bit--) {
      const cell = word * 4 + bit;
      amperes += conductances[cell]! * (1 - lost[cell]!);
      heat += amperes ** 2 * (bit === 0 ? 80 : 10);
    }
    expect(wordLinePower[word]).toBeCloseTo(amperes, 14);
  }
  expect(sum(wordLinePower) - sum(bitLinePower)).toBeCloseTo(heat, 14);
  expect(heat).toBeGreaterThan(1e-5);
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
