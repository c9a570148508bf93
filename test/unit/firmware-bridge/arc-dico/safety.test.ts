import { describe, expect, test } from 'vitest';
import { arcDico } from '../../../../firmware-bridge/arc-dico/arc-dico.ts';
import { encodeRequest } from '../../../../firmware-bridge/arc-dico/packet.ts';
import { MemoryStream } from '../../../../firmware-bridge/transport/memory-stream.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { boardLimits, checkedProgram } from '../board-program.ts';
import { runFaultTrials } from '../fault-trials.ts';
import { driver, driverOn, geometry, raw, read, virtualBench, watched } from './dico-bench.ts';

const cell = { word: 1, bit: 0 };
const pulse: Operation = { kind: 'pulse', cell, volts: 0.6, width: 5e-3, bias: 'grounded' };
const reading: Operation = { kind: 'read', cells: [cell, { word: 2, bit: 0 }], ...read };
const short = [pulse, reading];

test('gates move only while the source is at 0 V, all are discharged first, and one is on', async () => {
  const clock = new VirtualClock();
  const bench = virtualBench(clock);
  const { gates, output } = bench.board;
  const driven: number[] = [];
  const selected: number[][] = [];
  const board = watched(bench.board, () => {
    driven.push(output.volts);
    selected.push(gates.selected);
  });
  const backend = driverOn(bench, clock, { gates: connectBoard(board, 'dico', { clock }) });
  await clock.run(backend.open());
  await clock.run(backend.arm(checkedProgram(geometry, driver, short)));
  await clock.run(backend.execute(0));
  expect(gates.selected).toEqual([1]);
  await clock.run(backend.execute(1));
  expect(gates.selected).toEqual([2]);
  await clock.run(backend.close());
  expect(gates.selected).toEqual([]);
  expect(new Set(driven)).toEqual(new Set([0]));
  expect(Math.max(...selected.map((words) => words.length))).toBe(1);
});

describe('both sides that no longer count the same bytes', () => {
  test.each(['lost', 'doubled'] as const)(
    'a byte that was %s ends the session; the gates end at 0 V',
    async (what) => {
      for (let damaged = 0; damaged < 24; damaged++) {
        const clock = new VirtualClock();
        const bench = virtualBench(clock);
        let count = -1;
        const board: VirtualBoard = {
          receive: (bytes) => {
            for (const byte of bytes) {
              const hit = count >= 0 && count++ === damaged;
              bench.board.receive(
                hit ? Uint8Array.from(what === 'lost' ? [] : [byte, byte]) : Uint8Array.of(byte),
              );
            }
          },
          attach: (send) => bench.board.attach(send),
        };
        const backend = driverOn(bench, clock, { gates: connectBoard(board, 'dico', { clock }) });
        await clock.run(backend.open());
        await clock.run(backend.arm(checkedProgram(geometry, driver, short)));
        count = 0;
        await expect(clock.run(backend.execute(0))).rejects.toMatchObject({ exitCode: 3 });
        const before = bench.crossbar.conductances();
        await clock.run(backend.safe());
        expect(bench.board.gates.selected).toEqual([]);
        await expect(clock.run(backend.execute(1))).rejects.toThrow('session has ended');
        expect(bench.crossbar.conductances()).toEqual(before);
        await clock.run(backend.close());
      }
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7])(
    'a board found with %i bytes of a request is brought into step',
    async (left) => {
      const clock = new VirtualClock();
      const bench = virtualBench(clock);
      bench.board.receive(encodeRequest({ command: 'status', code: 0, mask: 0 }).subarray(0, left));
      const backend = driverOn(bench, clock);
      await clock.run(backend.open());
      await clock.run(backend.close());
      const stream = connectBoard(bench.board, 'dico', { clock });
      bench.board.receive(Uint8Array.of(0x39, 0x39));
      expect(await clock.run(arcDico.identify(stream, clock))).toBe('ArC DiCo, firmware 1.0');
    },
  );
});

describe('lines that fail', () => {
  test.each(['gates', 'source'] as const)(
    'the %s: a typed error before its deadline, 120 times of 120',
    async (which) => {
      const passed = await runFaultTrials(
        (line, clock) => {
          const bench = virtualBench(clock);
          const bad = line(which === 'gates' ? bench.board : bench.board.beside.source);
          return {
            backend: driverOn(bench, clock, { [which]: bad }),
            program: checkedProgram(geometry, driver, short),
          };
        },
        120,
        6,
      );
      expect(passed).toEqual([]);
    },
  );

  test('something else on the line is told nothing but zeros and the end of a line', async () => {
    const clock = new VirtualClock();
    const told: number[] = [];
    const stream: MemoryStream = new MemoryStream(
      'line',
      (bytes) => {
        told.push(...bytes);
        stream.deliver(Buffer.from('what?\n'));
      },
      { clock },
    );
    expect(await clock.run(arcDico.identify(stream, clock))).toBeNull();
    expect(new Set(told)).toEqual(new Set([0, 10]));
  });
});

describe('what the boards cannot do is refused before a gate moves', () => {
  test.each<[string, Operation, string]>([
    ['half select', { ...pulse, bias: 'half' }, 'drives more than one cell'],
    [
      'a frame',
      { kind: 'frame', wordVolts: [0.1, 0, 0], bitVolts: [0], width: 5e-3, sense: true },
      'not a frame',
    ],
  ])('%s', async (_, operation, text) => {
    const clock = new VirtualClock();
    const bench = virtualBench(clock);
    const backend = driverOn(bench, clock);
    await clock.run(backend.open());
    await expect(clock.run(backend.arm(checkedProgram(geometry, driver, [operation])))).rejects.toThrow(text);
    expect(bench.board.gates.selected).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['an array with more gates than lines', { pins: [1, 2] }, 'an array of 3 x 1 lines and 2 gates'],
    ['a gate voltage above the limit', { voltage: '5 V' }, 'up to `highest`'],
    ['a limit that the board does not make', { highest: '19 V' }, 'the board makes 0 to 18.24 V'],
    ['a pin that occurs twice', { pins: [1, 1, 2] }, 'pins that occur once'],
  ])('%s', (_, change, text) => {
    const clock = new VirtualClock();
    const gates = { ...raw.gates, ...change };
    expect(() => driverOn(virtualBench(clock), clock, {}, { gates })).toThrow(text);
  });

  test('an array that the lab does not name, without a permission', async () => {
    const clock = new VirtualClock();
    const backend = driverOn(virtualBench(clock), clock, {}, { array: undefined });
    await clock.run(backend.open());
    await expect(clock.run(backend.arm(checkedProgram(geometry, driver, short)))).rejects.toMatchObject({
      code: 'array-permission',
    });
    const other = checkedProgram(geometry, driver, short, { ...boardLimits, array: 'another' });
    await expect(clock.run(driverOn(virtualBench(clock), clock).arm(other))).rejects.toMatchObject({
      code: 'wrong-array',
    });
  });
});
