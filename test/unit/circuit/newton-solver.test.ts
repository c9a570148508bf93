import { describe, expect, test } from 'vitest';
import { createLineSweeps } from '../../../src/circuit/create-line-sweeps.ts';
import { lineEnds } from '../../../src/circuit/line-ends.ts';
import type { CellLoads } from '../../../src/array/line-network.ts';
import { LoadCurves } from '../../../src/array/load-curves.ts';
import { type CellCurves, NewtonSolver } from '../../../src/circuit/newton-solver.ts';
import type { NodalSystem } from '../../../src/circuit/nodal-system.ts';
import { PlainLineSweeps } from '../../../src/circuit/plain-line-sweeps.ts';
import { SeriesCurves } from '../../../src/array/series-curves.ts';
import {
  accessTransistor,
  type SeriesElement,
  seriesResistor,
  sinhSelector,
} from '../../../src/array/series-element.ts';
import { solveCircuit } from '../../../src/circuit/solve-circuit.ts';
import { drawArray } from './array-circuits.ts';
import { largestImbalanceOf } from './kirchhoff.ts';

type Curve = (volts: number, conductance: number) => number;

const curves: Record<string, { readonly current: Curve; readonly slope: Curve }> = {
  sinh: { current: (v, g) => (g * Math.sinh(3 * v)) / 3, slope: (v, g) => g * Math.cosh(3 * v) },
  exponential: { current: (v, g) => g * Math.expm1(6 * v), slope: (v, g) => 6 * g * Math.exp(6 * v) },
  cubic: { current: (v, g) => g * v * v * v, slope: (v, g) => 3 * g * v * v },
  straight: { current: (v, g) => g * v, slope: (_v, g) => g },
};

/** Cells of one curve whose conductances a system states. */
function cellsOf(system: NodalSystem, { current, slope }: (typeof curves)[string]): CellCurves {
  return {
    evaluate(volts, currents) {
      volts.forEach((v, cell) => {
        currents[cell] = current(v, system.conductances[cell]!);
      });
    },
    differentiate(volts, _currents, slopes) {
      volts.forEach((v, cell) => {
        slopes[cell] = slope(v, system.conductances[cell]!);
      });
    },
  };
}

function loadsOf(system: NodalSystem, current: Curve): CellLoads {
  return {
    geometry: system.geometry,
    current: (index, volts) => current(volts, system.conductances[index]!),
  };
}

const arrays = {
  'from two sides': drawArray({ wordLines: 12, bitLines: 17 }),
  'of strong drop': drawArray({ wordLines: 16, bitLines: 9, wordOhms: 200, bitOhms: 100 }),
  'mixed from all sides': drawArray({
    wordLines: 14,
    bitLines: 14,
    driven: lineEnds,
    mixed: true,
    perSegment: true,
  }),
  'without word-line resistance': drawArray({ wordLines: 8, bitLines: 9, wordOhms: 0, seriesOhms: 30 }),
};

