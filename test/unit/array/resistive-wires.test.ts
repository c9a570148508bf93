import { describe, expect, test } from 'vitest';
import { type BiasFrame, biasSchemes, selectCell } from '../../../src/array/bias.ts';
import { createCircuit } from '../../../src/circuit/circuit.ts';
import { createGeometry } from '../../../src/array/geometry.ts';
import { type CellLoads, createLineSolution, idealWires } from '../../../src/array/line-network.ts';
import type { LineEnd } from '../../../src/circuit/line-ends.ts';
import { connectSources } from '../../../src/circuit/nodal-system.ts';
import { resistiveWires } from '../../../src/array/resistive-wires.ts';
import { seriesResistor } from '../../../src/array/series-element.ts';
import { solveDirect } from '../../../src/circuit/direct-solver.ts';
import { RandomStream } from '../../../src/random.ts';

const geometry = createGeometry(18, 25);
const draws = new RandomStream(8, 'wires');
const conductances = Float64Array.from({ length: 450 }, (_, cell) => 1e-6 * 100 ** draws.uniform(cell, 0));

const straight: CellLoads = { geometry, current: (index, volts) => conductances[index]! * volts };
const bent: CellLoads = {
  geometry,
  current: (index, volts) => (conductances[index]! * Math.sinh(3 * volts)) / 3,
};

function largestDifference(found: Float64Array, exact: Float64Array): number {
  return Math.max(...exact.map((value, k) => Math.abs(found[k]! - value)));
}

/** By elimination. */
function exactOf(
  { wordVolts, bitVolts }: BiasFrame,
  of: Float64Array,
  driverOhms: number,
  ends: readonly LineEnd[],
) {
  const circuit = createCircuit({
    geometry,
    conductances: of,
    wordSegmentResistance: 4,
    bitSegmentResistance: 2,
  });
  const side = (end: LineEnd, volts: Float64Array) =>
    ends.includes(end) ? { volts, seriesResistance: driverOhms } : null;
  const solution = solveDirect(
    connectSources(circuit, {
      wordLeft: side('wordLeft', wordVolts),
      wordRight: side('wordRight', wordVolts),
      bitTop: side('bitTop', bitVolts),
      bitBottom: side('bitBottom', bitVolts),
    }),
  );
  return {
    ...solution,
    cellVolts: solution.wordNodeVolts.map((volts, k) => volts - solution.bitNodeVolts[k]!),
  };
}

function wires(changes: Partial<Parameters<typeof resistiveWires>[0]> = {}) {
  return resistiveWires({
    geometry,
    wordSegmentResistance: 4,
    bitSegmentResistance: 2,
    driverResistance: 30,
    tolerance: 1e-9,
    ...changes,
  });
}

const cell = { word: 11, bit: 20 };
const frames: Record<string, BiasFrame> = {
  write: selectCell(geometry, cell, 1.2, biasSchemes.half),
  read: selectCell(geometry, cell, 0.2, biasSchemes.grounded),
  erase: selectCell(geometry, { word: 2, bit: 3 }, -1.1, biasSchemes.third),
};

