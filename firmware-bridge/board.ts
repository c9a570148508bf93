import type { Reading, Cost } from '../src/run/backend.ts';
import type { FrameOperation, PulseOperation, ReadOperation } from '../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../src/schedule/safe-operating-area.ts';
import type { Amperes } from '../src/units.ts';

/** Something that a schedule asks of a board, as its registers would hold it. */
export type BoardAct = PulseOperation | ReadOperation | FrameOperation;

export interface BoardReadings {
  readonly readings: readonly Reading[];
  readonly cost: Cost;
}

export interface BoardPulse {
  readonly cost: Cost;
  /** Set when the source held its current limit: the cell saw less than the voltage. */
  readonly limited?: true;
}

export interface BoardCurrents {
  /** [bitLines] */
  readonly bitCurrents: readonly Amperes[];
  readonly cost: Cost;
}

/**
 * One or more instruments that together pulse and read the cells of an array. What all of them must do alike, such as
 * passing every act through the gate, is in `BoardBackend`.
 */
export interface Board {
  readonly name: string;
  /** Connect, make sure who answers, and bring the outputs to their safe state. */
  open(): Promise<void>;
  /**
   * Compare an act with what the board can do, before anything is sent.
   *
   * @throws ScheduleError for one that it cannot make exactly
   */
  requireAct(act: BoardAct): void;
  /**
   * Write the limits of an array into the instruments and read them back.
   *
   * @throws ControllerError for an instrument that holds something else than it was told
   */
  prepare(limits: SafeOperatingArea): Promise<void>;
  pulse(pulse: PulseOperation): Promise<BoardPulse>;
  read(read: ReadOperation): Promise<BoardReadings>;
  /** Drive all lines and measure every bit line at once; only for a frame that `requireAct` accepts. */
  sense?(frame: FrameOperation): Promise<BoardCurrents>;
  /** Let whoever waits for an answer fail with this error, and everything after it. */
  interrupt(reason: Error): void;
  /**
   * Bring the outputs to their safe state, from any state, and make sure of it. A board that never said who it is was
   * never told anything either, and is left alone.
   */
  makeSafe(): Promise<void>;
  /** Let go of the lines. Calling it twice is harmless. */
  close(): Promise<void>;
}
