import { describe, expect, test } from 'vitest';
import { createCircuit } from '../../../src/circuit/circuit.ts';
import { conductanceSensitivity } from '../../../src/circuit/conductance-sensitivity.ts';
import { cellCount, createGeometry } from '../../../src/array/geometry.ts';
import { connectSources } from '../../../src/circuit/nodal-system.ts';
import { solveCircuit } from '../../../src/circuit/solve-circuit.ts';
import { bitLineCurrents } from '../../../src/array/vector-matrix-product.ts';
import type { ReadWires } from '../../../src/array/sensed-array.ts';
import { wiredConductances } from '../../../src/array/wired-conductances.ts';
import { UsageError } from '../../../src/errors.ts';
import { RandomStream } from '../../../src/random.ts';

const random = new RandomStream(4, 'wires');
const drawn = (length: number, event: number): Float64Array =>
  Float64Array.from({ length }, (_, index) => random.uniform(index, event));

function systemOf(wires: ReadWires, conductances: Float64Array, wordVolts: Float64Array) {
  const { geometry, driverResistance = 0 } = wires;
  return connectSources(createCircuit({ ...wires, conductances }), {
    wordLeft: { volts: wordVolts, seriesResistance: driverResistance },
    wordRight: null,
    bitTop: null,
    bitBottom: { volts: new Float64Array(geometry.bitLines), seriesResistance: driverResistance },
  });
}

test.each([
  ['segments and drivers', 3, 20, 50],
  ['word lines alone', 5, 0, 0],
  ['drivers alone', 0, 0, 100],
  ['nothing', 0, 0, 0],
] as const)('a product is the solved circuit: resistance in %s', (_name, word, bit, driver) => {
  const geometry = createGeometry(13, 9);
  const wires: ReadWires = {
    geometry,
    wordSegmentResistance: word,
    bitSegmentResistance: bit,
    driverResistance: driver,
  };
  const conductances = drawn(cellCount(geometry), 1).map((u) => 1e-6 * 1000 ** u);
  const wordVolts = drawn(13, 2).map((u) => 0.4 * u - 0.1);
  const { currentIntoEnd } = solveCircuit(systemOf(wires, conductances, wordVolts));
  const exact = currentIntoEnd.bitBottom!;
  const found = bitLineCurrents(wiredConductances(wires, conductances), wordVolts, geometry);
  const largest = Math.max(...exact.map(Math.abs));
  found.forEach((amperes, at) => expect(Math.abs(amperes - exact[at]!)).toBeLessThan(1e-9 * largest));
});

test('refuses a resistance that is none', () => {
  const wires = { geometry: createGeometry(2, 2), wordSegmentResistance: -1, bitSegmentResistance: 1 };
  expect(() => wiredConductances(wires, new Float64Array(4))).toThrow(UsageError);
});

describe('relative noise of the entries of the matrix', () => {
  const geometry = createGeometry(16, 16);
  const conductances = drawn(256, 3).map((u) => 1e-6 * 1000 ** u);
  const wordVolts = drawn(16, 4).map((u) => 0.2 * u);
  const mean = conductances.reduce((sum, g) => sum + g, 0) / 256;

  /** Deviation of each bit line's current for relative noise 1 of the entries, over that of the cells to first order. */
  function overestimates(chi: number): number[] {
    const ohms = chi / (mean * 256);
    const wires = { geometry, wordSegmentResistance: ohms, bitSegmentResistance: ohms };
    const matrix = wiredConductances(wires, conductances);
    const system = systemOf(wires, conductances, wordVolts);
    return Array.from({ length: 16 }, (_, bit) => {
      const weights = new Float64Array(16);
      weights[bit] = 1;
      const cells = conductanceSensitivity(system, { bitBottom: weights });
      const exact = Math.hypot(...cells.map((amperes, cell) => amperes * conductances[cell]!));
      const entries = Math.hypot(...wordVolts.map((volts, word) => volts * matrix[word * 16 + bit]!));
      return entries / exact;
    });
  }

  test.each([
    [0.01, 1.01],
    [0.1, 1.1],
    [1, 1.8],
  ])('is at chi = %f never less than that of the cells, and at most %f times as much', (chi, most) => {
    const ratios = overestimates(chi);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ratios)).toBeLessThan(most);
    // The bound is tight: the error is there.
    expect(Math.max(...ratios) - 1).toBeGreaterThan((most - 1) / 2);
  });
});
