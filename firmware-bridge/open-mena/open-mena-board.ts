import { cellName, type Cell } from '../../src/array/geometry.ts';
import { ControllerError, ScheduleError } from '../../src/errors.ts';
import type { FrameOperation, PulseOperation, ReadOperation } from '../../src/schedule/operation.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import type { Board, BoardAct, BoardCurrents, BoardPulse, BoardReadings } from '../board.ts';
import type { BoardLimits } from '../board-limits.ts';
import type { BoardOptions } from '../controller.ts';
import { restCode, roundingVolts, wordCode, wordRange, wordVolts } from './converters.ts';
import { OpenMenaLink } from './link.ts';
import { lineCount } from './request.ts';
import type { OpenMenaSettings } from './settings.ts';
import { longestPulse, pulseRest, pulseTick, readSeconds, shortestPulse } from './timing.ts';
import {
  readVector,
  requireReadable,
  requireSensible,
  selectedWord,
  vector,
  wirePulse,
} from './wire-acts.ts';

/** What the board is documented to do. Lines are counted from virtual ground, where they rest. */
export const openMenaLimits: BoardLimits = {
  wordLines: lineCount,
  bitLines: lineCount,
  minVolts: wordRange.min,
  maxVolts: wordRange.max,
  shortestWidth: shortestPulse,
  longestWidth: longestPulse,
  tick: pulseTick,
  roundingVolts,
};

/** Vectors in one request: few enough that a stop need not wait long. */
const mostVectors = 4;

/** Highest code of the converter that reads. */
const highestAdcCode = 4095;

/**
 * OpenMENA: 8 x 8, all lines held at a virtual ground through resistors. A pulse drives one line of either kind away
 * from it; a read drives all word lines and measures all bit lines through their resistors.
 */
export class OpenMenaBoard implements Board {
  readonly name = 'open-mena';
  readonly #options: Pick<BoardOptions, 'connect' | 'clock'>;
  readonly #settings: OpenMenaSettings;
  /** Null until it is connected. */
  #link: OpenMenaLink | null = null;
  /** Whether it has said who it is. */
  #found = false;
  /** Readings without any voltage: what the amplifiers add. */
  #zeros: readonly number[] = [];
  /** Time for which it may be at work on what it was told last. */
  #busy: Seconds = 0;

  constructor(options: Pick<BoardOptions, 'connect' | 'clock'>, settings: OpenMenaSettings) {
    this.#options = options;
    this.#settings = settings;
  }

  async open(): Promise<void> {
    const { connect, clock } = this.#options;
    const link = this.#link ?? new OpenMenaLink(await connect(), clock, this.#settings.timeouts);
    this.#link = link;
    await link.find(0);
    this.#found = true;
    await link.rest();
  }

  /** The board has no limits of its own to set; that its converters hold what they are told is compared instead. */
  async prepare(): Promise<void> {
    const link = this.#require();
    await link.rest();
    [this.#zeros = []] = await link.read([vector(restCode, () => restCode)]);
  }

  requireAct(act: BoardAct): void {
    switch (act.kind) {
      case 'pulse':
        wirePulse(act);
        return;
      case 'read':
        requireReadable(act.width);
        for (const cell of act.cells) {
          readVector(act, cell);
        }
        return;
      case 'frame':
        requireSensible(act);
    }
  }

  async pulse(pulse: PulseOperation): Promise<BoardPulse> {
    const wire = wirePulse(pulse);
    const width = wire.microseconds * pulseTick;
    this.#busy = pulseRest + 2 * width;
    await this.#require().pulse(wire);
    return { cost: { ...noEnergy, seconds: this.#busy } };
  }

  async read(read: ReadOperation): Promise<BoardReadings> {
    const rows = await this.#read(read.cells.map((cell) => readVector(read, cell)));
    const readings = read.cells.map((cell, position) => {
      const volts = wordVolts(wordCode(selectedWord(read)) ?? restCode);
      const lost = this.#lostVolts(rows[position]!, cell, volts);
      return { cell, conductance: lost / this.#settings.senseResistor / (volts - lost) };
    });
    return { readings, cost: { ...noEnergy, seconds: read.cells.length * readSeconds } };
  }

  async sense({ wordVolts: words, bitVolts }: FrameOperation): Promise<BoardCurrents> {
    const [row = []] = await this.#read([vector(restCode, (word) => wordCode(words[word] ?? 0) ?? restCode)]);
    const largest = Math.max(...words.map(Math.abs));
    const bitCurrents = bitVolts.map(
      (_, bit) => this.#lostVolts(row, { word: 0, bit }, largest) / this.#settings.senseResistor,
    );
    return { bitCurrents, cost: { ...noEnergy, seconds: readSeconds } };
  }

  interrupt(reason: Error): void {
    this.#link?.interrupt(reason);
  }

  async makeSafe(): Promise<void> {
    const link = this.#link;
    if (link === null || !this.#found) {
      return;
    }
    if (link.fault !== null) {
      await link.find(this.#busy);
    }
    await link.rest();
  }

  async close(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    this.#found = false;
    await link?.close();
  }

  async #read(vectors: readonly (readonly number[])[]): Promise<number[][]> {
    const link = this.#require();
    const rows: number[][] = [];
    for (let start = 0; start < vectors.length; start += mostVectors) {
      const some = vectors.slice(start, start + mostVectors);
      this.#busy = some.length * readSeconds;
      rows.push(...(await link.read(some)));
    }
    return rows;
  }

  /** The voltage over a sense resistor, by the difference to its reading without any. */
  #lostVolts(row: readonly number[], cell: Cell, volts: Volts): Volts {
    const { adcReference, gain, largestLoading } = this.#settings;
    const code = row[cell.bit] ?? Number.NaN;
    if (code <= 0 || code >= highestAdcCode) {
      throw new ControllerError(
        'read-clipped',
        `open-mena: bit line ${cell.bit}: the amplifier is at its end, code ${code}`,
        { hint: 'Read at a lower voltage, or solder a smaller gain.', details: { cell, code } },
      );
    }
    const lost = ((code - (this.#zeros[cell.bit] ?? Number.NaN)) * adcReference) / highestAdcCode / gain;
    if (!(Math.abs(lost) <= largestLoading * Math.abs(volts))) {
      throw new ControllerError(
        'bit-line-loaded',
        `open-mena: ${cellName(cell)}: ${lost} V of the ${volts} V are lost over the sense resistor`,
        {
          hint: 'The cells conduct too well for this resistor: what is read would not be the cell.',
          details: { cell, lost, volts, largestLoading },
        },
      );
    }
    return lost;
  }

  #require(): OpenMenaLink {
    if (this.#link === null) {
      throw new ScheduleError('not-open', 'open-mena: not connected');
    }
    return this.#link;
  }
}

/** The board measures neither energy nor charge. */
const noEnergy = { joules: 0, coulombs: 0 } as const;
