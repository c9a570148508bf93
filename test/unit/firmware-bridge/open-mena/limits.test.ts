import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitCode,
  bitText,
  bitVolts,
  restCode,
  roundingVolts,
  wordCode,
  wordText,
  wordVolts,
} from '../../../../firmware-bridge/open-mena/converters.ts';
import { pulseRequest, readRequest, restRequest } from '../../../../firmware-bridge/open-mena/request.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import { connectBoard } from '../../../../firmware-bridge/virtual/connect-board.ts';
import { permitArray } from '../../../../firmware-bridge/array-permission.ts';
import { openMena } from '../../../../firmware-bridge/open-mena/open-mena.ts';
import { hurriedClock } from '../../../../firmware-bridge/transport/clock.ts';
import type { DriverGrid } from '../../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { boardLimits, checkedProgram } from '../board-program.ts';
import { thresholdKnowledge } from '../threshold-device.ts';
import { bias, driver, driverOn, geometry, read, settings, virtualBench } from './open-mena-bench.ts';

const cell = { word: 0, bit: 0 };
const common = { device: thresholdKnowledge, gap: 0, permission: permitArray('none') };
const pulse: Operation = { kind: 'pulse', cell, volts: 0.6, width: 1e-4, bias };

describe('requests', () => {
  test('are the text that the firmware reads', () => {
    expect(readRequest([[2047, 2593, 0, 4095, 1, 2, 3, 4]])).toBe(
      'INFEREMULTIPLE: 1 2047 2593 0 4095 1 2 3 4',
    );
    expect(
      pulseRequest({
        cell: { word: 3, bit: 7 },
        polarity: 1,
        wordCode: 3000,
        bitCode: 200,
        microseconds: 50,
      }),
    ).toBe('WEIGHTMODIF: 3 7 1 1 1.099084 0.652447 0.750000 0.750000 50');
    expect(
      pulseRequest({
        cell: { word: 3, bit: 7 },
        polarity: -1,
        wordCode: 1000,
        bitCode: 900,
        microseconds: 5,
      }),
    ).toBe('WEIGHTMODIF: 3 7 -1 1 0.750000 0.750000 0.366484 1.027576 5');
    expect(restRequest).toBe(`SETVOLTAGES: ${'0.750000 '.repeat(8)}0.750000`);
  });

  test('every code comes out of the firmware as it went in', () => {
    // The firmware's own arithmetic, in single precision, written down from its source a second time.
    const f = Math.fround;
    for (let code = 0; code <= 4095; code++) {
      const word = f(Number(wordText(code)));
      expect(Math.trunc(f(f(word * 4095) / 1.5))).toBe(code);
      const pin = f((f(Number(bitText(code))) - 0.545) / 0.665);
      expect(Math.trunc(f(pin * 4095) / 3.3)).toBe(code);
    }
  });

  test('rounding goes towards virtual ground and stays within what is stated', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.7, max: 0.7, noNaN: true }), (volts) => {
        const code = wordCode(volts)!;
        expect(Math.abs(wordVolts(code))).toBeLessThanOrEqual(Math.abs(volts) + 1e-9);
        expect(Math.abs(wordVolts(code) - volts)).toBeLessThanOrEqual(roundingVolts);
        const line = bitCode(Math.max(volts, -0.2))!;
        expect(Math.abs(bitVolts(line) - Math.max(volts, -0.2))).toBeLessThanOrEqual(roundingVolts);
        expect(Math.abs(bitVolts(line))).toBeLessThanOrEqual(Math.abs(Math.max(volts, -0.2)) + 6e-4);
      }),
    );
    expect(wordCode(0)).toBe(restCode);
    expect(wordCode(0.76)).toBeNull();
    expect(bitCode(-0.21)).toBeNull();
  });
});

