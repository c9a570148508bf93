import { describe, expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import { TransportError } from '../../../../src/errors.ts';
import { backendLaws } from '../../../../src/laws/backend-laws.ts';
import { RandomStream } from '../../../../src/random.ts';
import { runProgram } from '../../../../src/run/engine.ts';
import { RunControl } from '../../../../src/run/run-control.ts';
import type { CellResult } from '../../../../src/run/backend.ts';
import { SimulatedBackend } from '../../../../src/run/simulated-backend.ts';
import type { Operation, ProgramVerifyOperation } from '../../../../src/schedule/operation.ts';
import { bindPolicy } from '../../../../src/programming/policy-table.ts';
import { createVirtualArcOne } from '../../../../firmware-bridge/arc-one/virtual-arc-one.ts';
import { virtualSettingsSchema } from '../../../../firmware-bridge/arc-one/virtual-settings.ts';
import { systemClock } from '../../../../firmware-bridge/transport/clock.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import {
  arcBackend,
  arcLab,
  arcSettings,
  memoryBackend,
  programOf,
  quietArray,
  run,
  virtualBench,
  writeVerifyProgram,
} from './bench.ts';

const lab = await arcLab();
const geometry = createGeometry(3, 4);
const { read } = lab;
const { bias } = lab.config.program;
const cells = [
  { word: 0, bit: 1 },
  { word: 2, bit: 3 },
];

const kinds: Operation[] = [
  { kind: 'read', cells, ...read },
  { kind: 'pulse', cell: cells[0]!, volts: 0.8, width: 1e-4, bias },
  { kind: 'pulse', cell: cells[0]!, volts: -0.8, width: 1e-4, bias },
  { kind: 'wait', seconds: 1e-3 },
];

describe('the laws of a backend hold for the driver in front of the virtual board', () => {
  const laws = backendLaws(() => ({
    backend: memoryBackend(lab, geometry, virtualBench(lab, geometry)),
    program: programOf(lab, geometry, [
      ...kinds,
      ...writeVerifyProgram(lab, geometry).schedule.operations.slice(0, 1),
    ]),
    device: lab.knowledge,
  }));

  test.each(laws.map((law) => [law.name, law] as const))('%s', async (_, law) => {
    await expect(law.check({ numRuns: 3 })).resolves.toBeUndefined();
  });
});

test('single pulses and reads are what the simulated backend does', async () => {
  const program = programOf(lab, geometry, kinds);
  const events = await run(lab, memoryBackend(lab, geometry, virtualBench(lab, geometry)), program);
  const plain = await run(lab, new SimulatedBackend(quietArray(lab, geometry)), program);
  const shown = events.map(({ result }) => ({ ...result, readings: null, cost: null }));
  expect(shown).toEqual(plain.map(({ result }) => ({ ...result, readings: null, cost: null })));
  for (const [index, { result }] of events.entries()) {
    expect(result.cost.seconds).toBeCloseTo(plain[index]!.result.cost.seconds, 12);
  }
  const conductancesOf = (record: typeof events) =>
    record.flatMap(({ result }) =>
      result.kind === 'read' ? result.readings.map((one) => one.conductance) : [],
    );
  const reference = conductancesOf(plain);
  for (const [index, conductance] of conductancesOf(events).entries()) {
    expect(conductance / reference[index]!).toBeCloseTo(1, 6);
  }
});

test('the board is told once what does not change: read mode and bias go out when they differ', async () => {
  const sent: string[] = [];
  const { board } = virtualBench(lab, geometry);
  const stream = connectBoard(board, 'virtual', {
    clock: systemClock,
    tap: {
      sent: (bytes) => void sent.push(Buffer.from(bytes).toString().replaceAll('\n', '|')),
      received: () => {},
      ended: () => {},
    },
  });
  await run(lab, arcBackend(lab, geometry, stream), programOf(lab, geometry, kinds));
  expect(sent).toEqual([
    '00|',
    '0|50|3|4|2|0|1|0.5|',
    '01|2|0.5|',
    '999|',
    '01|2|0.2|',
    '1|1|2|',
    '1|3|4|',
    '02|1|2|04|0.8|0.0001|999|',
    '02|1|2|04|-0.8|0.0001|999|',
    '00|',
  ]);
});

test('a negative read voltage goes out with read mode 3, and the answer is a conductance all the same', async () => {
  const { board } = virtualBench(lab, geometry);
  const negative: Operation = { ...read, kind: 'read', cells: [cells[0]!], volts: -0.2 };
  const stream = connectBoard(board, 'virtual', { clock: systemClock });
  const [event] = await run(lab, arcBackend(lab, geometry, stream), programOf(lab, geometry, [negative]));
  const result = event?.result;
  expect(result?.kind === 'read' && result.readings[0]!.conductance).toBeGreaterThan(5e-5);
});

