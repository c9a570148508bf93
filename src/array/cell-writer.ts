import { SolverError } from '../errors.ts';
import { advanceState } from '../model/state-integrator.ts';
import { RandomStream } from '../random.ts';
import type { Joules, Seconds, Volts } from '../units.ts';
import type { CellBank } from './cell-bank.ts';
import { faultCodes } from './faults.ts';
import { cellAt, cellName } from './geometry.ts';
import { requireAmplitude } from './spread-factor.ts';

/** Pulses single cells, with the scatter of a device from one pulse to the next. */
export class CellWriter {
  readonly #cells: CellBank;
  readonly #cycleToCycle: number;
  readonly #stream: RandomStream;

  /**
   * @param cycleToCycle - relative standard deviation of a state change
   * @throws ConfigError unless it is finite and not negative
   */
  constructor(cells: CellBank, cycleToCycle: number, seed: number) {
    requireAmplitude('cycleToCycle', cycleToCycle);
    this.#cells = cells;
    this.#cycleToCycle = cycleToCycle;
    this.#stream = new RandomStream(seed, 'cycle-to-cycle');
  }

  /**
   * Draw the factor by which one pulse changes a state more or less than the mean: 1 + s xi, xi standard normal from
   * the stream `cycle-to-cycle` keyed by cell and event; exactly 1 without scatter.
   */
  factor(index: number, event: number): number {
    return this.#cycleToCycle === 0 ? 1 : 1 + this.#cycleToCycle * this.#stream.normal(index, event);
  }

  /**
   * Advance one cell by one pulse and return the energy that it took, by the trapezoid of V I before and after. The
   * state change is multiplied by `factor`, and the state is then held inside its bounds.
   *
   * @throws SolverError when the model gives a state or a current that is not finite
   */
  write(index: number, volts: Volts, seconds: Seconds, factor: number): Joules {
    const { model, parameters, states, faults } = this.#cells;
    const p = parameters.at(index);
    const state = states.at(index);
    const before = model.current(volts, state, p);
    let after = before;
    if (faults[index] === faultCodes.none) {
      let next = advanceState(model, volts, state, seconds, p);
      if (factor !== 1) {
        const scattered = state + (next - state) * factor;
        next = Math.min(Math.max(scattered, model.lowerBound(p)), model.upperBound(p));
      }
      states.set(index, next);
      after = model.current(volts, next, p);
    }
    const joules = volts * ((before + after) / 2) * seconds;
    if (!Number.isFinite(joules)) {
      const cell = cellName(cellAt(this.#cells.geometry, index));
      throw new SolverError(
        'not-finite',
        `cell ${cell}: ${volts} V gives a current of ${before} A before and ${after} A after the pulse`,
        {
          hint: 'Check the voltage against the range in which the model is valid.',
          details: { cell, volts, before, after },
        },
      );
    }
    return joules;
  }
}
