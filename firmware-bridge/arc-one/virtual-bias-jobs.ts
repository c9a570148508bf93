import type { Cell } from '../../src/array/geometry.ts';
import type { Amperes, Volts } from '../../src/units.ts';
import type { VirtualContext } from './virtual-context.ts';
import { linearRamp } from './virtual-ramp.ts';
import type { Part } from './virtual-tokens.ts';

/** Spans of a sweep by code: which polarities, in which order. */
const spans: readonly (readonly (1 | -1)[])[] = [[1, -1], [-1, 1], [1], [-1]];

/** `201`: CurveTracer. The current is measured at the end of each step. */
export function* curveTracer(board: VirtualContext): Part<void> {
  const [vPos = 0, vNeg = 0, start = 0, step = 0, width = 0, rest = 0, cPos = 0, cNeg = 0] =
    yield* board.floats(8);
  const [cycles = 0, pulsed = 0, span = 0, halt = 0] = yield* board.floats(4);
  const { mostPoints } = board.settings;
  const legs = (spans[span] ?? []).map((polarity) => {
    const up = linearRamp(start, step, polarity > 0 ? vPos : vNeg, mostPoints);
    const volts = [...up, ...up.slice(0, -1).toReversed()].map((level) => polarity * level);
    return { volts, cutOff: Math.abs(polarity > 0 ? cPos : cNeg) };
  });
  yield* board.devices(function* trace(cell) {
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (const { volts, cutOff } of legs) {
        yield* traceLeg(board, cell, volts, {
          width,
          rest: pulsed === 1 ? rest : 0,
          cutOff,
          halt: halt === 1,
        });
      }
      yield* board.sendMark(0, 0, 0);
    }
  });
}

function* traceLeg(
  board: VirtualContext,
  cell: Cell,
  levels: readonly Volts[],
  { width, rest, cutOff, halt }: { width: number; rest: number; cutOff: Amperes; halt: boolean },
): Part<void> {
  for (const volts of levels) {
    const ohms = board.array.readAt(cell, volts, width);
    yield* board.spend(width + rest);
    yield* board.sendPoint(ohms, volts, 0);
    if (halt && cutOff > 0 && Math.abs(volts) / ohms > cutOff) {
      return;
    }
  }
}

/** `220`: ChronoAmperometry. Reads spread over the time under bias. */
export function* chronoAmperometry(board: VirtualContext): Part<void> {
  const [bias = 0, width = 0] = yield* board.floats(2);
  const reads = Math.min(Math.max(1, yield* board.tokens.integer()), board.settings.mostPoints);
  yield* board.devices(function* watch(cell) {
    for (let read = 0; read < reads; read++) {
      const ohms = board.array.readAt(cell, bias, width / reads);
      yield* board.spend(width / reads);
      yield* board.sendPoint(ohms, bias, width);
    }
    yield* board.sendMark(0, 0, 0);
  });
}

const multiBiasOperations = { read: 1, write: 2 } as const;

/** `50`: MultiBias. Several word lines against one bit line. */
export function* multiBias(board: VirtualContext): Part<void> {
  const [writeVolts = 0, width = 0, readVolts = 0] = yield* board.floats(3);
  const { crossbar } = board.array;
  const { wordLines, bitLines } = crossbar.geometry;
  const count = yield* board.tokens.integer();
  const bit = yield* board.tokens.address(bitLines);
  const operation = yield* board.tokens.integer();
  const words: number[] = [];
  for (let index = 0; index < count; index++) {
    words.push(yield* board.tokens.address(wordLines));
  }
  if (operation === multiBiasOperations.read) {
    const { state } = board.array;
    const before = state.readVolts;
    state.readVolts = readVolts;
    const siemens = words.reduce((sum, word) => sum + 1 / board.array.read({ word, bit }), 0);
    state.readVolts = before;
    yield* board.sendPoint(1 / siemens, readVolts, 0);
    return;
  }
  yield* readBitLine(board, bit, wordLines);
  crossbar.frame(
    {
      wordVolts: Float64Array.from({ length: wordLines }, (_, word) =>
        words.includes(word) ? writeVolts : writeVolts / 2,
      ),
      bitVolts: Float64Array.from({ length: bitLines }, (_, line) => (line === bit ? 0 : writeVolts / 2)),
    },
    width,
  );
  board.array.counts.pulses++;
  yield* board.spend(width);
  yield* readBitLine(board, bit, wordLines);
}

function* readBitLine(board: VirtualContext, bit: number, words: number): Part<void> {
  for (let word = 0; word < words; word++) {
    yield* board.sendPoint(yield* board.read({ word, bit }), board.array.state.readVolts, 0);
  }
}
