import { SolverError } from '../errors.ts';
import type { Coulombs, Joules, Ohms, Seconds, Volts } from '../units.ts';
import type { ArrayStress } from './array-stress.ts';
import type { BiasFrame } from './bias.ts';
import type { CellBank } from './cell-bank.ts';
import { createLineSolution, type LineNetwork, type LineSolution } from './line-network.ts';

/** Difference of the cells' voltages, in time and between neighbours, over the largest, that is not followed. */
const tolerance = 1e-3;
const maxSteps = 10_000;

/** One operation, however long: what lies over the cells, and what moves them meanwhile. */
export interface Drive {
  readonly frame: BiasFrame;
  readonly width: Seconds;
  readonly event: number;
  /** Whether written cells scatter. */
  readonly scatter: boolean;
  /** Index of the one cell that is addressed; null for a whole frame. */
  readonly selected: number | null;
}

/**
 * Applies pulses through wires whose voltages follow the cells. While the conductances move, the pulse is taken in
 * steps at the mean of the voltages at both ends of a step: Heun's method, with the change of the corrected end as
 * the error that sets the step.
 */
export class DrivenPulse {
  readonly #cells: CellBank;
  readonly #stress: ArrayStress;
  readonly #network: LineNetwork;
  #now: LineSolution;
  #end: LineSolution;
  readonly #means: Float64Array;
  readonly #states: Float64Array;
  readonly #took: { joules: Joules; addressedJoules: Joules; coulombs: Coulombs };
  #settled = false;

  constructor(cells: CellBank, stress: ArrayStress, network: LineNetwork) {
    this.#cells = cells;
    this.#stress = stress;
    this.#network = network;
    this.#now = createLineSolution(cells.geometry);
    this.#end = createLineSolution(cells.geometry);
    this.#means = new Float64Array(cells.states.length);
    this.#states = new Float64Array(cells.states.length);
    this.#took = { joules: 0, addressedJoules: 0, coulombs: 0 };
  }

  /**
   * Apply one operation, and leave in the stress what it took.
   *
   * @returns voltages and currents, within the tolerance those at the end; the next operation writes over them
   * @throws SolverError when the solution or the step does not converge
   */
  apply(drive: Drive): LineSolution {
    const { frame, width } = drive;
    Object.assign(this.#took, { joules: 0, addressedJoules: 0, coulombs: 0 });
    this.#network.solve(frame, this.#cells, this.#now);
    let remaining = width;
    let step = width;
    for (let count = 0; count < maxSteps; count++) {
      step = Math.min(step, remaining);
      const error = this.#tryStep(drive, step);
      if (error <= tolerance) {
        this.#book();
        remaining -= step;
        if (!(remaining > 0)) {
          Object.assign(this.#stress, this.#took);
          return this.#now;
        }
      } else {
        this.#restore();
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

  /** Voltages and currents under the frame of the last operation, for the cells as they are since. */
  solutionAfter(frame: BiasFrame): LineSolution {
    if (!this.#settled) {
      this.#network.solve(frame, this.#cells, this.#now);
      this.#settled = true;
    }
    return this.#now;
  }

  /** Take one step, and return its error over the tolerance's measure. */
  #tryStep(drive: Drive, seconds: Seconds): number {
    const { frame, width, scatter, event, selected } = drive;
    const { cellVolts } = this.#now;
    const { resistance } = this.#network;
    this.#settled = false;
    const largest = largestOf(cellVolts);
    const alike = resistance === 0 ? 0 : tolerance * largest;
    this.#save();
    this.#stress.applyAll(cellVolts, seconds, event, scatter, selected, alike);
    if (resistance === 0) {
      return 0;
    }
    const shift = this.#largestShift(resistance);
    if (shift <= tolerance * largest) {
      if (shift > 0 && seconds < width) {
        this.#network.solve(frame, this.#cells, this.#now);
      }
      this.#settled = shift === 0 || seconds < width;
      return 0;
    }
    this.#network.solve(frame, this.#cells, this.#end);
    const predicted = this.#end.cellVolts;
    for (let cell = 0; cell < cellVolts.length; cell++) {
      this.#means[cell] = (cellVolts[cell]! + predicted[cell]!) / 2;
    }
    this.#restore();
    this.#stress.applyAll(this.#means, seconds, event, scatter, selected, alike);
    this.#network.solve(frame, this.#cells, this.#end);
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

  /**
   * How far the voltages can have moved: no change of a cell's current moves any of them by more than it drops along
   * the longest way to the drivers.
   */
  #largestShift(resistance: Ohms): Volts {
    const { model, parameters, states } = this.#cells;
    let amperes = 0;
    for (let index = 0; index < this.#states.length; index++) {
      const before = this.#states[index]!;
      const after = states.at(index);
      if (after !== before) {
        const volts = this.#now.cellVolts[index]!;
        const p = parameters.at(index);
        amperes += Math.abs(model.current(volts, after, p) - model.current(volts, before, p));
      }
    }
    return amperes * resistance;
  }

  #book(): void {
    const { joules, addressedJoules, coulombs } = this.#stress;
    this.#took.joules += joules;
    this.#took.addressedJoules += addressedJoules;
    this.#took.coulombs += coulombs;
  }

  #save(): void {
    if (this.#network.resistance === 0) {
      return;
    }
    for (let index = 0; index < this.#states.length; index++) {
      this.#states[index] = this.#cells.states.at(index);
    }
  }

  #restore(): void {
    for (let index = 0; index < this.#states.length; index++) {
      this.#cells.states.set(index, this.#states[index]!);
    }
  }
}

function largestOf(volts: Float64Array): Volts {
  let largest = 0;
  for (const value of volts) {
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
