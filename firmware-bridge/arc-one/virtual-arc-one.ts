import { OhmloomError } from '../../src/errors.ts';
import type { VirtualBoardOptions } from '../controller.ts';
import { BoardProcess, receiveByte, type BoardInput, type BoardProgram } from '../virtual/board-process.ts';
import type { VirtualBoard } from '../virtual/virtual-board.ts';
import type { ArcOneSettings } from './settings.ts';
import { initialState, VirtualArray, type BoardCounts } from './virtual-array.ts';
import { chronoAmperometry, curveTracer, multiBias } from './virtual-bias-jobs.ts';
import { VirtualContext, type VirtualJob } from './virtual-context.ts';
import { convergeToResistance } from './virtual-converge.ts';
import {
  barePulse,
  initialise,
  pulseAndReadOne,
  readMany,
  readOne,
  select,
  setBias,
  setReadMode,
  tellVersion,
} from './virtual-core-jobs.ts';
import { playSpikes, volatilityRead, watchStability } from './virtual-dialogue-jobs.ts';
import { endurance, formFinder } from './virtual-ramp-jobs.ts';
import { switchSeeker } from './virtual-seeker-jobs.ts';
import type { misbehaviours, VirtualSettings } from './virtual-settings.ts';
import { seekPolarity, seekStates } from './virtual-state-jobs.ts';
import { BadValue, BoardReset, TokenReader, type Part } from './virtual-tokens.ts';

/** Jobs that all firmware has, by their code as it is written. */
const jobs = new Map<string, VirtualJob>([
  ['0', initialise],
  ['01', setReadMode],
  ['011', setBias],
  ['02', select],
  ['04', barePulse],
  ['1', readOne],
  ['2', readMany],
  ['3', pulseAndReadOne],
  ['14', formFinder(false)],
  ['15', switchSeeker],
  ['152', switchSeeker],
  ['191', endurance],
  ['201', curveTracer],
  ['21', convergeToResistance],
  ['220', chronoAmperometry],
  ['33', volatilityRead],
  ['40', playSpikes],
  ['50', multiBias],
  ['161', seekPolarity],
  ['162', watchStability],
  ['163', seekStates('volts')],
  ['164', seekStates('width')],
  ['165', seekStates('pulses')],
]);

/** Jobs that old firmware does not know. */
const recentJobs = new Map<string, VirtualJob>([
  ['141', formFinder(true)],
  ['999', tellVersion],
]);

const resetJob = '00';

/** Bits of one byte on the line: start, eight data, even parity, stop. */
const bitsPerByte = 11;

/** An ArC ONE that is not there. */
export interface VirtualArcOne extends VirtualBoard {
  /** Bytes lost because the input buffer was full. */
  readonly lostBytes: number;
  readonly counts: Readonly<BoardCounts>;
}

/**
 * Build a virtual ArC ONE over an emulated array. It answers any host that speaks to the real one; what the real
 * one does where that is not public is a setting.
 *
 * @param board - what is believed of the real board: the time of a read, and what V/3 means
 */
export function createVirtualArcOne(
  { crossbar, readChannel, clock }: Pick<VirtualBoardOptions, 'crossbar' | 'readChannel' | 'clock'>,
  settings: VirtualSettings,
  board: Pick<ArcOneSettings, 'third' | 'readWidth'>,
): VirtualArcOne {
  const array = new VirtualArray(crossbar, readChannel, board, settings);
  const process = new BoardProcess((input) => firmware(input, array, settings), {
    clock,
    inputBytes: settings.inputBytes,
    realTime: settings.realTime,
    secondsPerByte: bitsPerByte / settings.baudRate,
  });
  return {
    receive: (bytes) => process.receive(bytes),
    attach: (send) => process.attach(send),
    get lostBytes() {
      return process.lostBytes;
    },
    counts: array.counts,
  };
}

function* firmware(input: BoardInput, array: VirtualArray, settings: VirtualSettings): BoardProgram {
  const tokens = new TokenReader(settings.abort === 'anywhere');
  const context = new VirtualContext(tokens, array, settings, input);
  for (;;) {
    const name = yield* tokens.job();
    const job = jobs.get(name) ?? (settings.firmware === 'current' ? recentJobs.get(name) : undefined);
    if (name === resetJob) {
      array.state = initialState();
    } else if (job === undefined) {
      yield* misbehave(settings.unknownJob, input, array);
    } else {
      yield* attempt(job, context, input, array, settings);
    }
  }
}

function* attempt(
  job: VirtualJob,
  context: VirtualContext,
  input: BoardInput,
  array: VirtualArray,
  settings: VirtualSettings,
): Part<void> {
  try {
    yield* job(context);
  } catch (error) {
    // What the emulated array refuses, such as a width below zero, is a bad value to the firmware.
    if (error instanceof BoardReset) {
      array.state = initialState();
    } else if (error instanceof BadValue || error instanceof OhmloomError) {
      yield* misbehave(settings.badValue, input, array);
    } else {
      throw error;
    }
  }
}

function* misbehave(how: (typeof misbehaviours)[number], input: BoardInput, array: VirtualArray): Part<void> {
  if (how === 'reset') {
    input.clear();
    array.state = initialState();
  }
  if (how === 'hang') {
    for (;;) {
      yield* receiveByte();
    }
  }
}
