import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import type { VirtualContext } from './virtual-context.ts';
import { linearRamp } from './virtual-ramp.ts';
import type { Part } from './virtual-tokens.ts';

/** Trains of pulses between reads, as SwitchSeeker and the first phase of MultiStateSeeker make them. */
export interface Trains {
  readonly width: Seconds;
  readonly levels: readonly Volts[];
  readonly rest: Seconds;
  readonly reads: number;
  readonly pulses: number;
  /** Part of the resistance that counts as a change. */
  readonly tolerance: number;
  readonly readAfterPulse: boolean;
}

/** Reads, then a train, then a read: the resistance before and after. */
export function* playTrain(
  board: VirtualContext,
  cell: Cell,
  volts: Volts,
  trains: Trains,
): Part<{ before: Ohms; after: Ohms }> {
  let before = yield* board.read(cell);
  for (let read = 0; read < trains.reads; read++) {
    before = yield* board.read(cell);
    yield* board.sendPoint(before, board.array.state.readVolts, 0);
  }
  let after = before;
  for (let pulse = 0; pulse < trains.pulses; pulse++) {
    yield* board.pulse(cell, volts, trains.width);
    if (trains.readAfterPulse || pulse === trains.pulses - 1) {
      after = yield* board.read(cell);
      yield* board.sendPoint(after, volts, trains.width);
    }
    yield* board.spend(trains.rest);
  }
  return { before, after };
}

/** Try both polarities, louder and louder, until one moves the cell; 0 if none does. */
export function* findPolarity(board: VirtualContext, cell: Cell, trains: Trains): Part<-1 | 0 | 1> {
  for (const level of trains.levels) {
    for (const polarity of [1, -1] as const) {
      const { before, after } = yield* playTrain(board, cell, polarity * level, trains);
      if (Math.abs(after - before) > trains.tolerance * before) {
        return polarity;
      }
    }
  }
  return 0;
}

/** `15` and `152`: SwitchSeeker. */
export function* switchSeeker(board: VirtualContext): Part<void> {
  const [width = 0, vMin = 0, vStep = 0, vMax = 0, rest = 0, threshold = 0] = yield* board.floats(6);
  const [reads = 0, pulses = 0, cycles = 0, tolerance = 0, readAfter = 0, stage2 = 0] =
    yield* board.floats(6);
  const trains: Trains = {
    width,
    levels: linearRamp(vMin, vStep, vMax, board.settings.mostPoints),
    rest,
    reads,
    pulses,
    tolerance: tolerance / 100,
    readAfterPulse: readAfter === 1,
  };
  yield* board.devices(function* seek(cell) {
    const found = stage2 === 0 ? yield* findPolarity(board, cell, trains) : Math.sign(stage2);
    for (
      let cycle = 0, polarity = found;
      cycle < 2 * cycles && polarity !== 0;
      cycle++, polarity = -polarity
    ) {
      for (const level of trains.levels) {
        const { before, after } = yield* playTrain(board, cell, polarity * level, trains);
        if (Math.abs(after - before) > trains.tolerance * before || after > threshold) {
          break;
        }
      }
    }
    yield* board.sendMark(0, 0, 0);
  });
}
