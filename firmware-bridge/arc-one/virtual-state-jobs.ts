import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import type { VirtualContext, VirtualJob } from './virtual-context.ts';
import { linearRamp } from './virtual-ramp.ts';
import { findPolarity } from './virtual-seeker-jobs.ts';
import type { Part } from './virtual-tokens.ts';

/** `161`: the polarity to which a device answers. */
export function* seekPolarity(board: VirtualContext): Part<void> {
  const [width = 0, vMin = 0, vStep = 0, vMax = 0, rest = 0] = yield* board.floats(5);
  const [reads = 0, pulses = 0, tolerance = 0, readAfter = 0] = yield* board.floats(4);
  const trains = {
    width,
    levels: linearRamp(vMin, vStep, vMax, board.settings.mostPoints),
    rest,
    reads,
    pulses,
    tolerance: tolerance / 100,
    readAfterPulse: readAfter === 1,
  };
  yield* board.devices(function* seek(cell) {
    const polarity = yield* findPolarity(board, cell, trains);
    yield* board.sendMark(0, 0, -1);
    yield* board.sendLine(polarity === 0 ? '1' : '0');
    if (polarity !== 0) {
      yield* board.sendLine('1');
      yield* board.sendLine('0');
      yield* board.sendLine(String(polarity));
    }
  });
}

interface Level {
  readonly volts: Volts;
  readonly width: Seconds;
  readonly pulses: number;
}

interface Sweep {
  readonly reads: number;
  readonly sigma: number;
  readonly rest: Seconds;
  readonly retention: Seconds;
  readonly levels: readonly Level[];
}

/** `163`, `164`, `165`: how many states can be told apart while voltage, width or number of pulses is swept. */
export function seekStates(swept: 'volts' | 'width' | 'pulses'): VirtualJob {
  return function* run(board): Part<void> {
    const sweep = yield* readSweep(board, swept);
    yield* board.devices(function* seek(cell) {
      yield* sweepStates(board, cell, sweep);
      yield* board.sendMark(0, 0, -1);
      yield* board.sendLine('0');
      yield* board.sendLine('1');
      yield* board.sendLine('0');
    });
  };
}

function* readSweep(board: VirtualContext, swept: 'volts' | 'width' | 'pulses'): Part<Sweep> {
  const most = board.settings.mostPoints;
  const reads = yield* board.tokens.integer();
  const counts = yield* board.floats(swept === 'pulses' ? 3 : 1);
  const [sigma = 0] = yield* board.floats(3);
  const [pulses = 0, pulsesStep = 0, pulsesMax = 0] = counts;
  if (swept === 'volts') {
    const [width = 0, vMin = 0, vStep = 0, vMax = 0, rest = 0, retention = 0] = yield* board.floats(6);
    const levels = linearRamp(vMin, vStep, vMax, most).map((volts) => ({ volts, width, pulses }));
    return { reads, sigma, rest, retention, levels };
  }
  if (swept === 'width') {
    const [wMin = 0, volts = 0, wStep = 0, wMax = 0, rest = 0, retention = 0] = yield* board.floats(6);
    const levels = linearRamp(wMin, wStep, wMax, most).map((width) => ({ volts, width, pulses }));
    return { reads, sigma, rest, retention, levels };
  }
  const [width = 0, volts = 0, rest = 0, retention = 0] = yield* board.floats(4);
  const levels = linearRamp(pulses, pulsesStep, pulsesMax, most).map((count) => ({
    volts,
    width,
    pulses: count,
  }));
  return { reads, sigma, rest, retention, levels };
}

function* sweepStates(board: VirtualContext, cell: Cell, sweep: Sweep): Part<void> {
  let last = yield* readTrain(board, cell, sweep.reads);
  for (const { volts, width, pulses } of sweep.levels) {
    for (let pulse = 0; pulse < pulses; pulse++) {
      yield* board.pulse(cell, volts, width);
      yield* board.spend(sweep.rest);
    }
    yield* board.sendPoint(yield* board.read(cell), volts, width);
    const early = yield* readTrain(board, cell, sweep.reads);
    yield* board.spend(sweep.retention);
    const found = yield* readTrain(board, cell, sweep.reads);
    const spread = sweep.sigma * Math.max(found.deviation, early.deviation);
    if (Math.abs(found.mean - last.mean) > spread + sweep.sigma * last.deviation) {
      yield* board.sendMark(-1, 0, 0);
      yield* board.sendMark(found.mean, found.mean - spread, found.mean + spread);
      last = found;
    }
  }
}

function* readTrain(board: VirtualContext, cell: Cell, reads: number): Part<{ mean: Ohms; deviation: Ohms }> {
  const found: Ohms[] = [];
  for (let read = 0; read < Math.max(1, reads); read++) {
    const ohms = yield* board.read(cell);
    found.push(ohms);
    yield* board.sendPoint(ohms, board.array.state.readVolts, 0);
  }
  const mean = found.reduce((sum, ohms) => sum + ohms, 0) / found.length;
  const variance = found.reduce((sum, ohms) => sum + (ohms - mean) ** 2, 0) / found.length;
  return { mean, deviation: Math.sqrt(variance) };
}
