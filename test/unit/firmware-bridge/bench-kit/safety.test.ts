import { describe, expect, test } from 'vitest';
import { channelList, channelOf } from '../../../../firmware-bridge/bench-kit/crosspoint.ts';
import { benchKit } from '../../../../firmware-bridge/bench-kit/bench-kit.ts';
import type { BenchKitSettings } from '../../../../firmware-bridge/bench-kit/settings.ts';
import { hurriedClock } from '../../../../firmware-bridge/transport/clock.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import { SafetyStop } from '../../../../src/errors.ts';
import type { OperationResult } from '../../../../src/run/backend.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../../../src/schedule/safe-operating-area.ts';
import { boardLimits, checkedProgram } from '../board-program.ts';
import { driver, driverOn, geometry, linesTo, read, settingsOf, virtualBench } from './bench.ts';

const settings = settingsOf('keithley-2400');
const cell = { word: 1, bit: 0 };
const pulse: Operation = { kind: 'pulse', cell, volts: 0.6, width: 5e-3, bias: 'grounded' };

/** Run operations one by one, and keep the commands that went to either instrument, in order. */
async function run(
  operations: readonly Operation[],
  bench = settings,
  limits: SafeOperatingArea = boardLimits,
): Promise<{
  log: string[];
  results: OperationResult[];
  counts: object;
  commands: (from: string) => string[];
}> {
  const clock = new VirtualClock();
  const virtual = virtualBench(clock, bench);
  const log: string[] = [];
  const logged = (board: VirtualBoard, name: string): VirtualBoard => ({
    receive: (bytes) => {
      log.push(`${name} ${Buffer.from(bytes).toString('latin1').trim()}`);
      board.receive(bytes);
    },
    attach: (send) => board.attach(send),
  });
  const lines = linesTo(virtual, clock, {
    source: logged(virtual.board, 'source'),
    matrix: logged(virtual.board.beside.matrix, 'matrix'),
  });
  const backend = driverOn(lines, clock, bench);
  const results: OperationResult[] = [];
  await clock.run(backend.open());
  await clock.run(backend.arm(checkedProgram(geometry, driver, operations, limits)));
  try {
    for (const index of operations.keys()) {
      results.push(await clock.run(backend.execute(index)));
    }
  } finally {
    await clock.run(backend.close());
  }
  const commands = (from: string): string[] =>
    log.filter((line) => line.startsWith(`${from} `)).map((line) => line.slice(from.length + 1));
  return { log, results, counts: virtual.board.counts, commands };
}

