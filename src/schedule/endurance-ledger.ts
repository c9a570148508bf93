/** What a write-verify loop may do to the polarity of a cell. */
export type LoopPolarity = 1 | -1 | 'both';

/** The cell of the highest count so far, by its position in a row-major matrix. */
export interface Tally {
  readonly index: number;
  readonly count: number;
}

/** In place of the last polarity, after a loop that may have ended with either. */
const unknownPolarity = 2;

/** Counts over the cells of an array that only grow, and the highest of them. */
class CellCounter {
  readonly #counts: Float64Array;
  most: Tally = { index: 0, count: 0 };

  constructor(cells: number) {
    this.#counts = new Float64Array(cells);
  }

  add(index: number, count: number): void {
    const total = this.#counts[index]! + count;
    this.#counts[index] = total;
    if (total > this.most.count) {
      this.most = { index, count: total };
    }
  }
}

/** Pulses, reads and cycles of every cell; a write-verify loop counts its worst case. */
export class EnduranceLedger {
  readonly #pulses: CellCounter;
  readonly #reads: CellCounter;
  /** Runs of pulses of one polarity. */
  readonly #runs: CellCounter;
  readonly #polarity: Int8Array;

  constructor(cells: number) {
    this.#pulses = new CellCounter(cells);
    this.#reads = new CellCounter(cells);
    this.#runs = new CellCounter(cells);
    this.#polarity = new Int8Array(cells);
  }

  bookPulse(index: number, polarity: 1 | -1): void {
    this.#pulses.add(index, 1);
    this.#bookRun(index, polarity);
  }

  bookRead(index: number): void {
    this.#reads.add(index, 1);
  }

  /** Book a loop: as many pulses and reads as it may take, and the polarity as often changed as they allow. */
  bookLoop(index: number, pulses: number, reads: number, polarity: LoopPolarity): void {
    this.#reads.add(index, reads);
    this.#pulses.add(index, pulses);
    if (pulses > 0 && polarity === 'both') {
      this.#runs.add(index, pulses);
      this.#polarity[index] = unknownPolarity;
    } else if (pulses > 0 && polarity !== 'both') {
      this.#bookRun(index, polarity);
    }
  }

  mostPulses(): Tally {
    return this.#pulses.most;
  }

  mostReads(): Tally {
    return this.#reads.most;
  }

  /** A SET and a RESET in turn, in either order, are one cycle: two runs. */
  mostCycles(): Tally {
    const { index, count } = this.#runs.most;
    return { index, count: Math.floor(count / 2) };
  }

  #bookRun(index: number, polarity: 1 | -1): void {
    if (this.#polarity[index] !== polarity) {
      this.#runs.add(index, 1);
      this.#polarity[index] = polarity;
    }
  }
}
