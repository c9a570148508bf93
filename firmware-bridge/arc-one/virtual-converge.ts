import type { Cell } from '../../src/array/geometry.ts';
import { convergeToState } from '../../src/programming/converge-to-state.ts';
import type { CellTask } from '../../src/programming/policy.ts';
import { arcOneLimits } from './limits.ts';
import type { VirtualContext } from './virtual-context.ts';
import type { Part } from './virtual-tokens.ts';

/**
 * `21`: ConvergeToState. The same policy as everywhere, here on resistances: raising and lowering change places, and
 * the first polarity of the request says which sign lowers or raises.
 */
export function* convergeToResistance(board: VirtualContext): Part<void> {
  const [vMin = 0, vStep = 0, vMax = 0, wMin = 0, wPercent = 0, wMax = 0, rest = 0] = yield* board.floats(7);
  const [target = 0, tolerance = 0] = yield* board.floats(3);
  const pulses = yield* board.tokens.integer();
  const first = (yield* board.tokens.integer()) < 0 ? -1 : 1;
  yield* board.devices(function* converge(cell) {
    const start = yield* board.read(cell);
    yield* board.sendPoint(start, 0, 0);
    const raises = start < target;
    const task: CellTask = {
      target,
      tolerance: tolerance / 100,
      range: { min: 0, max: Number.POSITIVE_INFINITY },
      setPolarity: raises === first > 0 ? 1 : -1,
    };
    const run = convergeToState.run(task, {
      volts: { start: vMin, step: vStep, stop: vMax },
      width: { start: wMin, growth: wPercent / 100, stop: wMax },
      pulses,
      reversals: arcOneLimits.reversals,
      maxPulses: board.settings.mostPoints,
    });
    yield* follow(board, cell, start, run, rest);
    yield* board.sendMark(0, 0, 0);
  });
}

/** The first read that the policy asks for was made already; every other follows a pulse and is reported with it. */
function* follow(
  board: VirtualContext,
  cell: Cell,
  start: number,
  run: ReturnType<typeof convergeToState.run>,
  rest: number,
): Part<void> {
  let reading = start;
  let applied: { volts: number; width: number } | null = null;
  for (let step = run.next(reading); step.done !== true; step = run.next(reading)) {
    if (step.value !== 'read') {
      applied = step.value;
      yield* board.pulse(cell, applied.volts, applied.width);
    } else if (applied !== null) {
      reading = yield* board.read(cell);
      yield* board.sendPoint(reading, applied.volts, applied.width);
      yield* board.spend(rest);
    }
  }
}
