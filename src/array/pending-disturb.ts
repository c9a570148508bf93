import type { Seconds, Volts } from '../units.ts';

/**
 * Small voltages that cells have yet to be exposed to: at small voltages it is the mean over time that counts, so that
 * many operations in proportion to each other are one.
 */
export class PendingDisturb {
  seconds: Seconds = 0;
  /** Time integral of the voltages of bases that are past, volt second, [cells]. */
  readonly #integral: Float64Array;
  readonly #means: Float64Array;
  #isEmpty = true;
  /** Time integral of the scale of the present base. */
  #weight = 0;
  #low = Infinity;
  #high = 0;

  constructor(cells: number) {
    this.#integral = new Float64Array(cells);
    this.#means = new Float64Array(cells);
  }

  /** @param largest - magnitude that the scaled voltages do not exceed */
  add(scale: number, largest: Volts, seconds: Seconds): void {
    this.seconds += seconds;
    this.#weight += scale * seconds;
    this.#low = Math.min(this.#low, largest);
    this.#high = Math.max(this.#high, largest);
  }

  /** Range of the magnitudes of the largest voltages. */
  spanWith(largest: Volts): Volts {
    return this.seconds === 0 ? 0 : Math.max(this.#high, largest) - Math.min(this.#low, largest);
  }

  /** Enter the voltages of the base, [cells], before it changes. */
  enterBase(volts: Float64Array): void {
    if (this.#weight !== 0) {
      for (let cell = 0; cell < volts.length; cell++) {
        this.#integral[cell]! += this.#weight * volts[cell]!;
      }
      this.#weight = 0;
      this.#isEmpty = false;
    }
  }

  /** Mean voltages of all that is pending, [cells] until the next time, and forget it. */
  take(base: Float64Array): Float64Array {
    const share = this.#weight / this.seconds;
    if (this.#isEmpty) {
      for (let cell = 0; cell < base.length; cell++) {
        this.#means[cell] = share * base[cell]!;
      }
    } else {
      for (let cell = 0; cell < base.length; cell++) {
        this.#means[cell] = this.#integral[cell]! / this.seconds + share * base[cell]!;
      }
      this.#integral.fill(0);
      this.#isEmpty = true;
    }
    this.seconds = 0;
    this.#weight = 0;
    this.#low = Infinity;
    this.#high = 0;
    return this.#means;
  }
}
