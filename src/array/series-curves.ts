import { SolverError } from '../errors.ts';
import type { Volts } from '../units.ts';
import { cellAt, cellName } from './geometry.ts';
import type { CellLoads } from './line-network.ts';
import { slopeOf } from './load-curves.ts';
import type { CellCurves } from '../circuit/newton-solver.ts';
import type { SeriesElement } from './series-element.ts';

const maxSteps = 200;
/** A voltage of the device is found when it no longer moves by more than this part of the cell's. */
const tolerance = 1e-14;

/** Cells that are a device in series with an access element: the voltage between the two is solved for. */
export class SeriesCurves implements CellCurves {
  /** Over the devices alone, at the last voltages that were asked for. */
  readonly deviceVolts: Float64Array;
  readonly #cells: CellLoads;
  readonly #element: SeriesElement;

  constructor(cells: CellLoads, element: SeriesElement) {
    this.#cells = cells;
    this.#element = element;
    this.deviceVolts = new Float64Array(cells.geometry.wordLines * cells.geometry.bitLines);
  }

  /** @throws SolverError naming a cell whose inner voltage is not found */
  evaluate(cellVolts: Float64Array, currents: Float64Array): void {
    for (let index = 0; index < cellVolts.length; index++) {
      const device = this.#divide(index, cellVolts[index]!);
      this.deviceVolts[index] = device;
      currents[index] = this.#cells.current(index, device);
    }
  }

  differentiate(cellVolts: Float64Array, currents: Float64Array, slopes: Float64Array): void {
    for (let index = 0; index < cellVolts.length; index++) {
      const device = this.deviceVolts[index]!;
      const ofDevice = slopeOf(this.#cells, index, device, currents[index]!);
      const ofElement = this.#element.slope(cellVolts[index]! - device);
      slopes[index] = ofElement === 0 ? 0 : 1 / (1 / ofDevice + 1 / ofElement);
    }
  }

  /** Voltage of the device at which both carry the same current: Newton's steps, held inside a bracket. */
  #divide(index: number, volts: Volts): Volts {
    let low = Math.min(volts, 0);
    let high = Math.max(volts, 0);
    let device = Math.min(Math.max(this.deviceVolts[index]!, low), high);
    for (let step = 0; step < maxSteps; step++) {
      const amperes = this.#cells.current(index, device);
      const excess = amperes - this.#element.current(volts - device);
      if (excess === 0) {
        return device;
      }
      if (excess > 0) {
        high = device;
      } else {
        low = device;
      }
      const slope = slopeOf(this.#cells, index, device, amperes) + this.#element.slope(volts - device);
      const newton = device - excess / slope;
      const next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - device) <= tolerance * Math.abs(volts)) {
        return next;
      }
      device = next;
    }
    const cell = cellName(cellAt(this.#cells.geometry, index));
    throw new SolverError(
      'no-convergence',
      `cell ${cell}: no voltage between device and ${this.#element.name} found`,
      {
        details: { cell, volts, low, high },
      },
    );
  }
}
