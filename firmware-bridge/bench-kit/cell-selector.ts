import type { BiasChoice } from '../../src/array/bias.ts';
import type { Cell } from '../../src/array/geometry.ts';

/** Connects one cell of an array to a source-measure unit and keeps the others off it. */
export interface CellSelector {
  /** Whether the selector must let go before the source is brought to 0 V, as transistors do, or after, as relays do. */
  readonly releasesFirst: boolean;
  /** Find out that the right instrument is there. Changes nothing. */
  find(): Promise<void>;
  /** @throws ScheduleError for a scheme that it cannot make */
  requireScheme(bias: BiasChoice): void;
  /** Whether a cell is connected already, so that nothing has to move. */
  holds(cell: Cell, bias: BiasChoice): boolean;
  /** Connect a cell. The source is at 0 V. */
  select(cell: Cell, bias: BiasChoice): Promise<void>;
  /** Connect nothing, from any state, and make sure of it. An instrument that was never found is left alone. */
  release(): Promise<void>;
  interrupt(reason: Error): void;
  close(): Promise<void>;
}