describe('what goes over the lines', () => {
  test('a pulse with a 2400 is a list that begins and ends at 0 V', async () => {
    const { commands } = await run([pulse]);
    const sent = commands('source');
    expect(sent.slice(sent.indexOf(':SOUR:DEL 2e-3'))).toEqual([
      ':SOUR:DEL 2e-3',
      ':SOUR:DEL?',
      ':SOUR:LIST:VOLT 0,6e-1,0',
      ':SOUR:VOLT:MODE LIST',
      ':TRIG:COUN 3',
      ':READ?',
      ':SOUR:VOLT:MODE FIX',
      ':SOUR:VOLT 0',
      ':SOUR:VOLT?',
      ':OUTP OFF',
      ':OUTP?',
    ]);
  });

  test('a pulse with a 2600 is one of its factory script', async () => {
    const { commands } = await run([pulse], settingsOf('keithley-2600'));
    const sent = commands('source');
    expect(sent.slice(sent.lastIndexOf('smua.nvbuffer1.clear()'))).toEqual([
      'smua.nvbuffer1.clear()',
      'smua.measure.nplc = 1e-1',
      'print(ConfigPulseVMeasureI(smua, 0, 6e-1, 1e-3, 5e-3, 1e-3, 1, smua.nvbuffer1, 1))',
      'print(InitiatePulseTest(1))',
      'printbuffer(1, 1, smua.nvbuffer1.readings, smua.nvbuffer1.sourcevalues, smua.nvbuffer1.statuses)',
      'smua.source.levelv = 0',
      'print(smua.source.levelv)',
      'smua.source.output = smua.OUTPUT_OFF',
      'print(smua.source.output)',
    ]);
  });

  test('a cell is selected by opening first, closing second, and asking after each', async () => {
    const { commands } = await run([
      {
        kind: 'read',
        cells: [
          { word: 0, bit: 0 },
          { word: 2, bit: 0 },
          { word: 2, bit: 0 },
        ],
        ...read,
      },
    ]);
    const sent = commands('matrix');
    expect(sent.slice(sent.indexOf(':ROUT:MULT:CLOS (@101,110,111,112,116)'))).toEqual([
      ':ROUT:MULT:CLOS (@101,110,111,112,116)',
      '*OPC?',
      ':ROUT:MULT:CLOS?',
      ':ROUT:MULT:OPEN (@101,111)',
      '*OPC?',
      ':ROUT:MULT:CLOS?',
      ':ROUT:MULT:CLOS (@103,109)',
      '*OPC?',
      ':ROUT:MULT:CLOS?',
      ':ROUT:OPEN:ALL',
      '*OPC?',
      ':ROUT:MULT:CLOS?',
    ]);
  });

  test('before every relay moves the source was asked whether it is at 0 V, after everything that it sourced', async () => {
    const operations: readonly Operation[] = [
      pulse,
      { kind: 'read', cells: [cell, { word: 3, bit: 0 }], ...read },
      { ...pulse, cell: { word: 0, bit: 0 } },
    ];
    for (const kind of ['keithley-2400', 'keithley-2600'] as const) {
      const { log, counts } = await run(operations, settingsOf(kind));
      const acts = log
        .map((line) =>
          /^source (?::SOUR:VOLT\?|print\(smua\.source\.levelv\))$/u.test(line)
            ? 'zero'
            : /READ|InitiatePulse|LIST/u.test(line)
              ? 'driven'
              : /^matrix :ROUT:(?:OPEN|MULT:OPEN|MULT:CLOS \()/u.test(line)
                ? 'moved'
                : null,
        )
        .filter((act) => act !== null);
      const hot = acts.filter(
        (act, index) =>
          act === 'moved' && acts.slice(0, index).findLast((before) => before !== 'moved') !== 'zero',
      );
      expect(acts).toContain('moved');
      expect(hot).toEqual([]);
      expect(counts).toMatchObject({ hotSwitches: 0, shorts: 0 });
    }
  });

  test('the smaller of two current limits goes into the instrument', async () => {
    const careful = { ...boardLimits, compliance: { current: 3e-4, seriesResistance: 0, lineCurrent: 1 } };
    const { commands } = await run([{ ...pulse, volts: 0.55 }], settings, careful);
    expect(commands('source')).toContain(':SENS:CURR:PROT 3e-4');
  });
});

describe('the current limit is an outcome of its own', () => {
  const low = (more: object): BenchKitSettings =>
    settingsOf('keithley-2400', { currentLimit: '50 uA', ...more });

  test('a pulse that reaches it ends the run, with the output at 0 V', async () => {
    const ended = run([pulse], low({}));
    await expect(ended).rejects.toBeInstanceOf(SafetyStop);
    await expect(ended).rejects.toMatchObject({ code: 'current-limit', exitCode: 4 });
  });

  test('or is marked, where that was chosen beforehand; the cell saw less than the pulse', async () => {
    const { results } = await run([pulse, { ...pulse, volts: -0.2 }], low({ whenLimited: 'accept' }));
    expect(results.map((result) => (result.kind === 'pulse' ? (result.limited ?? false) : null))).toEqual([
      true,
      false,
    ]);
  });

  test('with a 2600 as well', async () => {
    const soft = settingsOf('keithley-2600', { currentLimit: '50 uA', whenLimited: 'accept' });
    const { results } = await run([pulse], soft);
    expect(results[0]).toMatchObject({ kind: 'pulse', limited: true });
  });

  test('a read that reaches it is no reading', async () => {
    const reading: Operation = { kind: 'read', cells: [cell], ...read };
    const ended = run(
      [reading],
      settingsOf('keithley-2400', { currentLimit: '10 uA', whenLimited: 'accept' }),
    );
    await expect(ended).rejects.toMatchObject({ code: 'read-limited' });
  });
});

describe('what the bench cannot do is refused before anything moves', () => {
  test.each<[string, Operation, string]>([
    ['half select', { ...pulse, bias: 'half' }, 'needs more than one source'],
    ['a third', { ...pulse, bias: 'third' }, 'needs more than one source'],
    [
      'a frame',
      { kind: 'frame', wordVolts: [0.1, 0, 0, 0], bitVolts: [0], width: 5e-3, sense: true },
      'not a frame',
    ],
  ])('%s', async (_, operation, text) => {
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    const backend = driverOn(linesTo(bench, clock), clock, settings);
    await clock.run(backend.open());
    const { moves } = bench.board.counts;
    await expect(clock.run(backend.arm(checkedProgram(geometry, driver, [operation])))).rejects.toThrow(text);
    expect(bench.board.counts.moves).toBe(moves);
  });

  test('one word line takes the unselected bit lines along', async () => {
    const clock = new VirtualClock();
    const size = { wordLines: 1, bitLines: 3 } as const;
    const wired: BenchKitSettings = {
      ...settings,
      matrix: { ...settings.matrix, wordColumns: [1], bitColumns: [2, 3, 4] },
    };
    const bench = virtualBench(clock, wired, size);
    const backend = driverOn(linesTo(bench, clock), clock, wired, driver, size);
    const along = { name: 'along', selectedWord: 1, selectedBit: 0, unselectedWord: 0, unselectedBit: 1 };
    const first: Operation = { kind: 'read', cells: [{ word: 0, bit: 1 }], ...read, bias: along };
    const grounded = checkedProgram(size, driver, [{ ...first, bias: 'grounded' }]);
    await clock.run(backend.open());
    await expect(clock.run(backend.arm(grounded))).rejects.toThrow('leaves a voltage on other cells');
    await clock.run(backend.arm(checkedProgram(size, driver, [first])));
    const result = await clock.run(backend.execute(0));
    const found = result.kind === 'read' ? result.readings[0]?.conductance : 0;
    expect(Math.abs(found! / 1e-4 - 1)).toBeLessThan(1e-5);
    await clock.run(backend.close());
  });

  test.each<[string, () => unknown, string]>([
    [
      'an array of two dimensions',
      () =>
        backendFor(
          { ...settings.matrix, wordColumns: [1, 2], bitColumns: [3, 4] },
          { wordLines: 2, bitLines: 2 },
        ),
      'expected one line of either kind',
    ],
    [
      'an array of another size than the wiring',
      () => backendFor(settings.matrix, { wordLines: 3, bitLines: 1 }),
      '4 x 1',
    ],
    [
      'a grid beyond the source range',
      () => backendFor(settings.matrix, geometry, { maxVolts: 3 }),
      'line.max: found 3',
    ],
    [
      'a grid of shorter pulses',
      () => backendFor(settings.matrix, geometry, { minWidth: 1e-3 }),
      'timer.min',
    ],
    ['settings with a column used twice', () => parse({ bitColumns: [4] }), 'columns that occur once'],
    ['settings with a column beyond the cards', () => parse({ bitColumns: [9] }), 'a card for every column'],
    [
      'settings with both terminals on one row',
      () => parse({ rows: { high: 2, low: 2 } }),
      'two different rows',
    ],
  ])('%s', (_, act, text) => expect(act).toThrow(text));

  function raw(matrix: object): Record<string, unknown> {
    return {
      source: { kind: 'keithley-2400', range: '2 V', currentLimit: '1 mA' },
      matrix: { wordColumns: [1, 2, 3, 4], bitColumns: [8], ...matrix },
    };
  }

  function parse(matrix: object): unknown {
    return benchKit.createVirtualBoard(
      {
        crossbar: virtualBench(hurriedClock, settings).crossbar,
        clock: hurriedClock,
        gap: 0,
        readChannel: undefined as never,
      },
      {},
      raw(matrix),
    );
  }

  function backendFor(
    matrix: BenchKitSettings['matrix'],
    size: { wordLines: number; bitLines: number },
    grid = {},
  ): unknown {
    const bench = virtualBench(hurriedClock, settings);
    const wired = { ...settings, matrix };
    return driverOn(linesTo(bench, hurriedClock), hurriedClock, wired, { ...driver, ...grid }, size);
  }
});

describe('relays', () => {
  test('are numbered row by row, card by card', () => {
    expect(channelOf({ row: 1, column: 1 }, [1])).toBe(101);
    expect(channelOf({ row: 2, column: 1 }, [1])).toBe(109);
    expect(channelOf({ row: 6, column: 8 }, [3])).toBe(348);
    expect(channelOf({ row: 1, column: 9 }, [2, 4])).toBe(401);
    expect(channelList([112, 101])).toBe('(@101,112)');
  });
});
