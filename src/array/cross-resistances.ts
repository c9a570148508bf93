import type { Cross } from './cross.ts';
import { nodeResistances } from '../circuit/line-chain.ts';
import type { LineSet } from '../circuit/line-set.ts';

/** Resistances of lines without cells, as the lines of a selected cell meet them. */
export class CrossResistances {
  readonly words: LineSet;
  readonly bits: LineSet;
  /** Of the farthest node of every line, [wordLines] and [bitLines], ohm. */
  readonly wordPaths: Float64Array;
  readonly bitPaths: Float64Array;
  /** [wordLines x bitLines] and [bitLines x wordLines]: from the nodes to the sources of their line. */
  readonly #wordOhms: Float64Array;
  readonly #bitOhms: Float64Array;

  constructor(words: LineSet, bits: LineSet) {
    this.words = words;
    this.bits = bits;
    this.#wordOhms = nodeResistances(words);
    this.#bitOhms = nodeResistances(bits);
    this.wordPaths = longestOf(this.#wordOhms, words);
    this.bitPaths = longestOf(this.#bitOhms, bits);
  }

  /** Fill in the resistance of the line that each cell of a cross lies on beside the selected one; 0 for that cell. */
  enterCrossed(cross: Cross, ohms: Float64Array): void {
    const { word, bit, geometry } = cross;
    const { wordLines, bitLines } = geometry;
    for (let line = 0; line < bitLines; line++) {
      ohms[line] = this.#bitOhms[line * wordLines + word]!;
    }
    for (let line = 0; line < wordLines; line++) {
      if (line !== word) {
        ohms[cross.placeOf(line)] = this.#wordOhms[line * bitLines + bit]!;
      }
    }
    ohms[bit] = 0;
  }
}

/** Largest of the values of every line, [lines]. */
function longestOf(ohms: Float64Array, { lines, cells }: LineSet): Float64Array {
  return Float64Array.from({ length: lines }, (_, line) =>
    ohms.subarray(line * cells, (line + 1) * cells).reduce((longest, value) => Math.max(longest, value), 0),
  );
}
