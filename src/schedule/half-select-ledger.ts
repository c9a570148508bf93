import { type Cell, cellAt, cellCount, cellIndex, type Geometry } from '../array/geometry.ts';
import type { VictimTicks } from './victim-ticks.ts';

/** The cell that suffered most, and its time in ticks. */
export interface Victim {
  readonly cell: Cell;
  readonly ticks: number;
}

/**
 * Time that every cell of an array spent as a victim, for one bin of the half-select budget. A selection touches all
 * cells but is booked in four sums, since a cell's own position decides which part of it falls on the cell:
 *
 *   time(i, j) = everywhere + word[i] + bit[j] + own[i, j]
 *
 * so booking takes constant time and memory stays linear in the cells.
 */
export class HalfSelectLedger {
  readonly #geometry: Geometry;
  #everywhere = 0;
  readonly #word: Float64Array;
  readonly #bit: Float64Array;
  readonly #own: Float64Array;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#word = new Float64Array(geometry.wordLines);
    this.#bit = new Float64Array(geometry.bitLines);
    this.#own = new Float64Array(cellCount(geometry));
  }

  /** Book what the selection of one cell costs all the others. */
  bookSelection(selected: Cell, { sameWord, sameBit, elsewhere }: VictimTicks): void {
    const index = cellIndex(this.#geometry, selected);
    this.#everywhere += elsewhere;
    this.#word[selected.word]! += sameWord - elsewhere;
    this.#bit[selected.bit]! += sameBit - elsewhere;
    this.#own[index]! += elsewhere - sameWord - sameBit;
  }

  /** Book time on one victim, by its position in a row-major matrix. */
  bookVictim(index: number, ticks: number): void {
    this.#own[index]! += ticks;
  }

  /** Find the cell that suffered most, the first of equals. */
  worst(): Victim {
    let ticks = -1;
    let index = 0;
    for (let word = 0, at = 0; word < this.#geometry.wordLines; word++) {
      const shared = this.#everywhere + this.#word[word]!;
      for (let bit = 0; bit < this.#geometry.bitLines; bit++, at++) {
        const total = shared + this.#bit[bit]! + this.#own[at]!;
        if (total > ticks) {
          ticks = total;
          index = at;
        }
      }
    }
    return { cell: cellAt(this.#geometry, index), ticks };
  }
}
