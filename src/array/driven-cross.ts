import type { ExposureKernel } from '../kernels/exposure-kernel.ts';
import type { Amperes, Ohms, Seconds, Volts } from '../units.ts';
import type { ArrayStress } from './array-stress.ts';
import { type BiasScheme, selectCell } from './bias.ts';
import type { CellBank } from './cell-bank.ts';
import { type CellVoltages, type DrivenCells, DrivenPulse, followedFraction } from './driven-pulse.ts';
import type { Cell } from './geometry.ts';
import { createLineSolution, type LineNetwork, type LineSolution, type Wiring } from './line-network.ts';
import type { SelectedFrame } from './selected-frame.ts';
import { SelectedLines } from './selected-lines.ts';

/** One operation on one cell. */
export interface CellDrive {
  readonly cell: Cell;
  /** Over the cell as the drivers give it, word line above bit line. */
  readonly volts: Volts;
  readonly scheme: BiasScheme;
  readonly width: Seconds;
  readonly event: number;
  /** Whether written cells scatter. */
  readonly scatter: boolean;
}

/**
 * Operations on one selected cell after the other: voltages are solved for and cells exposed on the two lines of the
 * cell alone, as long as all others see little. Those are exposed to the mean of many operations at once.
 */
export class DrivenCross implements DrivenCells<CellVoltages> {
  readonly resistance: Ohms;
  readonly totals: ArrayStress;
  readonly #cells: CellBank;
  readonly #network: LineNetwork;
  readonly #lines: SelectedLines;
  readonly #pulse: DrivenPulse<CellVoltages>;
  readonly #saved: Float64Array;
  #drive: CellDrive | null = null;
  #frame: SelectedFrame | null = null;
  /** Whether the frame holds the solution for the present states. */
  #isSolved = false;
  #whole: LineSolution | null = null;

  /** @param kernel - that holds the states of the cells */
  constructor(
    cells: CellBank,
    stress: ArrayStress,
    network: LineNetwork,
    wiring: Wiring,
    kernel: ExposureKernel | undefined,
  ) {
    const { wordLines, bitLines } = cells.geometry;
    this.#cells = cells;
    this.totals = stress;
    this.#network = network;
    this.resistance = network.resistance;
    this.#lines = new SelectedLines(wiring.system, cells, wiring.tolerance, kernel);
    this.#saved = new Float64Array(wordLines + bitLines - 1);
    this.#pulse = new DrivenPulse(this);
  }

  /**
   * Apply one operation, and leave in the stress what it took.
   *
   * @returns false where cells off the two lines see more than little, and nothing was done
   * @throws SolverError when the solution or the step does not converge
   */
  apply(drive: CellDrive): boolean {
    if (drive.volts === 0) {
      return false;
    }
    this.#select(drive.cell);
    const frame = this.#lines.frame(drive.scheme, drive.volts);
    this.#drive = drive;
    this.#frame = frame;
    if (!this.#lines.solve(frame, drive.volts)) {
      return false;
    }
    if (frame.pendingSpan(drive.volts) > followedFraction * Math.abs(drive.volts)) {
      this.settle();
      if (!this.#lines.solve(frame, drive.volts)) {
        return false;
      }
    }
    this.#isSolved = true;
    this.#pulse.apply(drive.width);
    frame.addPending(drive.volts, drive.width);
    return true;
  }

  /** Voltage over the selected cell under the last operation, in its state since. */
  voltsAfter(): Volts {
    return this.#pulse.solutionAfter().cellVolts[this.#lines.cross.bit]!;
  }

  /** Whether a cell lies on one of the two lines, and so has nothing pending. */
  isCurrent({ word, bit }: Cell): boolean {
    const { cross } = this.#lines;
    return word === cross.word || bit === cross.bit || !this.#lines.frames.some((frame) => frame.isPending);
  }

  /** Expose the cells off the two lines to all that is pending. */
  settle(): void {
    let settled = false;
    for (const frame of this.#lines.frames) {
      if (frame.isPending) {
        const alike = followedFraction * Math.abs(frame.amplitude);
        const { means, seconds } = frame.takePending();
        this.totals.applyRest(means, this.#lines.cross, seconds, alike);
        settled = true;
      }
    }
    if (settled) {
      this.#lines.noteMoved();
    }
  }

  /** Settle, and forget the solutions: cells are about to move otherwise. */
  leave(): void {
    this.settle();
    this.#lines.forget();
  }

  createSolution(): CellVoltages {
    const { wordLines, bitLines } = this.#cells.geometry;
    return { cellVolts: new Float64Array(wordLines + bitLines - 1) };
  }

  solve({ cellVolts }: CellVoltages): void {
    const { frame, drive } = this.#driven();
    const isSolved = this.#isSolved;
    this.#isSolved = false;
    if (isSolved || this.#lines.solve(frame, drive.volts)) {
      cellVolts.set(frame.volts);
      return;
    }
    this.#whole ??= createLineSolution(this.#cells.geometry);
    const whole = this.#whole;
    this.#network.solve(
      selectCell(this.#cells.geometry, drive.cell, drive.volts, drive.scheme),
      this.#cells,
      whole,
    );
    this.#lines.cross.indices.forEach((index, place) => {
      cellVolts[place] = whole.cellVolts[index]!;
    });
  }

  expose(cellVolts: Float64Array, seconds: Seconds, alike: Volts): void {
    const { frame, drive } = this.#driven();
    this.totals.applyCross(cellVolts, this.#lines.cross, seconds, drive.event, drive.scatter, alike);
    const scale = Math.abs(drive.volts / frame.amplitude);
    this.totals.joules += scale ** 2 * frame.rest.watts * seconds;
    this.totals.coulombs += scale * frame.rest.amperes * seconds;
  }

  save(): void {
    const { indices } = this.#lines.cross;
    for (let place = 0; place < indices.length; place++) {
      this.#saved[place] = this.#cells.states.at(indices[place]!);
    }
  }

  restore(): void {
    const { indices } = this.#lines.cross;
    for (let place = 0; place < indices.length; place++) {
      this.#cells.states.set(indices[place]!, this.#saved[place]!);
    }
  }

  currentShift(cellVolts: Float64Array): Amperes {
    const { indices } = this.#lines.cross;
    let amperes = 0;
    for (let place = 0; place < indices.length; place++) {
      amperes += this.#cells.currentChange(indices[place]!, cellVolts[place]!, this.#saved[place]!);
    }
    return amperes;
  }

  #select(cell: Cell): void {
    const { cross } = this.#lines;
    if (cell.word !== cross.word || cell.bit !== cross.bit) {
      this.settle();
    }
    this.#lines.select(cell);
  }

  #driven(): { readonly frame: SelectedFrame; readonly drive: CellDrive } {
    if (this.#drive === null || this.#frame === null) {
      throw new Error('no operation drives a cell; this is a defect of ohmloom');
    }
    return { frame: this.#frame, drive: this.#drive };
  }
}
