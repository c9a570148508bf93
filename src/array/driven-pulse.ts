import { SolverError } from '../errors.ts';
import type { Amperes, Coulombs, Joules, Ohms, Seconds, Volts } from '../units.ts';
import type { StressTotals } from './exposure.ts';

/** Difference of the cells' voltages, in time and between neighbours, over the largest, that is not followed. */
export const followedFraction = 1e-3;
const tolerance = followedFraction;
/** Difference that a solution need not be brought up to date for: less than solutions are exact to. */
const settledFraction = 1e-6;
const maxSteps = 10_000;

/** Voltages over cells, and whatever else a solution holds. */
export interface CellVoltages {
  readonly cellVolts: Float64Array;
}

/** Cells between wires under one operation: what lies over them, and what moves them meanwhile. */
export interface DrivenCells<Solution extends CellVoltages> {
  /** Largest resistance between a cell and the sources at its lines. */
  readonly resistance: Ohms;
  createSolution(): Solution;
  /** Solve for the present states. */
  solve(out: Solution): void;
  /**
   * Move the states, and leave in `totals` what that took.
   *
   * @param alike - victims beside each other whose voltages differ by no more see their mean
   */
  expose(cellVolts: Float64Array, seconds: Seconds, alike: Volts): void;
  readonly totals: StressTotals;
  save(): void;
  /** Return to the states that were saved. */
  restore(): void;
  /** Sum of the magnitudes by which currents at these voltages changed since the states were saved. */
  currentShift(cellVolts: Float64Array): Amperes;
}

/**
 * Applies pulses through wires whose voltages follow the cells. While the conductances move, the pulse is taken in
 * steps at the mean of the voltages at both ends of a step: Heun's method, with the change of the corrected end as
 * the error that sets the step.
 */
export class DrivenPulse<Solution extends CellVoltages> {
  readonly #cells: DrivenCells<Solution>;
  #now: Solution;
  #end: Solution;
  readonly #means: Float64Array;
  readonly #took: { joules: Joules; addressedJoules: Joules; coulombs: Coulombs };
  #settled = false;

  constructor(cells: DrivenCells<Solution>) {
    this.#cells = cells;
    this.#now = cells.createSolution();
    this.#end = cells.createSolution();
    this.#means = new Float64Array(this.#now.cellVolts.length);
    this.#took = { joules: 0, addressedJoules: 0, coulombs: 0 };
  }

  /**
   * Apply one operation, and leave in the totals of the cells what it took.
   *
   * @returns voltages and currents, within the tolerance those at the end; the next operation writes over them
   * @throws SolverError when the solution or the step does not converge
   */
  apply(width: Seconds): Solution {
    Object.assign(this.#took, { joules: 0, addressedJoules: 0, coulombs: 0 });
    this.#cells.solve(this.#now);
    let remaining = width;
    let step = width;
    for (let count = 0; count < maxSteps; count++) {
      step = Math.min(step, remaining);
      const error = this.#tryStep(step, step < width);
      if (error <= tolerance) {
        this.#book();
        remaining -= step;
        if (!(remaining > 0)) {
          Object.assign(this.#cells.totals, this.#took);
          return this.#now;
        }
      } else {
        this.#cells.restore();
      }
      step *= Math.min(Math.max(0.9 * Math.sqrt(tolerance / error), 0.1), 4);
    }
    throw new SolverError(
      'no-convergence',
      `array: a pulse of ${width} s is not done after ${maxSteps} steps`,
      {
        hint: 'The voltages move too fast with the conductances.',
        details: { width, remaining, step },
      },
    );
  }

  /** Voltages and currents under the last operation, for the cells as they are since. */
  solutionAfter(): Solution {
    if (!this.#settled) {
      this.#cells.solve(this.#now);
      this.#settled = true;
    }
    return this.#now;
  }

  /** Take one step, and return its error over the tolerance's measure. */
  #tryStep(seconds: Seconds, isPart: boolean): number {
    const cells = this.#cells;
    const { cellVolts } = this.#now;
    const { resistance } = cells;
    this.#settled = false;
    const largest = largestOf(cellVolts);
    const alike = resistance === 0 ? 0 : tolerance * largest;
    cells.save();
    cells.expose(cellVolts, seconds, alike);
    if (resistance === 0) {
      return 0;
    }
    // No change of a cell's current moves any voltage by more than it drops along the longest way to the drivers.
    const shift = cells.currentShift(cellVolts) * resistance;
    if (shift <= tolerance * largest) {
      if (shift > settledFraction * largest && isPart) {
        cells.solve(this.#now);
      }
      this.#settled = isPart || shift <= settledFraction * largest;
      return 0;
    }
    cells.solve(this.#end);
    const predicted = this.#end.cellVolts;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      this.#means[cell] = (cellVolts[cell]! + predicted[cell]!) / 2;
    }
    cells.restore();
    cells.expose(this.#means, seconds, alike);
    cells.solve(this.#end);
    let error = 0;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      const corrected = (cellVolts[cell]! + this.#end.cellVolts[cell]!) / 2;
      error = Math.max(error, Math.abs(corrected - this.#means[cell]!));
    }
    if (error <= tolerance * largest) {
      [this.#now, this.#end] = [this.#end, this.#now];
      this.#settled = true;
    }
    return error / largest;
  }

  #book(): void {
    const { joules, addressedJoules, coulombs } = this.#cells.totals;
    this.#took.joules += joules;
    this.#took.addressedJoules += addressedJoules;
    this.#took.coulombs += coulombs;
  }
}

function largestOf(volts: Float64Array): Volts {
  let largest = 0;
  for (const value of volts) {
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
