import type { Amperes, Ohms, Seconds, Volts } from '../units.ts';
import type { ArrayStress } from './array-stress.ts';
import type { BiasFrame } from './bias.ts';
import type { CellBank } from './cell-bank.ts';
import { type DrivenCells, DrivenPulse } from './driven-pulse.ts';
import { createLineSolution, type LineNetwork, type LineSolution } from './line-network.ts';

/** One operation on all lines. */
export interface ArrayDrive {
  readonly frame: BiasFrame;
  readonly width: Seconds;
  readonly event: number;
  /** Whether written cells scatter. */
  readonly scatter: boolean;
  /** Index of the one cell that is addressed; null for a whole frame. */
  readonly selected: number | null;
}

/** Operations on the whole array: every voltage is solved for, and every cell exposed to its own. */
export class DrivenArray implements DrivenCells<LineSolution> {
  readonly resistance: Ohms;
  readonly totals: ArrayStress;
  readonly #cells: CellBank;
  readonly #network: LineNetwork;
  readonly #pulse: DrivenPulse<LineSolution>;
  #drive: ArrayDrive | null = null;
  #saved: Float64Array | null = null;

  constructor(cells: CellBank, stress: ArrayStress, network: LineNetwork) {
    this.#cells = cells;
    this.totals = stress;
    this.#network = network;
    this.resistance = network.resistance;
    this.#pulse = new DrivenPulse(this);
  }

  /**
   * Apply one operation, and leave in the stress what it took.
   *
   * @returns voltages and currents, within the tolerance those at the end; the next operation writes over them
   * @throws SolverError when the solution or the step does not converge
   */
  apply(drive: ArrayDrive): LineSolution {
    this.#drive = drive;
    return this.#pulse.apply(drive.width);
  }

  /** Voltages and currents under the last operation, for the cells as they are since. */
  solutionAfter(): LineSolution {
    return this.#pulse.solutionAfter();
  }

  createSolution(): LineSolution {
    return createLineSolution(this.#cells.geometry);
  }

  solve(out: LineSolution): void {
    this.#network.solve(this.#driven().frame, this.#cells, out);
  }

  expose(cellVolts: Float64Array, seconds: Seconds, alike: Volts): void {
    const { event, scatter, selected } = this.#driven();
    this.totals.applyAll(cellVolts, seconds, event, scatter, selected, alike);
  }

  save(): void {
    if (this.resistance !== 0) {
      this.#saved = this.#cells.states.save(this.#saved);
    }
  }

  restore(): void {
    if (this.#saved !== null) {
      this.#cells.states.restore(this.#saved);
    }
  }

  currentShift(cellVolts: Float64Array): Amperes {
    if (this.#saved === null) {
      return 0;
    }
    let amperes = 0;
    for (let index = 0; index < cellVolts.length; index++) {
      const before = this.#cells.states.savedAt(this.#saved, index);
      amperes += this.#cells.currentChange(index, cellVolts[index]!, before);
    }
    return amperes;
  }

  #driven(): ArrayDrive {
    if (this.#drive === null) {
      throw new Error('no operation drives the array; this is a defect of ohmloom');
    }
    return this.#drive;
  }
}
