import { expect } from 'vitest';
import { MemoryStream } from '../../../firmware-bridge/transport/memory-stream.ts';
import { VirtualClock } from '../../../firmware-bridge/transport/virtual-clock.ts';
import type { VirtualBoard } from '../../../firmware-bridge/virtual/virtual-board.ts';
import { OhmloomError } from '../../../src/errors.ts';
import { RandomStream } from '../../../src/random.ts';
import type { Backend, CheckedProgram } from '../../../src/run/backend.ts';

/** What goes wrong after some bytes of answers. */
export const lineFaults = ['hung', 'half-answers', 'babbling', 'unplugged'] as const;

export type LineFault = (typeof lineFaults)[number];

/** A line to a virtual board that fails after so many bytes of its answers; what it says unasked does not count. */
function failingLine(
  board: VirtualBoard,
  fault: LineFault,
  afterBytes: number,
  seed: number,
  clock: VirtualClock,
): MemoryStream {
  const random = new RandomStream(seed, 'babble');
  let asked = false;
  let sent = 0;
  const take = (bytes: Uint8Array): void => {
    asked = true;
    board.receive(bytes);
  };
  const stream: MemoryStream = new MemoryStream('failing line', take, { clock });
  board.attach((bytes) => {
    for (const byte of bytes) {
      sent += asked ? 1 : 0;
      if (sent <= afterBytes) {
        stream.deliver(Uint8Array.of(byte));
      } else if (fault === 'half-answers' && sent % 2 === 0) {
        stream.deliver(Uint8Array.of(byte));
      } else if (fault === 'babbling') {
        stream.deliver(Uint8Array.of(random.integer(256, 0, sent)));
      } else if (fault === 'unplugged') {
        stream.unplug();
      }
    }
  });
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
  const total = await answerBytes(make, longest);
  const passed: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const clock = new VirtualClock();
    const fault = lineFaults[random.integer(lineFaults.length, trial, 0)]!;
    const afterBytes = random.integer(total, trial, 1);
    const subject = make((board) => failingLine(board, fault, afterBytes, trial, clock), clock);
    if (!(await drive(subject, clock, longest))) {
      passed.push(`trial ${trial}: ${fault} after ${afterBytes} of ${total} bytes`);
    }
  }
  return passed;
}

/** Bytes of answers in a run on a good line. */
async function answerBytes(
  make: (line: (board: VirtualBoard) => MemoryStream, clock: VirtualClock) => TrialSubject,
  longest: number,
): Promise<number> {
  const clock = new VirtualClock();
  let total = 0;
  const subject = make((board) => {
    const counting: VirtualBoard = {
      receive: (bytes) => board.receive(bytes),
      attach: (send) =>
        board.attach((bytes) => {
          total += bytes.length;
          send(bytes);
        }),
    };
    return failingLine(counting, 'hung', Number.POSITIVE_INFINITY, 0, clock);
  }, clock);
  expect(await runAll(subject, clock, longest)).toBe(false);
  const answered = total;
  await drive(subject, clock, longest);
  return answered;
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
