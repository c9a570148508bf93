import { expect } from 'vitest';
import type { MemoryStream } from '../../../firmware-bridge/transport/memory-stream.ts';
import { VirtualClock } from '../../../firmware-bridge/transport/virtual-clock.ts';
import { connectBoard } from '../../../firmware-bridge/virtual/connect-board.ts';
import type { VirtualBoard } from '../../../firmware-bridge/virtual/virtual-board.ts';
import { OhmloomError } from '../../../src/errors.ts';
import { RandomStream } from '../../../src/random.ts';
import type { Backend, CheckedProgram } from '../../../src/run/backend.ts';
import { FailingBoard, failures, type Failure } from './failing-board.ts';

/** A line to a virtual board that fails after so many bytes. */
function failingLine(
  board: VirtualBoard,
  failure: Failure,
  afterBytes: number,
  seed: number,
  clock: VirtualClock,
): MemoryStream {
  const failing = new FailingBoard(board, failure, afterBytes, seed, clock);
  const stream = connectBoard(failing, 'failing line', { clock });
  failing.onUnplug = () => stream.unplug();
  return stream;
}

export interface TrialSubject {
  readonly backend: Backend;
  readonly program: CheckedProgram;
}

/**
 * Drive a backend through a program without loops, over lines that fail at a random byte of the answers, and hold it
 * to end every time: with a typed error, before the deadline, and with its say on whether the outputs are safe.
 *
 * @param make - is given the line to use in place of a good one
 * @param longest - deadline for one call, seconds of the virtual clock
 * @returns the trials that did not fail
 */
export async function runFaultTrials(
  make: (line: (board: VirtualBoard) => MemoryStream, clock: VirtualClock) => TrialSubject,
  trials: number,
  longest: number,
): Promise<string[]> {
  const random = new RandomStream(17, 'fault-trials');
  const total = await countBytes(make, longest);
  const passed: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const clock = new VirtualClock();
    const failure = failures[random.integer(failures.length, trial, 0)]!;
    const bytes = failure === 'hung' ? total.sent : total.received;
    const afterBytes = random.integer(bytes, trial, 1);
    const subject = make((board) => failingLine(board, failure, afterBytes, trial, clock), clock);
    if (!(await drive(subject, clock, longest))) {
      passed.push(`trial ${trial}: ${failure} after ${afterBytes} of ${bytes} bytes`);
    }
  }
  return passed;
}

/** Bytes of a run on a good line, either way. */
async function countBytes(
  make: (line: (board: VirtualBoard) => MemoryStream, clock: VirtualClock) => TrialSubject,
  longest: number,
): Promise<{ readonly sent: number; readonly received: number }> {
  const clock = new VirtualClock();
  const total = { sent: 0, received: 0 };
  const tap = {
    sent: (bytes: Uint8Array) => void (total.sent += bytes.length),
    received: (bytes: Uint8Array) => void (total.received += bytes.length),
    ended: () => {},
  };
  const subject = make((board) => connectBoard(board, 'good line', { clock, tap }), clock);
  expect(await runAll(subject, clock, longest)).toBe(false);
  const needed = { ...total };
  await drive(subject, clock, longest);
  return needed;
}

/** Run everything up to the first error; whether there was one. */
async function runAll(
  { backend, program }: TrialSubject,
  clock: VirtualClock,
  longest: number,
): Promise<boolean> {
  const calls = [
    () => backend.open(),
    () => backend.arm(program),
    ...program.schedule.operations.map((_, index) => () => backend.execute(index)),
  ];
  for (const call of calls) {
    if ((await rejection(clock, call, longest)) !== null) {
      return true;
    }
  }
  return false;
}

async function drive(subject: TrialSubject, clock: VirtualClock, longest: number): Promise<boolean> {
  const failed = await runAll(subject, clock, longest);
  // Whether it could be made safe or not, that is said in time, and the line is let go of.
  await rejection(clock, () => subject.backend.safe(), longest);
  await rejection(clock, () => subject.backend.close(), longest);
  return failed;
}

async function rejection(
  clock: VirtualClock,
  call: () => Promise<unknown>,
  longest: number,
): Promise<OhmloomError | null> {
  const start = clock.now();
  const outcome: unknown = await clock.run(call()).then(
    () => null,
    (error: unknown) => error,
  );
  expect(clock.now() - start).toBeLessThanOrEqual(longest);
  if (outcome === null) {
    return null;
  }
  expect(outcome).toBeInstanceOf(OhmloomError);
  expect((outcome as OhmloomError).code).not.toBe('endless-wait');
  return outcome as OhmloomError;
}
