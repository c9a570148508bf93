import { describe, expect, test } from 'vitest';
import { MemoryStream } from '../../../../firmware-bridge/transport/memory-stream.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { checkedProgram } from '../board-program.ts';
import { runFaultTrials } from '../fault-trials.ts';
import { bias, driver, driverOn, geometry, program, read, virtualBench } from './open-mena-bench.ts';

const short: readonly Operation[] = [
  { kind: 'pulse', cell: { word: 0, bit: 0 }, volts: 0.6, width: 1e-4, bias },
  {
    kind: 'read',
    cells: [
      { word: 0, bit: 0 },
      { word: 2, bit: 1 },
    ],
    ...read,
  },
  { kind: 'pulse', cell: { word: 1, bit: 1 }, volts: -0.6, width: 1e-4, bias },
];

describe('OpenMENA driver on a line that fails', () => {
  test('ends with a typed error before its deadline, 250 times of 250', async () => {
    const passed = await runFaultTrials(
      (fail, clock) => {
        const { board } = virtualBench(clock);
        const backend = driverOn(fail(board), clock);
        return { backend, program: checkedProgram(geometry, driver, short) };
      },
      250,
      12,
    );
    expect(passed).toEqual([]);
  });

  test('a board that restarts in the middle ends the run', async () => {
    const clock = new VirtualClock();
    const { board } = virtualBench(clock);
    const stream = connectBoard(board, 'virtual', { clock });
    const backend = driverOn(stream, clock);
    await clock.run(backend.open());
    await clock.run(backend.arm(checkedProgram(geometry, driver, short)));
    stream.deliver(Buffer.from('Ready to receive commands:\r\n'));
    await expect(clock.run(backend.execute(0))).rejects.toThrow('open-mena: the board has restarted');
    await expect(clock.run(backend.execute(1))).rejects.toThrow('the session has ended');
    expect(board.counts.pulses).toBe(0);
  });

  test.each([
    ['nothing', '', 'bytes came'],
    ['an instrument', 'KEITHLEY INSTRUMENTS INC.,MODEL 2400\n', 'waited'],
    ['a chatterbox', 'hello\n'.repeat(100), 'something else talks on this line'],
  ])('%s on the line is not taken for the board', async (_, answer, text) => {
    const clock = new VirtualClock();
    let asked = '';
    const stream: MemoryStream = new MemoryStream(
      'line',
      (bytes) => {
        asked += Buffer.from(bytes).toString();
        stream.deliver(Buffer.from(answer));
      },
      { clock },
    );
    const backend = driverOn(stream, clock);
    await expect(clock.run(backend.open())).rejects.toThrow(text);
    await clock.run(backend.safe());
    await clock.run(backend.close());
    // It was asked who it is, and told nothing.
    expect(asked).toBe('INFEREMULTIPLE: 0\n');
  });

  test('a board that sets other voltages than it was told is refused', async () => {
    const clock = new VirtualClock();
    const { board } = virtualBench(clock);
    const liar: VirtualBoard = {
      receive: (bytes) => board.receive(bytes),
      attach: (send) =>
        board.attach((bytes) =>
          send(Buffer.from(Buffer.from(bytes).toString().replace('DAC3: 0.750', 'DAC3: 0.812'))),
        ),
    };
    const backend = driverOn(connectBoard(liar, 'virtual', { clock }), clock);
    await expect(clock.run(backend.open())).rejects.toThrow('told to set virtual ground, the board set');
  });

  test('a stop in the middle of a read ends it and leaves the outputs at rest', async () => {
    const clock = new VirtualClock();
    const { crossbar, board } = virtualBench(clock);
    let held = false;
    const slow: VirtualBoard = {
      receive: (bytes) => clock.after(held ? 0.5 : 0, () => board.receive(bytes)),
      attach: (send) => board.attach(send),
    };
    const backend = driverOn(connectBoard(slow, 'virtual', { clock }), clock);
    await clock.run(backend.open());
    await clock.run(backend.arm(program));
    held = true;
    const reading = backend.execute(0).then(
      () => 'done',
      (error: Error) => error.message,
    );
    await clock.run(backend.safe());
    expect(await reading).toBe('open-mena: stopped while it was at work');
    const before = crossbar.conductances();
    await expect(backend.execute(1)).rejects.toThrow('session has ended');
    expect(crossbar.conductances()).toEqual(before);
    await clock.run(backend.close());
  });
});