describe('what the board cannot do is refused before anything is sent', () => {
  test.each<[string, Operation, string]>([
    [
      'a pulse with other lines driven',
      { ...pulse, bias: 'third' },
      'the board leaves all other lines at virtual ground',
    ],
    ['a high positive pulse', { ...pulse, bias: 'half' }, 'bit line at -0.3 V from virtual ground'],
    [
      'a read under half select',
      { kind: 'read', cells: [cell], ...read, bias: 'half' },
      'every other line at virtual ground',
    ],
    ['a short read', { kind: 'read', cells: [cell], ...read, width: 1e-3 }, 'keeps the voltage for 0.9 s'],
    [
      'a parallel write',
      { kind: 'frame', wordVolts: [0.1, 0, 0], bitVolts: [0, 0.1], width: 1e-3, sense: false },
      'frames for reading only',
    ],
  ])('%s', async (_, operation, text) => {
    const clock = new VirtualClock();
    const { board } = virtualBench(clock);
    let bytes = 0;
    const counting = {
      attach: board.attach,
      receive: (piece: Uint8Array) => ((bytes += piece.length), board.receive(piece)),
    };
    const backend = driverOn(connectBoard(counting, 'virtual', { clock }), clock);
    await clock.run(backend.open());
    const told = bytes;
    const refused = clock.run(backend.arm(checkedProgram(geometry, driver, [operation])));
    await expect(refused).rejects.toThrow(text);
    await expect(refused).rejects.toThrow('operation 0:');
    await expect(refused).rejects.toMatchObject({ exitCode: 1 });
    expect(bytes).toBe(told);
    expect(board.counts).toEqual({ pulses: 0, reads: 0 });
  });

  test('a read below one code of the converter', async () => {
    const clock = new VirtualClock();
    const { board } = virtualBench(clock);
    const fine = { ...driver, stepVolts: 1e-4 };
    const backend = openMena.createBackend(
      {
        connect: async () => connectBoard(board, 'virtual', { clock }),
        clock,
        geometry,
        driver: fine,
        ...common,
      },
      settings,
    );
    await clock.run(backend.open());
    const program = checkedProgram(geometry, fine, [{ kind: 'read', cells: [cell], ...read, volts: 3e-4 }]);
    await expect(clock.run(backend.arm(program))).rejects.toThrow('finds nothing');
  });

  test('a half-microsecond pulse is no whole tick of a finer grid', async () => {
    const clock = new VirtualClock();
    const fine: DriverGrid = { ...driver, stepWidth: 5e-7 };
    expect(() => backendWith(fine)).toThrow('a multiple of 0.000001 s');
    expect(clock.now()).toBe(0);
  });

  test.each<[string, Partial<DriverGrid>, string]>([
    ['voltage', { maxVolts: 0.8 }, 'controller.line.max: found 0.8'],
    ['negative voltage', { minVolts: -0.76 }, 'controller.line.min: found -0.76'],
    ['width', { minWidth: 1e-6 }, 'controller.timer.min: found 0.000001'],
    ['long width', { maxWidth: 2 }, 'controller.timer.max: found 2'],
    ['error', { errorVolts: 0 }, 'controller.line.error: found 0'],
  ])('a grid beyond the board: %s', (_, change, text) => {
    expect(() => backendWith({ ...driver, ...change })).toThrow(text);
  });

  test('an array beyond the board', () => {
    expect(() => backendWith(driver, { wordLines: 9, bitLines: 8 })).toThrow('array.wordLines: found 9');
  });

  test('settings without the soldered values', () => {
    expect(() => backendWith(driver, geometry, { gain: 10 })).toThrow('controller.board.senseResistor');
    expect(() => backendWith(driver, geometry, { ...settings, gian: 10 })).toThrow('unknown key "gian"');
  });

  test('an array that the board was not told of, without a permission', async () => {
    const clock = new VirtualClock();
    const { board } = virtualBench(clock);
    const backend = driverOn(connectBoard(board, 'virtual', { clock }), clock, { array: undefined });
    await clock.run(backend.open());
    await expect(clock.run(backend.arm(checkedProgram(geometry, driver, [pulse])))).rejects.toMatchObject({
      code: 'array-permission',
      exitCode: 2,
    });
    const other = { ...boardLimits, array: 'another' };
    await expect(
      clock.run(
        driverOn(connectBoard(board, 'virtual', { clock }), clock).arm(
          checkedProgram(geometry, driver, [pulse], other),
        ),
      ),
    ).rejects.toMatchObject({ code: 'wrong-array' });
  });
});

describe('readings that are none are not taken for conductances', () => {
  test.each([
    [
      'an amplifier at its end',
      { gain: 1000, senseResistor: '200 ohm', largestLoading: 0.5 },
      'read-clipped',
    ],
    ['a resistor too large for the cells', { gain: 1, senseResistor: '2 kohm' }, 'bit-line-loaded'],
  ])('%s', async (_, change, code) => {
    const clock = new VirtualClock();
    const { crossbar } = virtualBench(clock);
    const board = openMena.createVirtualBoard(
      { crossbar, clock, gap: 0, readChannel: undefined as never },
      {},
      { ...settings, ...change },
    );
    const backend = driverOn(connectBoard(board, 'virtual', { clock }), clock, change);
    await clock.run(backend.open());
    await clock.run(
      backend.arm(checkedProgram(geometry, driver, [{ kind: 'read', cells: [cell], ...read }])),
    );
    await expect(clock.run(backend.execute(0))).rejects.toMatchObject({ code });
  });
});

test('the board is known by its refusal, and nothing else is', async () => {
  const { board } = virtualBench(hurriedClock);
  const stream = connectBoard(board, 'virtual', { clock: hurriedClock });
  expect(await openMena.identify(stream, hurriedClock)).toBe('OpenMENA');
  const silent = { receive: () => undefined, attach: () => undefined };
  const other = connectBoard(silent, 'silent', { clock: hurriedClock });
  expect(await openMena.identify(other, hurriedClock)).toBeNull();
});

function backendWith(
  grid: DriverGrid,
  size = geometry as { wordLines: number; bitLines: number },
  board: object = settings,
) {
  return openMena.createBackend(
    {
      connect: async () => connectBoard(virtualBench(hurriedClock).board, 'virtual', { clock: hurriedClock }),
      clock: hurriedClock,
      geometry: size,
      driver: grid,
      ...common,
    },
    { ...board },
  );
}