describe('resistive wires', () => {
  test.each(Object.keys(frames))('give the voltages and currents of elimination: %s', (name) => {
    const frame = frames[name]!;
    const out = createLineSolution(geometry);
    wires().solve(frame, straight, out);
    const exact = exactOf(frame, conductances, 30, ['wordLeft', 'bitBottom']);
    expect(largestDifference(out.cellVolts, exact.cellVolts)).toBeLessThan(1e-9);
    expect(largestDifference(out.bitCurrents, exact.currentIntoEnd.bitBottom!)).toBeLessThan(1e-12);
    expect(
      largestDifference(
        out.wordCurrents.map((x) => -x),
        exact.currentIntoEnd.wordLeft!,
      ),
    ).toBeLessThan(1e-12);
  });

  test('drive lines from both ends', () => {
    const out = createLineSolution(geometry);
    const ends: LineEnd[] = ['wordLeft', 'wordRight', 'bitTop'];
    wires({ drivenEnds: ends }).solve(frames['write']!, straight, out);
    const exact = exactOf(frames['write']!, conductances, 30, ends);
    const { wordLeft, wordRight, bitTop } = exact.currentIntoEnd;
    expect(largestDifference(out.cellVolts, exact.cellVolts)).toBeLessThan(1e-9);
    expect(largestDifference(out.bitCurrents, bitTop!)).toBeLessThan(1e-12);
    const intoWords = wordLeft!.map((amperes, k) => -amperes - wordRight![k]!);
    expect(largestDifference(out.wordCurrents, intoWords)).toBeLessThan(1e-12);
  });

  test.each([straight, bent])('begin where they left off, and arrive at the same', (cells) => {
    const warm = wires();
    const out = createLineSolution(geometry);
    const fresh = createLineSolution(geometry);
    const changed = conductances.slice();
    const loads: CellLoads = {
      geometry,
      current: (index, volts) => (cells.current(index, volts) * changed[index]!) / conductances[index]!,
    };
    for (let step = 0; step < 6; step++) {
      changed[11 * 25 + 20]! *= 1.5;
      for (const [name, frame] of Object.entries(frames)) {
        const factor = name === 'write' ? 1 + 0.05 * step : 1;
        const scaled = {
          wordVolts: frame.wordVolts.map((volts) => factor * volts),
          bitVolts: frame.bitVolts.map((volts) => factor * volts),
        };
        warm.solve(scaled, loads, out);
        wires().solve(scaled, loads, fresh);
        expect(largestDifference(out.cellVolts, fresh.cellVolts)).toBeLessThan(3e-9);
      }
    }
  });

  test('are solved after all lines were at 0 V, and after another array', () => {
    const network = wires();
    const out = createLineSolution(geometry);
    const zero = { wordVolts: new Float64Array(18), bitVolts: new Float64Array(25) };
    network.solve(zero, straight, out);
    expect(out.cellVolts).toEqual(new Float64Array(450));
    network.solve(frames['read']!, bent, out);
    network.solve(frames['read']!, straight, out);
    const exact = exactOf(frames['read']!, conductances, 30, ['wordLeft', 'bitBottom']);
    expect(largestDifference(out.cellVolts, exact.cellVolts)).toBeLessThan(1e-9);
  });

  test('keep a solution as long as the tolerance allows', () => {
    const changed = conductances.slice();
    let evaluations = 0;
    const loads: CellLoads = {
      geometry,
      current: (index, volts) => {
        evaluations += 1;
        return changed[index]! * volts;
      },
    };
    const network = wires({ tolerance: 1e-6 });
    const out = createLineSolution(geometry);
    network.solve(frames['read']!, loads, out);
    evaluations = 0;
    changed[11 * 25 + 20]! *= 1 + 1e-5;
    network.solve(frames['read']!, loads, out);
    expect(evaluations).toBe(450);
    const exact = exactOf(frames['read']!, changed, 30, ['wordLeft', 'bitBottom']);
    expect(largestDifference(out.cellVolts, exact.cellVolts)).toBeLessThan(1e-6 * 0.2);
    changed[11 * 25 + 20]! *= 2;
    network.solve(frames['read']!, loads, out);
    expect(evaluations).toBeGreaterThan(3 * 450);
  });

  test('without resistance are ideal ones', () => {
    const network = wires({ wordSegmentResistance: 0, bitSegmentResistance: 0, driverResistance: 0 });
    const out = createLineSolution(geometry);
    const ideal = createLineSolution(geometry);
    network.solve(frames['write']!, bent, out);
    idealWires.solve(frames['write']!, bent, ideal);
    expect(network.resistance).toBe(0);
    expect(largestDifference(out.cellVolts, ideal.cellVolts)).toBeLessThan(1e-14);
    expect(largestDifference(out.bitCurrents, ideal.bitCurrents)).toBeLessThan(1e-16);
  });

  test('bring the voltage of the device where an element lies in series', () => {
    const out = createLineSolution(geometry);
    wires({ seriesElement: seriesResistor(2000) }).solve(frames['read']!, straight, out);
    const inSeries = conductances.map((siemens) => siemens / (1 + 2000 * siemens));
    const exact = exactOf(frames['read']!, inSeries, 30, ['wordLeft', 'bitBottom']);
    const device = exact.cellVolts.map((volts, k) => (volts * inSeries[k]!) / conductances[k]!);
    expect(largestDifference(out.cellVolts, device)).toBeLessThan(1e-9);
    expect(largestDifference(out.bitCurrents, exact.currentIntoEnd.bitBottom!)).toBeLessThan(1e-12);
  });

  test('know the longest way to a driver', () => {
    expect(wires().resistance).toBe(30 + 25 * 4 + 30 + 18 * 2);
  });

  test('that leave a line without a driver are refused', () => {
    expect(() => wires({ drivenEnds: ['wordLeft'] })).toThrow(/bit line 0 has no path to a source/u);
  });
});
