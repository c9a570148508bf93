import type { Cell, Geometry } from './geometry.ts';

/**
 * The cells of two lines that meet in a selected cell: those of the word line in the order of their bits, and after
 * them those of the bit line in the order of their words, without the selected one.
 */
export class Cross {
  readonly geometry: Geometry;
  /** [bitLines + wordLines - 1], row-major indices into the array. */
  readonly indices: Int32Array;
  #word = 0;
  #bit = 0;

  constructor(geometry: Geometry) {
    this.geometry = geometry;
    this.indices = new Int32Array(geometry.bitLines + geometry.wordLines - 1);
    this.select({ word: 0, bit: 0 });
  }

  get word(): number {
    return this.#word;
  }

  /** Also the place of the selected cell. */
  get bit(): number {
    return this.#bit;
  }

  select({ word, bit }: Cell): void {
    const { wordLines, bitLines } = this.geometry;
    this.#word = word;
    this.#bit = bit;
    for (let at = 0; at < bitLines; at++) {
      this.indices[at] = word * bitLines + at;
    }
    for (let line = 0; line < wordLines; line++) {
      if (line !== word) {
        this.indices[this.placeOf(line)] = line * bitLines + bit;
      }
    }
  }

  /** Place of the cell of the bit line that lies on another word line than the selected one. */
  placeOf(line: number): number {
    return this.geometry.bitLines + (line < this.#word ? line : line - 1);
  }
}
