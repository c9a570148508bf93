import type { Amperes, Seconds, Siemens, Volts } from '../units.ts';
import type { BiasScheme } from './bias.ts';
import type { Cross } from './cross.ts';
import { cellCount, type Geometry } from './geometry.ts';
import { PendingDisturb } from './pending-disturb.ts';

/** Stands for no cell. */
const none = -1;

/** Sums over the cells that lie on neither line of the selected cell. */
export interface RestSums {
  /** V I of all, watt. */
  watts: number;
  /** Magnitudes of the currents. */
  amperes: Amperes;
  /** Largest magnitude of a voltage. */
  largest: Volts;
}

/**
 * What is known of an array while one cell is selected under one scheme and one polarity: an exact solution, the
 * base, and the tangents of the cells on the two selected lines. Fields belong to the base; the tangents to the last
 * operation.
 */
export class SelectedFrame {
  readonly scheme: BiasScheme;
  readonly polarity: number;
  /** Whether the base is one of the cell that is selected now. */
  holds = false;
  /** Of the base, over the selected cell; 0 while there was none. */
  amplitude: Volts = 0;
  /** [wordLines x bitLines]. */
  readonly cellVolts: Float64Array;
  /** [wordLines x bitLines]. */
  readonly bitNodeVolts: Float64Array;
  /** Bit line that the base selects. */
  bit = 0;
  /** Scale of the residuals of the base, as an iterative solution reports it. */
  reference = 0;
  /** Cells of the cross: voltages and currents of the base. */
  readonly baseVolts: Float64Array;
  readonly baseCurrents: Float64Array;
  /** Cells of the cross: where the tangents touch, and their slopes. */
  readonly volts: Float64Array;
  readonly currents: Float64Array;
  readonly slopes: Float64Array;
  readonly rest: RestSums = { watts: 0, amperes: 0, largest: 0 };
  /**
   * Current, in the base, beyond what its conductance carries, of the cell of the rest that sees the most on its word
   * line: the largest, and the sum over the word lines.
   */
  worstBend: Amperes = 0;
  bend: Amperes = 0;
  /** [wordLines], the cell of the rest on each that sees the most in the base. */
  readonly #worst: Int32Array;
  readonly #pending: PendingDisturb;

  constructor(geometry: Geometry, scheme: BiasScheme, polarity: number) {
    const crossed = geometry.wordLines + geometry.bitLines - 1;
    this.#worst = new Int32Array(geometry.wordLines).fill(none);
    this.#pending = new PendingDisturb(cellCount(geometry));
    this.scheme = scheme;
    this.polarity = polarity;
    this.cellVolts = new Float64Array(cellCount(geometry));
    this.bitNodeVolts = new Float64Array(cellCount(geometry));
    this.baseVolts = new Float64Array(crossed);
    this.baseCurrents = new Float64Array(crossed);
    this.volts = new Float64Array(crossed);
    this.currents = new Float64Array(crossed);
    this.slopes = new Float64Array(crossed);
  }

  /** Take the voltages over the cross as the drivers give them. */
  enterNominal(cross: Cross, amplitude: Volts): void {
    const { selectedWord, selectedBit, unselectedWord, unselectedBit } = this.scheme;
    const { bitLines } = cross.geometry;
    this.volts.fill((selectedWord - unselectedBit) * amplitude, 0, bitLines);
    this.volts.fill((unselectedWord - selectedBit) * amplitude, bitLines);
    this.volts[cross.bit] = (selectedWord - selectedBit) * amplitude;
  }

  /** Whether the rest has yet to be exposed to its voltages. */
  get isPending(): boolean {
    return this.#pending.seconds > 0;
  }

  /** Range of the largest voltage of the rest over the time that is pending and an operation to come. */
  pendingSpan(amplitude: Volts): Volts {
    return this.#pending.spanWith(this.#largestAt(amplitude));
  }

  addPending(amplitude: Volts, seconds: Seconds): void {
    this.#pending.add(amplitude / this.amplitude, this.#largestAt(amplitude), seconds);
  }

  /** To be called before the base changes. */
  keepPending(): void {
    this.#pending.enterBase(this.cellVolts);
  }

  /** Mean voltages that the rest has yet to be exposed to, [wordLines x bitLines], and for how long. */
  takePending(): { readonly means: Float64Array; readonly seconds: Seconds } {
    const { seconds } = this.#pending;
    return { means: this.#pending.take(this.cellVolts), seconds };
  }

  #largestAt(amplitude: Volts): Volts {
    return this.rest.largest * Math.abs(amplitude / this.amplitude);
  }

  /** Where to begin the next base: the last one in proportion, the selected bit line in its new place. */
  scaleNodes(cross: Cross, amplitude: Volts): void {
    const { bitLines } = cross.geometry;
    const nodes = this.bitNodeVolts;
    const scale = amplitude / this.amplitude;
    for (let node = 0; node < nodes.length; node++) {
      nodes[node]! *= scale;
    }
    const { selectedBit, unselectedBit } = this.scheme;
    if (cross.bit !== this.bit && selectedBit !== unselectedBit) {
      for (let row = 0; row < nodes.length; row += bitLines) {
        const volts = nodes[row + cross.bit]!;
        nodes[row + cross.bit] = nodes[row + this.bit]!;
        nodes[row + this.bit] = volts;
      }
    }
  }

  /**
   * Sum up the rest of the base.
   *
   * @param siemens - [wordLines x bitLines]
   */
  sumRest(cross: Cross, siemens: Float64Array): void {
    const { wordLines, bitLines } = cross.geometry;
    let watts = 0;
    let amperes = 0;
    let largest = 0;
    for (let word = 0; word < wordLines; word++) {
      let worst = 0;
      let worstAt = none;
      const start = word * bitLines;
      const end = word === cross.word ? start : start + bitLines;
      const hole = start + cross.bit;
      for (let index = start; index < end; index++) {
        const volts = index === hole ? 0 : Math.abs(this.cellVolts[index]!);
        const current: Amperes = volts * (siemens[index]! as Siemens);
        amperes += current;
        watts += current * volts;
        if (volts > worst) {
          worst = volts;
          worstAt = index;
        }
      }
      this.#worst[word] = worstAt;
      largest = Math.max(largest, worst);
    }
    Object.assign(this.rest, { watts, amperes, largest });
  }

  /**
   * Measure how far the cells of the rest are from straight, or from where they were.
   *
   * @param excess - current of a cell at a voltage beyond what its conductance carries
   */
  measureBend(excess: (index: number, volts: Volts) => Amperes): void {
    this.worstBend = 0;
    this.bend = 0;
    for (const index of this.#worst) {
      if (index !== none) {
        const bent = Math.abs(excess(index, this.cellVolts[index]!));
        this.worstBend = Math.max(this.worstBend, bent);
        this.bend += bent;
      }
    }
  }
}
