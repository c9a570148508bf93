import type { BiasScheme } from '../../src/array/bias.ts';
import type { Crossbar } from '../../src/array/crossbar.ts';
import { containsCell, type Cell } from '../../src/array/geometry.ts';
import type { ReadChannel } from '../../src/periphery/read-channel.ts';
import { SimulatedBench } from '../../src/run/simulated-bench.ts';
import type { Amperes, Ohms, Seconds, Volts } from '../../src/units.ts';
import { boardBias, sneakCodes } from './bias-code.ts';
import { arcOneLimits } from './limits.ts';
import type { ArcOneSettings } from './settings.ts';
import type { VirtualSettings } from './virtual-settings.ts';
import { BadValue } from './virtual-tokens.ts';

/** What the host told the board to work with. */
export interface BoardState {
  cycles: number;
  readMode: number;
  session: number;
  sneak: number;
  readVolts: Volts;
  selected: Cell | null;
}

/** What a board that was just reset works with. */
export function initialState(): BoardState {
  return { cycles: 50, readMode: 2, session: 0, sneak: sneakCodes.half, readVolts: 0.5, selected: null };
}

/** A cell where the array has none, or one whose current is below the instrument's reach. */
const openOhms: Ohms = 1e9;

/** Time in which a cut-off acts. */
const cutOffDelay: Seconds = 30e-6;

/** What the board did, for whoever looks on. */
export interface BoardCounts {
  pulses: number;
  reads: number;
  /** Pulses that were asked for with no width, as `%f` writes short ones. */
  zeroWidthPulses: number;
}

/** The emulated array as the board drives it. */
export class VirtualArray {
  readonly crossbar: Crossbar;
  readonly counts: BoardCounts = { pulses: 0, reads: 0, zeroWidthPulses: 0 };
  state: BoardState = initialState();
  readonly #bench: SimulatedBench;
  readonly #settings: Pick<ArcOneSettings, 'third' | 'readWidth'>;
  readonly #floatCode: number;

  constructor(
    crossbar: Crossbar,
    readChannel: ReadChannel,
    settings: Pick<ArcOneSettings, 'third' | 'readWidth'>,
    { firmware }: Pick<VirtualSettings, 'firmware'>,
  ) {
    this.crossbar = crossbar;
    this.#bench = new SimulatedBench(crossbar, readChannel, 0);
    this.#settings = settings;
    this.#floatCode = firmware === 'old' ? sneakCodes.floatOld : sneakCodes.float;
  }

  /** Read a cell as the host has set reads up. */
  read(cell: Cell): Ohms {
    return this.readAt(cell, this.state.readVolts, this.#settings.readWidth);
  }

  /** Read a cell under a voltage that is held for a time. */
  readAt(cell: Cell, volts: Volts, width: Seconds): Ohms {
    this.counts.reads++;
    if (volts === 0 || !containsCell(this.crossbar.geometry, cell)) {
      return openOhms;
    }
    const conductance = this.#bench.readCell(cell, { volts, width, bias: this.#bias() });
    const ohms = conductance > 0 ? 1 / conductance : openOhms;
    return Math.max(arcOneLimits.smallestResistance, Math.min(ohms, openOhms));
  }

  /** Pulse a cell. A pulse without width is none, and is counted as such. */
  pulse(cell: Cell, volts: Volts, width: Seconds, cutOff: Amperes = 0): void {
    if (!(Math.abs(volts) <= arcOneLimits.volts && width >= 0 && width <= arcOneLimits.longestWidth)) {
      throw new BadValue(`a pulse of ${volts} V, ${width} s`);
    }
    if (width === 0) {
      this.counts.zeroWidthPulses++;
      return;
    }
    this.counts.pulses++;
    if (volts !== 0 && containsCell(this.crossbar.geometry, cell)) {
      const trips =
        cutOff !== 0 && Math.abs(volts) * this.crossbar.conductanceOf(cell, volts) > Math.abs(cutOff);
      this.crossbar.pulse(cell, volts, trips ? Math.min(width, cutOffDelay) : width, this.#bias());
    }
  }

  #bias(): BiasScheme {
    const { sneak } = this.state;
    if (sneak === this.#floatCode) {
      return floatingBias(this.crossbar.geometry.wordLines, this.crossbar.geometry.bitLines);
    }
    return boardBias(sneak === sneakCodes.third ? sneakCodes.third : sneakCodes.half, this.#settings.third);
  }
}

/**
 * Where lines settle that nobody drives, in an array of equal cells: the current goes from the selected word line
 * through `bits - 1` cells, on through all unselected ones, and through `words - 1` cells to the selected bit line.
 */
export function floatingBias(words: number, bits: number): BiasScheme {
  const first = bits > 1 ? 1 / (bits - 1) : 0;
  const middle = bits > 1 && words > 1 ? 1 / ((bits - 1) * (words - 1)) : 0;
  const last = words > 1 ? 1 / (words - 1) : 0;
  const total = first + middle + last || 1;
  return {
    name: 'floating',
    selectedWord: 1,
    selectedBit: 0,
    unselectedWord: last / total,
    unselectedBit: 1 - first / total,
  };
}
