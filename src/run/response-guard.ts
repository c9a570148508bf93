import type { Cell } from '../array/geometry.ts';
import { cellName } from '../array/geometry.ts';
import { SafetyStop } from '../errors.ts';
import type { EnvelopePulse } from '../schedule/operation.ts';
import type { SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import type { Siemens } from '../units.ts';

/**
 * Watches what one cell answers and stops the run when the answer is one that the owner of the array does not
 * accept: a conductance out of bounds, too large a step, or a cell that keeps moving the wrong way.
 */
export class ResponseGuard {
  readonly #limits: SafeOperatingArea['response'];
  readonly #cell: Cell;
  readonly #setPolarity: 1 | -1;
  /** Relative change that is told from noise. */
  readonly #resolution: number;
  #wrongWay = 0;

  constructor(limits: SafeOperatingArea['response'], cell: Cell, setPolarity: 1 | -1, resolution: number) {
    this.#limits = limits;
    this.#cell = cell;
    this.#setPolarity = setPolarity;
    this.#resolution = resolution;
  }

  /** @throws SafetyStop for a conductance outside the accepted range */
  checkReading(conductance: Siemens): void {
    const { min, max } = this.#limits.conductance;
    if (!(conductance >= min && conductance <= max)) {
      throw this.#stop('response.conductance', conductance, [min, max], `read ${conductance} S`);
    }
  }

  /** @throws SafetyStop for a step that is too large, or too many in a row in the wrong direction */
  checkStep(before: Siemens, pulse: EnvelopePulse, after: Siemens): void {
    const step = (after - before) / before;
    if (!(Math.abs(step) <= this.#limits.relativeStep)) {
      const text = `one pulse of ${pulse.volts} V, ${pulse.width} s changed it by ${(100 * step).toPrecision(3)} %`;
      throw this.#stop('response.relativeStep', Math.abs(step), this.#limits.relativeStep, text);
    }
    const wanted = Math.sign(pulse.volts) * this.#setPolarity;
    if (step * wanted >= -this.#resolution) {
      this.#wrongWay = 0;
      return;
    }
    this.#wrongWay++;
    if (this.#wrongWay > this.#limits.wrongDirection) {
      const text = `${this.#wrongWay} pulses in a row moved it the wrong way`;
      throw this.#stop('response.wrongDirection', this.#wrongWay, this.#limits.wrongDirection, text);
    }
  }

  #stop(limit: string, found: number, allowed: number | readonly number[], text: string): SafetyStop {
    return new SafetyStop(
      'response',
      `cell ${cellName(this.#cell)}: ${text}; ${limit} allows ${Array.isArray(allowed) ? allowed.join(' to ') : String(allowed)}`,
      {
        hint: 'Outputs are safe. Look at the cell before anything else is sent to it.',
        details: { cell: this.#cell, limit, found, allowed },
      },
    );
  }
}
