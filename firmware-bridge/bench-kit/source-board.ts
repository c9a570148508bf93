import type { Cell } from '../../src/array/geometry.ts';
import type { BiasChoice } from '../../src/array/bias.ts';
import { ControllerError, SafetyStop, ScheduleError } from '../../src/errors.ts';
import { cellName } from '../../src/array/geometry.ts';
import type { Cost, Reading } from '../../src/run/backend.ts';
import type { PulseOperation, ReadOperation } from '../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../src/schedule/safe-operating-area.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import type { Board, BoardAct, BoardPulse, BoardReadings } from '../board.ts';
import type { CellSelector } from './cell-selector.ts';
import type { SourceSettings } from './settings.ts';
import type { SourceLimits, SourceMeter, SourceReading } from './source-meter.ts';

export interface SourceBoardOptions {
  readonly name: string;
  /** What the source-measure unit can do. */
  readonly limits: SourceLimits;
  /** Connects the source-measure unit. */
  readonly connectSource: () => Promise<SourceMeter>;
  /** Connects what selects cells. */
  readonly connectSelector: () => Promise<CellSelector>;
  readonly requireScheme: (bias: BiasChoice) => void;
  readonly settings: Pick<SourceSettings, 'currentLimit' | 'whenLimited'>;
  /** Rest between one act and the next. */
  readonly gap: Seconds;
}

/** Part of a width that a comparison of doubles forgives. */
const slack = 1e-6;

/**
 * A source-measure unit and something that connects one cell at a time to it. Whatever connects moves only while the
 * source is at 0 V.
 */
export class SourceBoard implements Board {
  readonly name: string;
  readonly #options: SourceBoardOptions;
  #source: SourceMeter | null = null;
  #selector: CellSelector | null = null;

  constructor(options: SourceBoardOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async open(): Promise<void> {
    const { connectSource, connectSelector } = this.#options;
    this.#source ??= await connectSource();
    this.#selector ??= await connectSelector();
    await this.#source.find();
    // What selects cells may move when it is found.
    await this.#source.off();
    await this.#selector.find();
    await this.makeSafe();
  }

  /** The smaller of the lab's and the array's current limit goes into the instrument. */
  async prepare({ compliance }: SafeOperatingArea): Promise<void> {
    const { source, selector } = this.#require();
    await selector.release();
    await source.start(Math.min(this.#options.settings.currentLimit, compliance.current));
  }

  requireAct(act: BoardAct): void {
    if (act.kind === 'frame') {
      throw new ScheduleError(
        'controller-operation',
        `${this.name}: one source drives one cell, not a frame`,
      );
    }
    this.#options.requireScheme(act.bias);
    const { volts, shortestWidth, longestWidth } = this.#options.limits;
    const fits = act.width >= shortestWidth * (1 - slack) && act.width <= longestWidth * (1 + slack);
    if (!fits || !(Math.abs(act.volts) <= volts) || act.volts === 0) {
      throw new ScheduleError(
        'controller-limit',
        `${this.name}: ${act.volts} V for ${act.width} s; the source makes up to ${volts} V, but not 0 V, ` +
          `for ${shortestWidth} to ${longestWidth} s`,
        { details: { found: [act.volts, act.width], allowed: { volts, shortestWidth, longestWidth } } },
      );
    }
  }

  async pulse({ cell, volts, width, bias }: PulseOperation): Promise<BoardPulse> {
    const { amperes, limited } = await this.#apply(cell, bias, volts, width);
    const cost = this.#cost(volts, amperes, width);
    if (!limited) {
      return { cost };
    }
    if (this.#options.settings.whenLimited === 'accept') {
      return { cost, limited: true };
    }
    await this.#require().source.zero();
    throw new SafetyStop(
      'current-limit',
      `${this.name}: cell ${cellName(cell)}: a pulse of ${volts} V, ${width} s reached the current limit`,
      {
        hint: 'The output is at 0 V. If the limit is there to be reached, set source.whenLimited to accept.',
        details: { cell, volts, width, amperes },
      },
    );
  }

  async read({ cells, volts, width, bias }: ReadOperation): Promise<BoardReadings> {
    const readings: Reading[] = [];
    let cost: Cost = { seconds: 0, joules: 0, coulombs: 0 };
    for (const cell of cells) {
      const { amperes, limited } = await this.#apply(cell, bias, volts, width);
      if (limited) {
        throw new ControllerError(
          'read-limited',
          `${this.name}: cell ${cellName(cell)}: the read reached the current limit, so that its voltage is not known`,
          { hint: 'Is the cell shorted? Else read at a lower voltage.', details: { cell, volts, amperes } },
        );
      }
      readings.push({ cell, conductance: amperes / volts });
      const one = this.#cost(volts, amperes, width);
      cost = {
        seconds: cost.seconds + one.seconds,
        joules: cost.joules + one.joules,
        coulombs: cost.coulombs + one.coulombs,
      };
    }
    return { readings, cost };
  }

  interrupt(reason: Error): void {
    this.#source?.interrupt(reason);
    this.#selector?.interrupt(reason);
  }

  async makeSafe(): Promise<void> {
    const selector = this.#selector;
    if (selector?.releasesFirst === true) {
      try {
        await selector.release();
      } finally {
        await this.#source?.off();
      }
    } else {
      await this.#source?.off();
      await selector?.release();
    }
  }

  async close(): Promise<void> {
    const source = this.#source;
    const selector = this.#selector;
    this.#source = null;
    this.#selector = null;
    try {
      await source?.close();
    } finally {
      await selector?.close();
    }
  }

  async #apply(cell: Cell, bias: BiasChoice, volts: Volts, width: Seconds): Promise<SourceReading> {
    const { source, selector } = this.#require();
    if (!selector.holds(cell, bias)) {
      await source.zero();
      await selector.select(cell, bias);
    }
    return source.pulse(volts, width);
  }

  /** Charge and energy as if the current at the end of the pulse had flowed all the time. */
  #cost(volts: Volts, amperes: Amperes, width: Seconds): Cost {
    const coulombs = Math.abs(amperes) * width;
    return { seconds: width + this.#options.gap, joules: Math.abs(volts) * coulombs, coulombs };
  }

  #require(): { readonly source: SourceMeter; readonly selector: CellSelector } {
    if (this.#source === null || this.#selector === null) {
      throw new ScheduleError('not-open', `${this.name}: not connected`);
    }
    return { source: this.#source, selector: this.#selector };
  }
}