describe('non-linear cells', () => {
  test.each(
    Object.keys(curves).flatMap((curve) => Object.keys(arrays).map((array) => [curve, array] as const)),
  )('of a %s curve obey Kirchhoff %s', (curve, array) => {
    const system = arrays[array as keyof typeof arrays];
    const { current } = curves[curve]!;
    const solver = new NewtonSolver(system, createLineSweeps(system), { tolerance: 1e-10 });
    solver.solve(cellsOf(system, curves[curve]!));
    const { wordNodeVolts, bitNodeVolts } = solver.nodeVolts();
    const cellCurrents = system.conductances.map((g, cell) =>
      current(wordNodeVolts[cell]! - bitNodeVolts[cell]!, g),
    );
    const largest = Math.max(...cellCurrents.map(Math.abs));
    expect(largestImbalanceOf(system, wordNodeVolts, bitNodeVolts, cellCurrents)).toBeLessThan(
      1e-8 * largest,
    );
    solver.cellVolts.forEach((volts, cell) => {
      expect(volts).toBeCloseTo(wordNodeVolts[cell]! - bitNodeVolts[cell]!, 12);
      expect(Math.abs(solver.cellCurrents[cell]! - cellCurrents[cell]!)).toBeLessThan(1e-8 * largest);
    });
  });

  test('of one device between two resistances share its voltage as bisection finds', () => {
    const system = drawArray({ wordLines: 1, bitLines: 1, seriesOhms: 400, exponents: [-3, -3] });
    const solver = new NewtonSolver(system, createLineSweeps(system), { tolerance: 1e-12 });
    solver.setVolts({ wordLeft: Float64Array.of(1.7) });
    solver.solve(cellsOf(system, curves['sinh']!));
    let low = 0;
    let high = 1.7;
    for (let k = 0; k < 60; k++) {
      const volts = (low + high) / 2;
      const amperes = (1e-3 * Math.sinh(3 * volts)) / 3;
      if (1.7 - 802 * amperes > volts) {
        low = volts;
      } else {
        high = volts;
      }
    }
    expect(solver.cellVolts[0]! / low).toBeCloseTo(1, 10);
  });

  test('converge quadratically: the digits double from step to step', () => {
    const system = drawArray({
      wordLines: 48,
      bitLines: 48,
      exponents: [-5, -4],
      seriesOhms: 20,
      wordOhms: 5,
    });
    const solver = new NewtonSolver(system, createLineSweeps(system), { tolerance: 1e-12 });
    solver.setVolts({ wordLeft: new Float64Array(48).fill(1) });
    const { history } = solver.solve(cellsOf(system, curves['sinh']!));
    const digits = history.map((residual) => -Math.log10(residual));
    const close = digits.filter((d) => d > 0.5 && d < 7);
    expect(close.length).toBeGreaterThanOrEqual(2);
    for (let k = digits.indexOf(close[0]!); k < digits.length - 1 && digits[k]! < 6; k++) {
      expect(digits[k + 1]!).toBeGreaterThan(1.7 * digits[k]!);
    }
  });

  test('are one linear solution where they are straight, with the plain sweeps too', () => {
    const system = arrays['from two sides'];
    for (const sweeps of [createLineSweeps(system), new PlainLineSweeps(system)]) {
      const solver = new NewtonSolver(system, sweeps);
      const { steps } = solver.solve(new LoadCurves(loadsOf(system, (v, g) => g * v)));
      expect(steps).toBeLessThanOrEqual(3);
      const { wordNodeVolts, bitNodeVolts } = solveCircuit(system, { method: 'direct' });
      solver.cellVolts.forEach((volts, cell) => {
        expect(Math.abs(volts - (wordNodeVolts[cell]! - bitNodeVolts[cell]!))).toBeLessThan(1e-10);
      });
    }
  });

  test('take a solution for other voltages as a start, and need fewer sweeps', () => {
    const system = arrays['of strong drop'];
    const cells = cellsOf(system, curves['sinh']!);
    const solver = new NewtonSolver(system, createLineSweeps(system));
    const cold = solver.solve(cells);
    solver.setVolts({ wordLeft: system.words.first.volts.map((volts) => 1.01 * volts) });
    const warm = solver.solve(cells, cold.start);
    expect(warm.iterations).toBeLessThan(cold.iterations);
    const { start } = solver.solve(cells, warm.start);
    const { cellVolts } = new NewtonSolver(system, createLineSweeps(system));
    expect(start.cellVolts).toHaveLength(cellVolts.length);
  });

  test('find a slope by difference where the model gives none', () => {
    const system = arrays['mixed from all sides'];
    const exact = new NewtonSolver(system, createLineSweeps(system));
    exact.solve(cellsOf(system, curves['sinh']!));
    const byDifference = new NewtonSolver(system, createLineSweeps(system));
    byDifference.solve(new LoadCurves(loadsOf(system, curves['sinh']!.current)));
    exact.cellVolts.forEach((volts, cell) => {
      expect(Math.abs(byDifference.cellVolts[cell]! - volts)).toBeLessThan(1e-9);
    });
  });

  test('that jump are refused with the history of residuals', () => {
    const system = arrays['of strong drop'];
    const solver = new NewtonSolver(system, createLineSweeps(system));
    const jump = (v: number, g: number) => g * v + (v > 0.02 ? 1e-3 : 0);
    const history: unknown = expect.arrayContaining([expect.any(Number)]);
    expect(() => solver.solve(new LoadCurves(loadsOf(system, jump)))).toThrow(
      expect.objectContaining({ name: 'SolverError', details: expect.objectContaining({ history }) }),
    );
  });

  test('without a finite current are named', () => {
    const system = arrays['from two sides'];
    const solver = new NewtonSolver(system, createLineSweeps(system));
    const cells = loadsOf(system, (v, g) => (g === system.conductances[20] ? NaN : g * v));
    expect(() => solver.solve(new LoadCurves(cells))).toThrow(/cell w1 b3: \S+ V gives NaN A/u);
  });
});

describe('a device in series with', () => {
  const elements: SeriesElement[] = [
    seriesResistor(5e3),
    sinhSelector(1e-6, 0.1),
    accessTransistor(0.3, 1e-3),
  ];

  test.each(elements)('a $name carries one current', (element) => {
    const system = drawArray({ wordLines: 7, bitLines: 6, wordOhms: 50, exponents: [-5, -3] });
    const cells = new SeriesCurves(loadsOf(system, curves['sinh']!.current), element);
    const solver = new NewtonSolver(system, createLineSweeps(system), { tolerance: 1e-11 });
    solver.solve(cells);
    cells.evaluate(solver.cellVolts, new Float64Array(42));
    cells.deviceVolts.forEach((volts, cell) => {
      const ofDevice = curves['sinh']!.current(volts, system.conductances[cell]!);
      const ofElement = element.current(solver.cellVolts[cell]! - volts);
      expect(ofElement).toBeCloseTo(ofDevice, 14);
      expect(ofDevice).toBeCloseTo(solver.cellCurrents[cell]!, 14);
    });
  });

  test('a resistor is a device of less conductance', () => {
    const system = drawArray({ wordLines: 5, bitLines: 5, exponents: [-5, -3] });
    const cells = new SeriesCurves(
      loadsOf(system, (v, g) => g * v),
      seriesResistor(2e3),
    );
    const solver = new NewtonSolver(system, createLineSweeps(system));
    solver.solve(cells);
    const conductances = system.conductances.map((g) => g / (1 + 2e3 * g));
    const { wordNodeVolts, bitNodeVolts } = solveCircuit({ ...system, conductances }, { method: 'direct' });
    solver.cellVolts.forEach((volts, cell) => {
      expect(volts).toBeCloseTo(wordNodeVolts[cell]! - bitNodeVolts[cell]!, 9);
    });
  });

  test('a transistor saturates', () => {
    const { current } = accessTransistor(0.5, 2e-3);
    expect(current(0.1)).toBeCloseTo(2e-3 * (0.5 * 0.1 - 0.005), 15);
    expect(current(3)).toBeCloseTo((2e-3 * 0.25) / 2, 15);
    expect(current(-0.2)).toBeCloseTo(-2e-3 * (0.5 * 0.2 + 0.02), 15);
  });

  test('an element without parameters is refused', () => {
    expect(() => seriesResistor(0)).toThrow(/resistance of the series element, ohm is 0/u);
    expect(() => accessTransistor(-1, 1)).toThrow(/overdrive/u);
  });
});
