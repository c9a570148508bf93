import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import { OhmloomError } from '../../../../src/errors.ts';
import { RandomStream } from '../../../../src/random.ts';
import { runProgram } from '../../../../src/run/engine.ts';
import { RunControl } from '../../../../src/run/run-control.ts';
import type { RunEvent } from '../../../../src/run/run-record.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import { arcBackend, arcLab, arcSettings, programOf, quietArray, virtualBench } from './bench.ts';
import { FailingBoard, failures, type Failure } from '../failing-board.ts';
import { bindPolicy } from '../../../../src/programming/policy-table.ts';
import { createVirtualArcOne } from '../../../../firmware-bridge/arc-one/virtual-arc-one.ts';
import { virtualSettingsSchema } from '../../../../firmware-bridge/arc-one/virtual-settings.ts';

const lab = await arcLab();
const geometry = createGeometry(2, 2);
const cells = [
  { word: 0, bit: 0 },
  { word: 1, bit: 1 },
];
const { read } = lab;
const { bias } = lab.config.program;
const policy = {
  name: 'ispp',
  parameters: {
    set: { start: 0.5, step: 0.1, stop: 0.8 },
    reset: { start: 0.5, step: 0.1, stop: 0.8 },
    width: 1e-4,
    maxPulses: 8,
  },
};

/** Every kind of act that the board has. */
const operations: Operation[] = Array.from({ length: 3 }, (): Operation[] => [
  { kind: 'read', cells, ...read },
  { kind: 'pulse', cell: cells[0]!, volts: 0.8, width: 1e-3, bias },
  {
    kind: 'programVerify',
    cells,
    targets: [7e-5, 8e-5],
    tolerance: 0.01,
    policy,
    read,
    bias,
    envelope: bindPolicy(policy).envelope(lab.knowledge.setPolarity),
  },
  { kind: 'wait', seconds: 1e-3 },
]).flat();
const program = programOf(lab, geometry, operations);
const settings = arcSettings({
  timeouts: { answer: '200 ms', start: '700 ms', settle: '200 ms' },
});
const { timeouts } = settings;

/** From the fault to the end of the run: one answer, then the attempt to see the board ready again. */
const deadline = timeouts.answer + 1e-3 + 2 * timeouts.settle + timeouts.start + 2 * timeouts.answer;

interface Trial {
  readonly board: FailingBoard;
  readonly error: unknown;
  readonly events: RunEvent[];
  readonly seconds: number;
}

async function trial(failure: Failure, after: number, seed: number): Promise<Trial> {
  const clock = new VirtualClock();
  const virtual = createVirtualArcOne(
    { ...quietArray(lab, geometry), clock },
    virtualSettingsSchema.parse({}),
    settings,
  );
  const board = new FailingBoard(virtual, failure, after, seed, clock);
  const connect = async () => {
    const stream = connectBoard(board, 'virtual', { clock });
    board.onUnplug = () => stream.unplug();
    return stream;
  };
  const events: RunEvent[] = [];
  const run = runProgram({
    backend: arcBackend(lab, geometry, connect, settings, { clock }),
    program,
    control: new RunControl(),
    device: lab.knowledge,
    journal: { append: (event) => void events.push(event) },
  });
  const error: unknown = await clock.run(run).catch((reason: unknown) => reason);
  return { board, error, events, seconds: clock.now() - (board.failedAt ?? clock.now()) };
}

/** How many bytes a whole run takes, each way. */
const whole = await (async () => {
  let sent = 0;
  let received = 0;
  const clock = new VirtualClock();
  const { board } = virtualBench(lab, geometry, { clock });
  const stream = connectBoard(board, 'virtual', {
    clock,
    tap: {
      sent: (bytes) => (sent += bytes.length),
      received: (bytes) => (received += bytes.length),
      ended: () => {},
    },
  });
  const backend = arcBackend(lab, geometry, stream, settings, { clock });
  const events: RunEvent[] = [];
  const journal = { append: (event: RunEvent) => void events.push(event) };
  await clock.run(
    runProgram({ backend, program, control: new RunControl(), device: lab.knowledge, journal }),
  );
  return { sent, received };
})();

const trialsEach = 250;

/** Enough for a machine that has much else to do. */
const long = { timeout: 300_000 };
const typed = ['TransportError', 'ProtocolError', 'ControllerError', 'SafetyStop'];

/** What is wrong with a trial, or null. */
function complaint(failure: Failure, { board, error, events, seconds }: Trial): string | null {
  if (!(error instanceof OhmloomError) || !typed.includes(error.name) || error.code === 'endless-wait') {
    return `ended with ${String(error)}`;
  }
  if (!(seconds <= deadline)) {
    return `ended ${seconds} s after the fault, ${deadline} s are allowed`;
  }
  // What was recorded is what was answered before the fault; nothing is recorded twice or out of order.
  if (events.length >= operations.length || events.some(({ operation }, index) => operation !== index)) {
    return `recorded operations ${events.map(({ operation }) => operation).join(', ')}`;
  }
  const sinceReset = board.requests.slice(board.requests.lastIndexOf('00\n') + 1);
  const askedSafe = sinceReset.length < 4 && sinceReset.every((text) => /^(?:0|01|999)\n/u.test(text));
  if (failure !== 'unplugged' && !askedSafe) {
    return `last said ${JSON.stringify(sinceReset)}`;
  }
  return null;
}

describe.each(failures)('a %s board', (failure) => {
  test(
    `gives a typed error within the deadline, outputs asked to go safe, in ${trialsEach} trials`,
    long,
    async () => {
      const random = new RandomStream(2026, `faults/${failure}`);
      const total = failure === 'hung' ? whole.sent - 4 : whole.received - 1;
      const complaints: string[] = [];
      for (let seed = 0; seed < trialsEach; seed++) {
        const after = 1 + random.integer(total, 0, seed);
        const found = complaint(failure, await trial(failure, after, seed));
        if (found !== null) {
          complaints.push(`seed ${seed}, after ${after} bytes: ${found}`);
        }
      }
      expect(complaints).toEqual([]);
    },
  );
});
