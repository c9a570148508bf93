import type { Crossbar } from '../../src/array/crossbar.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import { channelOf } from './crosspoint.ts';
import type { MatrixSettings } from './settings.ts';
import type { SourceLoad, VirtualOutput } from './virtual-output.ts';

/** What a line of the array is connected to. */
type Terminal = 'high' | 'low' | 'both' | 'none';

/** Part of a width at whose end the current is measured. */
const measuredPart = 1e-3;

/** Rounds in which lines that nobody drives settle. */
const rounds = 200;

/** What happened at the relays that must not happen. */
export interface WiringCounts {
  /** Moves with a voltage on the rows. */
  hotSwitches: number;
  /** Moves that put one line on both terminals. */
  shorts: number;
  moves: number;
}

/** The emulated array behind the relays of a matrix, as the source on their rows sees it. */
export class VirtualWiring implements SourceLoad {
  readonly counts: WiringCounts = { hotSwitches: 0, shorts: 0, moves: 0 };
  readonly #crossbar: Crossbar;
  readonly #settings: MatrixSettings;
  #output: VirtualOutput | null = null;
  #words: Terminal[];
  #bits: Terminal[];

  constructor(crossbar: Crossbar, settings: MatrixSettings) {
    this.#crossbar = crossbar;
    this.#settings = settings;
    this.#words = settings.wordColumns.map(() => 'none');
    this.#bits = settings.bitColumns.map(() => 'none');
  }

  /** Look at a source while relays move. */
  watch(output: VirtualOutput): void {
    this.#output = output;
  }

  /** Take note of a move of the relays. */
  moved(closed: ReadonlySet<number>): void {
    this.counts.moves++;
    if ((this.#output?.volts ?? 0) !== 0) {
      this.counts.hotSwitches++;
    }
    this.#words = this.#settings.wordColumns.map((column) => this.#terminal(column, closed));
    this.#bits = this.#settings.bitColumns.map((column) => this.#terminal(column, closed));
    if (this.#shorted()) {
      this.counts.shorts++;
    }
  }

  amperes(volts: Volts): Amperes {
    if (this.#shorted()) {
      return volts === 0 ? 0 : Math.sign(volts) * Number.MAX_VALUE;
    }
    const { wordVolts, bitVolts } = this.#frame(volts);
    const conductances = this.#crossbar.conductances(volts === 0 ? undefined : volts);
    const { bitLines } = this.#crossbar.geometry;
    let total = 0;
    for (const [index, conductance] of conductances.entries()) {
      const word = Math.floor(index / bitLines);
      const bit = index % bitLines;
      const current = conductance * (wordVolts[word]! - bitVolts[bit]!);
      // What flows into the low terminal, by bit lines, less what it gives, by word lines.
      total += (this.#bits[bit] === 'low' ? current : 0) - (this.#words[word] === 'low' ? current : 0);
    }
    return total;
  }

  hold(volts: Volts, width: Seconds): Amperes {
    if (this.#shorted()) {
      return this.amperes(volts);
    }
    const frame = this.#frame(volts);
    this.#crossbar.frame(frame, width * (1 - measuredPart));
    const measured = this.#crossbar.sense(frame, width * measuredPart);
    const exact = this.amperes(volts);
    // Where the meter sees the bit lines alone, it sees them with the noise of a read.
    return this.#words.includes('low') && this.#bits.includes('high')
      ? exact
      : measured.reduce((sum, amperes, bit) => sum + (this.#bits[bit] === 'low' ? amperes : 0), 0);
  }

  #terminal(column: number, closed: ReadonlySet<number>): Terminal {
    const { rows, slots } = this.#settings;
    const high = closed.has(channelOf({ row: rows.high, column }, slots));
    const low = closed.has(channelOf({ row: rows.low, column }, slots));
    return high && low ? 'both' : high ? 'high' : low ? 'low' : 'none';
  }

  #shorted(): boolean {
    return this.#words.includes('both') || this.#bits.includes('both');
  }

  /** The voltage of every line; one that nobody drives is where no current flows in. */
  #frame(volts: Volts): { wordVolts: Float64Array; bitVolts: Float64Array } {
    const wordVolts = Float64Array.from(this.#words, (terminal) => (terminal === 'high' ? volts : 0));
    const bitVolts = Float64Array.from(this.#bits, (terminal) => (terminal === 'high' ? volts : 0));
    if (!this.#words.includes('none') && !this.#bits.includes('none')) {
      return { wordVolts, bitVolts };
    }
    const conductances = this.#crossbar.conductances();
    for (let round = 0; round < rounds; round++) {
      settle(this.#words, wordVolts, bitVolts, (word, bit) => conductances[word * bitVolts.length + bit]!);
      settle(this.#bits, bitVolts, wordVolts, (bit, word) => conductances[word * bitVolts.length + bit]!);
    }
    return { wordVolts, bitVolts };
  }
}

/** Let the lines of one kind that nobody drives follow those of the other kind. */
function settle(
  terminals: readonly Terminal[],
  lines: Float64Array,
  others: Float64Array,
  conductance: (line: number, other: number) => number,
): void {
  for (const [line, terminal] of terminals.entries()) {
    if (terminal === 'none') {
      let weight = 0;
      let sum = 0;
      for (const [other, volts] of others.entries()) {
        weight += conductance(line, other);
        sum += conductance(line, other) * volts;
      }
      lines[line] = sum / weight;
    }
  }
}
