import type { Amperes, Siemens, Volts } from '../units.ts';
import type { CellLoads } from './line-network.ts';
import type { CellCurves } from '../circuit/newton-solver.ts';

/**
 * Step over which a slope is taken. The slope is off by half the step times the curvature, some 1e-6 of it for the
 * steepest of devices, so that Newton's steps gain six digits at least; for a straight device it is exact.
 */
const slopeStep: Volts = 1e-6;

/** Slope of a cell's current away from 0 V, on whose two sides devices differ. */
export function slopeOf(cells: CellLoads, index: number, volts: Volts, amperes: Amperes): Siemens {
  const step = volts < 0 ? -slopeStep : slopeStep;
  const reached = volts + step;
  return (cells.current(index, reached) - amperes) / (reached - volts);
}

/** The cells of an array as the solver of non-linear circuits takes them, with slopes by difference. */
export class LoadCurves implements CellCurves {
  readonly #cells: CellLoads;

  constructor(cells: CellLoads) {
    this.#cells = cells;
  }

  evaluate(cellVolts: Float64Array, currents: Float64Array): void {
    for (let index = 0; index < cellVolts.length; index++) {
      currents[index] = this.#cells.current(index, cellVolts[index]!);
    }
  }

  differentiate(cellVolts: Float64Array, currents: Float64Array, slopes: Float64Array): void {
    for (let index = 0; index < cellVolts.length; index++) {
      slopes[index] = slopeOf(this.#cells, index, cellVolts[index]!, currents[index]!);
    }
  }
}