describe('converge-to-state', () => {
  const parameters = {
    volts: { start: 0.4, step: 0.1, stop: 0.8 },
    width: { start: 1e-4, growth: 1, stop: 2e-4 },
    pulses: 10,
    reversals: 5,
    maxPulses: 602,
  };

  function loop(changes: Partial<typeof parameters> = {}): ProgramVerifyOperation {
    const policy = { name: 'converge-to-state', parameters: { ...parameters, ...changes } };
    return {
      kind: 'programVerify',
      cells,
      targets: [8.2e-5, 7.2e-5],
      tolerance: 0.01,
      policy,
      read,
      bias,
      envelope: bindPolicy(policy).envelope(lab.knowledge.setPolarity),
    };
  }

  async function converge(operation: ProgramVerifyOperation, settings = arcSettings()) {
    const sent: string[] = [];
    const { board } = virtualBench(lab, geometry);
    const tap = {
      sent: (bytes: Uint8Array) => void sent.push(Buffer.from(bytes).toString()),
      received: () => {},
      ended: () => {},
    };
    const stream = connectBoard(board, 'virtual', { clock: systemClock, tap });
    const events = await run(
      lab,
      arcBackend(lab, geometry, stream, settings),
      programOf(lab, geometry, [operation]),
    );
    const result = events[0]?.result;
    const found: readonly CellResult[] = result?.kind === 'programVerify' ? result.cells : [];
    return { found, jobs: sent.filter((text) => text.startsWith('21\n')).length };
  }

  test('runs as job 21 where its parameters fit, with the pulses of the emulator', async () => {
    const { found, jobs } = await converge(loop());
    expect(jobs).toBe(2);
    const plain = await run(
      lab,
      new SimulatedBackend(quietArray(lab, geometry)),
      programOf(lab, geometry, [loop()]),
    );
    const reference = plain[0]?.result;
    for (const [index, cell] of found.entries()) {
      const other = reference?.kind === 'programVerify' ? reference.cells[index]! : undefined;
      expect(cell.outcome).toBe('converged');
      expect(Math.abs(cell.conductance / cell.target - 1)).toBeLessThanOrEqual(0.01);
      const pulses = cell.trace.map(({ volts, width }) => [volts, width]);
      const expected = other?.trace.map(({ volts, width }) => [volts, width]) ?? [];
      expect(pulses.length).toBeGreaterThan(0);
      expect(pulses.slice(0, Math.min(pulses.length, expected.length))).toEqual(
        expected.slice(0, pulses.length),
      );
    }
  });

  test.each<[string, ProgramVerifyOperation, Record<string, unknown>]>([
    ['other reversals', loop({ reversals: 3 }), {}],
    ['an envelope that the board could exceed', loop({ maxPulses: 100 }), {}],
    [
      'widths whose growth is not known',
      loop({ width: { start: 5e-5, growth: 1, stop: 2e-4 }, maxPulses: 950 }),
      {},
    ],
    ['amplitudes between two steps', loop({ volts: { start: 0.4005, step: 0.3995, stop: 0.8 } }), {}],
    ['a lab that does not want it', loop(), { convergeOnBoard: false }],
  ])('runs pulse by pulse for %s, and converges too', async (_, operation, settings) => {
    const { found, jobs } = await converge(operation, arcSettings(settings));
    expect(jobs).toBe(0);
    expect(found.map(({ outcome }) => outcome)).toEqual(['converged', 'converged']);
  });

  test('a target that the device cannot take is read once and not pulsed', async () => {
    const { found, jobs } = await converge({ ...loop(), targets: [8.2e-5, 1e-2] });
    expect(jobs).toBe(1);
    expect(found[1]).toMatchObject({ outcome: 'unreachable', reads: 1, trace: [] });
  });
});

describe('old firmware', () => {
  const settings = arcSettings({ firmware: 'old' });
  const virtual = { firmware: 'old' };

  test('is never asked for its version, and verifies every pulse', async () => {
    const { board } = virtualBench(lab, geometry, { virtual });
    const stream = connectBoard(board, 'virtual', { clock: systemClock });
    const program = programOf(
      lab,
      geometry,
      writeVerifyProgram(lab, geometry).schedule.operations.slice(0, 1),
    );
    const events = await run(lab, arcBackend(lab, geometry, stream, settings), program);
    expect(events).toHaveLength(1);
  });

  test('cannot confirm a pulse without a read, so there is none', async () => {
    const { board } = virtualBench(lab, geometry, { virtual });
    const stream = connectBoard(board, 'virtual', { clock: systemClock });
    const backend = arcBackend(lab, geometry, stream, settings);
    await expect(run(lab, backend, programOf(lab, geometry, kinds))).rejects.toThrow(
      'cannot confirm a pulse',
    );
    expect(board.counts.pulses).toBe(0);
  });

  test('taken for current firmware is found out at the start', async () => {
    const clock = new VirtualClock();
    const { board } = virtualBench(lab, geometry, { virtual, clock });
    const stream = connectBoard(board, 'virtual', { clock });
    const backend = arcBackend(lab, geometry, stream, arcSettings(), { clock });
    await expect(clock.run(backend.open())).rejects.toMatchObject({ code: 'no-answer' });
  });
});

