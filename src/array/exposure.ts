import { SolverError } from '../errors.ts';
import type { DeviceModel } from '../model/device-model.ts';
import { integrateState } from '../model/state-integrator.ts';
import type { Amperes, Coulombs, Joules, Seconds, Volts } from '../units.ts';
import type { CellBank } from './cell-bank.ts';
import { faultCodes } from './faults.ts';
import { type Cell, cellAt, cellName, type Geometry } from './geometry.ts';

/** What an operation took. */
export interface StressTotals {
  joules: Joules;
  /** Part of `joules` in the cells that the operation is meant for. */
  addressedJoules: Joules;
  /** Sum over the cells of the magnitude of the charge. */
  coulombs: Coulombs;
}

/** The hot loop of an array: a strip of cells at one common voltage for one time. */
export interface Exposure {
  /**
   * Advance `count` cells, from row-major index `first` in steps of `stride`, and return the energy that they
   * took: the sum of V I before the exposure, times its duration.
   *
   * @param hole - position in the strip of a cell that is left out; -1 for none
   */
  expose(first: number, stride: number, count: number, hole: number, volts: Volts, seconds: Seconds): Joules;
  /**
   * Drive the lines of one cell at once, where the form of the loop can: advance the cell as `CellWriter` does, then
   * the cells of its word line, of its bit line and all others, each at a voltage of their own.
   *
   * @param factor - on the change of the cell's state
   * @param totals - receives what it took
   */
  select?(
    cell: Cell,
    selected: Volts,
    sameWord: Volts,
    sameBit: Volts,
    other: Volts,
    seconds: Seconds,
    factor: number,
    totals: StressTotals,
  ): void;
}

type ClosedFormModel = DeviceModel & Required<Pick<DeviceModel, 'advance'>>;

/** The loop in plain TypeScript, for any model. */
export class ModelExposure implements Exposure {
  readonly #cells: CellBank;
  readonly #closedForm: ClosedFormModel | null;

  constructor(cells: CellBank) {
    this.#cells = cells;
    this.#closedForm = hasClosedForm(cells.model) ? cells.model : null;
  }

  /** @throws SolverError when the model gives a state or a current that is not finite */
  expose(first: number, stride: number, count: number, hole: number, volts: Volts, seconds: Seconds): Joules {
    const amperes =
      this.#closedForm === null
        ? this.#integrate(first, stride, count, hole, volts, seconds)
        : this.#advance(this.#closedForm, first, stride, count, hole, volts, seconds);
    if (!Number.isFinite(amperes)) {
      throw notFinite(this.#cells.geometry, first, stride, count, volts, seconds);
    }
    return volts * amperes * seconds;
  }

  /** What `advanceState` does, less its checks of each call: they cost twice what a closed form does. */
  #advance(
    model: ClosedFormModel,
    first: number,
    stride: number,
    count: number,
    hole: number,
    volts: Volts,
    seconds: Seconds,
  ): Amperes {
    const { parameters, states, faults } = this.#cells;
    const free = faultCodes.none;
    let amperes = 0;
    // x - x is 0 for every finite x, so that one sum vouches for all states.
    let residue = 0;
    for (let k = 0, index = first; k < count; k++, index += stride) {
      if (k === hole) {
        continue;
      }
      const p = parameters.at(index);
      const state = states.at(index);
      amperes += model.current(volts, state, p);
      if (faults[index] === free) {
        const next = model.advance(volts, state, seconds, p);
        residue += next - next;
        states.set(index, Math.min(Math.max(next, model.lowerBound(p)), model.upperBound(p)));
      }
    }
    return amperes + residue;
  }

  #integrate(
    first: number,
    stride: number,
    count: number,
    hole: number,
    volts: Volts,
    seconds: Seconds,
  ): Amperes {
    const { model, parameters, states, faults } = this.#cells;
    let amperes = 0;
    for (let k = 0, index = first; k < count; k++, index += stride) {
      if (k === hole) {
        continue;
      }
      const p = parameters.at(index);
      const state = states.at(index);
      amperes += model.current(volts, state, p);
      if (faults[index] === faultCodes.none) {
        states.set(index, integrateState(model, volts, state, seconds, p));
      }
    }
    return amperes;
  }
}

function hasClosedForm(model: DeviceModel): model is ClosedFormModel {
  return model.advance !== undefined;
}

/** The error for a strip of cells whose states or currents are not finite. */
export function notFinite(
  geometry: Geometry,
  first: number,
  stride: number,
  count: number,
  volts: Volts,
  seconds: Seconds,
): SolverError {
  const from = cellName(cellAt(geometry, first));
  const to = cellName(cellAt(geometry, first + stride * (count - 1)));
  return new SolverError(
    'not-finite',
    `cells ${from} to ${to}: ${volts} V for ${seconds} s gives a state or current that is not finite`,
    { hint: 'Check the pulse against the range in which the model is valid.', details: { volts, seconds } },
  );
}
