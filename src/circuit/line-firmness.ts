import type { HeldNodes } from './held-nodes.ts';

/**
 * How much less current it takes to lift the loosest line than the firmest one. An error of the iteration is
 * measured by its power, of which a floating line takes little for the same error of its voltage.
 */
export class LineFirmness {
  /** Conductance of each line to its sources; NaN where they hold it altogether. */
  readonly #toSources: Float64Array;

  constructor({ held, fed }: HeldNodes, lines: number, cells: number) {
    this.#toSources = new Float64Array(lines);
    for (const { line, siemens } of fed) {
      this.#toSources[line]! += siemens;
    }
    const heldNodes = new Int32Array(lines);
    for (const { line } of held) {
      heldNodes[line]! += 1;
    }
    heldNodes.forEach((count, line) => {
      if (count === cells) {
        this.#toSources[line] = NaN;
      }
    });
  }

  /**
   * The loosest line over the firmest.
   *
   * @param conductances - sum of the cells of each line
   * @returns from 0 to 1
   */
  ratio(conductances: Float64Array): number {
    let loosest = Infinity;
    let firmest = 0;
    for (let line = 0; line < conductances.length; line++) {
      const firmness = this.#toSources[line]! + conductances[line]!;
      if (!Number.isNaN(firmness)) {
        loosest = Math.min(loosest, firmness);
        firmest = Math.max(firmest, firmness);
      }
    }
    return firmest === 0 ? 1 : loosest / firmest;
  }
}