describe('safe() in the middle of an act', () => {
  function slowBoard() {
    const clock = new VirtualClock();
    const array = quietArray(lab, geometry);
    const board = createVirtualArcOne(
      { ...array, clock },
      virtualSettingsSchema.parse({ realTime: true, latency: '50 ms' }),
      arcSettings(),
    );
    const stream = connectBoard(board, 'virtual', { clock });
    const settings = arcSettings({ timeouts: { answer: '2 s', start: '2 s', settle: '1 s' } });
    return { clock, board, backend: arcBackend(lab, geometry, stream, settings, { clock }) };
  }

  test('resets the board, hears that it is ready, and the act ends with an error', async () => {
    const { clock, board, backend } = slowBoard();
    const program = writeVerifyProgram(lab, geometry);
    const acting = (async () => {
      await backend.open();
      await backend.arm(program);
      return backend.execute(3 * 3);
    })();
    let stopped: Promise<void> = Promise.resolve();
    clock.after(1.42, () => {
      stopped = backend.safe();
    });
    await expect(clock.run(acting)).rejects.toMatchObject({ name: 'ControllerError', code: 'stopped' });
    await clock.run(stopped);
    const { pulses, reads } = board.counts;
    await clock.run(backend.close());
    await clock.run(new Promise<void>((resolve) => clock.after(60, resolve)));
    expect(board.counts).toMatchObject({ pulses, reads });
  });

  test('through the engine: a stop ends the run with the outputs confirmed', async () => {
    const { clock, backend, board } = slowBoard();
    const control = new RunControl();
    clock.after(2.5, () => control.requestStop());
    const running = runProgram({
      backend,
      program: writeVerifyProgram(lab, geometry),
      control,
      device: lab.knowledge,
      journal: { append: () => {} },
    });
    await expect(clock.run(running)).rejects.toMatchObject({ code: 'stopped' });
    expect(board.lostBytes).toBe(0);
  });

  test('says so when the board cannot be reached, with the first fault in the message', async () => {
    const clock = new VirtualClock();
    const { board } = virtualBench(lab, geometry, { clock });
    const stream = connectBoard(board, 'virtual', { clock });
    const backend = arcBackend(lab, geometry, async () => stream, arcSettings(), { clock });
    const program = programOf(lab, geometry, kinds);
    await clock.run(backend.open());
    await clock.run(backend.arm(program));
    stream.unplug();
    await expect(clock.run(backend.execute(0))).rejects.toMatchObject({ code: 'unplugged' });
    await expect(clock.run(backend.safe())).rejects.toMatchObject({
      name: 'TransportError',
      code: 'outputs-unknown',
      message: 'virtual: the line was unplugged; the outputs could not be confirmed safe',
    });
    await clock.run(backend.close());
  });
});

test('a line that cannot be opened is one error, and nothing is armed', async () => {
  const missing = new TransportError('port-missing', '/dev/none: there is no such port');
  const backend = arcBackend(lab, geometry, () => Promise.reject(missing));
  await expect(run(lab, backend, programOf(lab, geometry, kinds))).rejects.toBe(missing);
  await expect(backend.arm(programOf(lab, geometry, kinds))).rejects.toMatchObject({ code: 'not-open' });
  await backend.close();
  await backend.close();
});

/** Enough for a machine that has much else to do. */
const long = { timeout: 300_000 };

test('100,000 random operations: no protocol error, and every byte is accounted for', long, async () => {
  const small = createGeometry(4, 4);
  const random = new RandomStream(3, 'operations');
  const count = 100_000;
  const { safeOperatingArea } = lab;
  const enduring = {
    ...safeOperatingArea,
    endurance: { pulsesPerCell: 1e6, cyclesPerCell: 1e6, readsPerCell: 1e6 },
    halfSelect: [{ volts: 0.01, total: 1e6 }],
    response: { ...safeOperatingArea.response, conductance: { min: 1e-6, max: 1e-2 } },
  };
  const operations = Array.from({ length: count }, (_, index): Operation => {
    const cell = { word: random.integer(4, 0, index), bit: random.integer(4, 1, index) };
    const sign = random.integer(2, 2, index) === 0 ? 1 : -1;
    const volts = (sign * (100 + random.integer(700, 3, index))) / 1000;
    const width = 1e-6 * (1 + random.integer(20, 4, index));
    return random.integer(2, 5, index) === 0
      ? { kind: 'read', cells: [cell], ...read }
      : { kind: 'pulse', cell, volts, width, bias };
  });
  const ofLab = { ...lab, safeOperatingArea: enduring };
  const { board } = virtualBench(lab, small);
  const backend = memoryBackend(ofLab, small, { board, array: quietArray(lab, small) });
  await backend.open();
  await backend.arm(programOf(ofLab, small, operations));
  for (let index = 0; index < count; index++) {
    await backend.execute(index);
  }
  await backend.close();
  expect(board.counts.pulses + board.counts.reads).toBe(count);
  expect(board.lostBytes).toBe(0);
});
