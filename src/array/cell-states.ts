import { cellCount, type Geometry } from './geometry.ts';

/**
 * The states of an array's cells, by row-major index. Compiled kernels keep them in memory of their own, where the
 * word lines may lie further apart than they are long.
 */
export class CellStates {
  /** Number of cells. */
  readonly length: number;
  readonly #memory: Float64Array;
  readonly #bitLines: number;
  /** Places in memory between one word line and the next. */
  readonly #gap: number;

  /**
   * @param memory - [wordLines x pitch]
   * @param pitch - distance in memory of neighbours on a bit line
   */
  constructor(
    geometry: Geometry,
    memory: Float64Array = new Float64Array(cellCount(geometry)),
    pitch: number = geometry.bitLines,
  ) {
    this.length = cellCount(geometry);
    this.#memory = memory;
    this.#bitLines = geometry.bitLines;
    this.#gap = pitch - geometry.bitLines;
  }

  at(index: number): number {
    return this.#memory[this.#place(index)]!;
  }

  set(index: number, state: number): void {
    this.#memory[this.#place(index)] = state;
  }

  /** Copy them, into an earlier copy where there is one; `restore` takes the copy back. */
  save(copy: Float64Array | null): Float64Array {
    const saved = copy ?? new Float64Array(this.#memory.length);
    saved.set(this.#memory);
    return saved;
  }

  restore(saved: Float64Array): void {
    this.#memory.set(saved);
  }

  /** State of a cell in a copy. */
  savedAt(saved: Float64Array, index: number): number {
    return saved[this.#place(index)]!;
  }

  /** Copy of the states, [wordLines x bitLines]. */
  toArray(): Float64Array {
    return Float64Array.from({ length: this.length }, (_, index) => this.at(index));
  }

  #place(index: number): number {
    return this.#gap === 0 ? index : index + Math.floor(index / this.#bitLines) * this.#gap;
  }
}
