import type { Amperes, Coulombs, Joules, Ohms, Seconds, Volts } from '../units.ts';
import type { CrossMemory } from './cross-memory.ts';
import {
  bytesFor,
  type ExposureExports,
  type ExposureMemory,
  type ExposureRequest,
  layOut,
  pitchFor,
} from './exposure-memory.ts';
import { loadKernel } from './load-kernel.ts';

/**
 * The states of an array in the memory of a compiled model, and the loops over them.
 *
 * @example
 * const kernel = ExposureKernel.load({ kernel: 'vteam', geometry, published, columns: new Map(), faults });
 * kernel?.expose(0, 1, 16, -1, 0.5, 1e-6); // sum of the currents before, A
 */
export class ExposureKernel {
  /** [wordLines x pitch], in the model's unit; the kernel's own memory. */
  readonly states: Float64Array;
  /** Distance in `states` of neighbours on a bit line. */
  readonly pitch: number;
  /** The lines of a selected cell, for {@link solveCross}; the kernel's own memory. */
  readonly cross: CrossMemory;
  readonly #exports: ExposureExports;
  readonly #results: Float64Array;
  readonly #bitLines: number;

  private constructor(
    { bitLines }: ExposureRequest['geometry'],
    memory: ExposureMemory,
    exports: ExposureExports,
  ) {
    this.states = memory.states;
    this.cross = memory.cross;
    this.pitch = pitchFor(bitLines);
    this.#exports = exports;
    this.#results = memory.results;
    this.#bitLines = bitLines;
  }

  /**
   * Load the kernel of a model.
   *
   * @returns undefined where it was not built, or the array is more than its memory can hold
   */
  static load(request: ExposureRequest): ExposureKernel | undefined {
    const kernel = loadKernel<ExposureExports>(`exposure-${request.kernel}`, bytesFor(request));
    if (kernel === undefined) {
      return undefined;
    }
    const memory = layOut(request, kernel);
    return new ExposureKernel(request.geometry, memory, kernel.exports);
  }

  /**
   * Advance `count` cells, from row-major index `first` in steps of `stride`: 1 for cells of word lines, the number of
   * bit lines for cells of one bit line.
   *
   * @param hole - position in the strip of a cell that is left out; -1 for none
   * @returns the sum of their currents before, ampere; not finite where a state or current is not
   */
  expose(
    first: number,
    stride: number,
    count: number,
    hole: number,
    volts: Volts,
    seconds: Seconds,
  ): Amperes {
    const word = Math.floor(first / this.#bitLines);
    const left = (word + 1) * this.#bitLines - first;
    if (stride === 1 && count > left && this.pitch !== this.#bitLines) {
      return (
        this.expose(first, 1, left, hole < left ? hole : -1, volts, seconds) +
        this.expose(first + left, 1, count - left, hole < left ? -1 : hole - left, volts, seconds)
      );
    }
    const at = first + word * (this.pitch - this.#bitLines);
    const before = hole < 0 ? count : hole;
    return this.#exports.expose(
      at,
      stride === 1 ? 1 : this.pitch,
      before,
      count - before - 1,
      volts,
      seconds,
    );
  }

  /**
   * Drive the lines of one cell. The four voltages are those of the cell, of its word line, of its bit line and of all
   * other cells. What it took is in `joules`, `selectedJoules` and `coulombs`, not finite where a state or current is
   * not.
   *
   * @param factor - on the change of the selected cell's state
   */
  select(
    word: number,
    bit: number,
    selected: Volts,
    sameWord: Volts,
    sameBit: Volts,
    other: Volts,
    seconds: Seconds,
    factor: number,
  ): void {
    this.#exports.select(word, bit, selected, sameWord, sameBit, other, seconds, factor);
  }

  get joules(): Joules {
    return this.#results[0]!;
  }

  get selectedJoules(): Joules {
    return this.#results[1]!;
  }

  get coulombs(): Coulombs {
    return this.#results[2]!;
  }

  /** Where in a matrix of the kernel a cell is, by its row-major index: bytes from the first. */
  placeOf(index: number): number {
    return 8 * (index + Math.floor(index / this.#bitLines) * (this.pitch - this.#bitLines));
  }

  /**
   * Solve the two lines of a selected cell between wires by Newton's method, from the tangents in `cross` and into them.
   *
   * @param enough - bound of the result at which to end, volt
   * @param wordOhms - largest resistance of a cell's way to the sources, and the same for the bit line
   * @returns a bound on the voltages that are still missing; not finite where a current is not
   */
  solveCross(word: number, bit: number, scale: number, enough: Volts, wordOhms: Ohms, bitOhms: Ohms): Volts {
    return this.#exports.cross(word, bit, scale, enough, wordOhms, bitOhms);
  }

  /** Time derivative of the state, where all cells have the same parameters. */
  rate(v: Volts, x: number): number {
    return this.#exports.modelRate(v, x);
  }

  /** Current, where all cells have the same parameters. */
  current(v: Volts, x: number): Amperes {
    return this.#exports.modelCurrent(v, x);
  }

  /** State after `dt`, inside the bounds, where all cells have the same parameters; NaN where there is no finite one. */
  advance(v: Volts, x: number, dt: Seconds): number {
    return this.#exports.modelAdvance(v, x, dt);
  }

  /** Bounds of the state, where all cells have the same parameters. */
  bounds(): readonly [lower: number, upper: number] {
    return [this.#exports.modelLowerBound(), this.#exports.modelUpperBound()];
  }
}
