import { describe, expect, test } from 'vitest';
import type { BenchKitSettings } from '../../../../firmware-bridge/bench-kit/settings.ts';
import { MemoryStream } from '../../../../firmware-bridge/transport/memory-stream.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';
import type { VirtualBoard } from '../../../../firmware-bridge/virtual/virtual-board.ts';
import type { Operation } from '../../../../src/schedule/operation.ts';
import { checkedProgram } from '../board-program.ts';
import { runFaultTrials } from '../fault-trials.ts';
import { driver, driverOn, geometry, linesTo, read, settingsOf, virtualBench } from './bench.ts';

const cell = { word: 1, bit: 0 };
const short: readonly Operation[] = [
  { kind: 'pulse', cell, volts: 0.6, width: 5e-3, bias: 'grounded' },
  { kind: 'read', cells: [cell, { word: 2, bit: 0 }], ...read },
];
const program = checkedProgram(geometry, driver, short);

/** Longest that one call may take: a few answers that do not come, each with its deadline of two seconds. */
const longest = 6;

/** A line that changes what a virtual instrument answers. */
function changed(board: VirtualBoard, change: (text: string) => string): VirtualBoard {
  return {
    receive: (bytes) => board.receive(bytes),
    attach: (send) =>
      board.attach((bytes) => send(Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1'))),
  };
}

/** A virtual instrument to which some commands do not get through. */
function deafTo(board: VirtualBoard, pattern: RegExp): VirtualBoard {
  return {
    receive: (bytes) => {
      if (!pattern.test(Buffer.from(bytes).toString('latin1'))) {
        board.receive(bytes);
      }
    },
    attach: (send) => board.attach(send),
  };
}

describe.each([
  ['keithley-2400', 'source'],
  ['keithley-2600', 'source'],
  ['keithley-2400', 'matrix'],
] as const)('bench with a %s, the line to the %s fails', (kind, which) => {
  test('ends with a typed error before its deadline, 120 times of 120', async () => {
    const settings = settingsOf(kind);
    const passed = await runFaultTrials(
      (line, clock) => {
        const bench = virtualBench(clock, settings);
        const good = linesTo(bench, clock);
        const lines =
          which === 'source'
            ? { ...good, source: line(bench.board) }
            : { ...good, matrix: line(bench.board.beside.matrix) };
        return { backend: driverOn(lines, clock, settings), program };
      },
      120,
      longest,
    );
    expect(passed).toEqual([]);
  });
});

describe('what an instrument is told and what it holds are compared before anything is armed', () => {
  test.each([
    ['keithley-2400', 'a current limit that is ignored', /CURR:PROT \d/u, ':SENS:CURR:PROT? is'],
    ['keithley-2400', 'a measuring range that is ignored', /CURR:RANG \d/u, ':SENS:CURR:RANG? is'],
    ['keithley-2400', 'a source range that is ignored', /VOLT:RANG \d/u, ':SOUR:VOLT:RANG:AUTO? is'],
    ['keithley-2400', 'automatic delays that stay on', /DEL:AUTO OFF/u, ':SOUR:DEL:AUTO? is'],
    ['keithley-2400', 'an output that does not go on', /OUTP ON/u, ':OUTP? is'],
    ['keithley-2600', 'a current limit that is ignored', /limiti = /u, 'print(smua.source.limiti) is'],
    [
      'keithley-2600',
      'a source range that stays automatic',
      /autorangev = |rangev = /u,
      'print(smua.source.rangev) is',
    ],
    [
      'keithley-2600',
      'a measuring range that stays automatic',
      /autorangei = /u,
      'print(smua.measure.autorangei) is',
    ],
  ] as const)('%s: %s', async (kind, _, pattern, text) => {
    const { refused, bench } = await armWith(settingsOf(kind), pattern);
    expect(refused).toContain(text);
    expect(bench.board.counts.shorts).toBe(0);
  });

  test('a limit that the instrument rejects is found in its error queue or its settings', async () => {
    const { refused } = await armWith(settingsOf('keithley-2400'), /NPLC \d/u);
    expect(refused).toContain(':SENS:CURR:NPLC? is 1, it was set to 0.1');
  });

  test('errors from before are none of this session', async () => {
    const settings = settingsOf('keithley-2400');
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    bench.board.receive(Buffer.from('999\nINFEREMULTIPLE: 0\n'));
    const backend = driverOn(linesTo(bench, clock), clock, settings);
    await clock.run(backend.open());
    await expect(clock.run(backend.arm(program))).resolves.toBeUndefined();
    await clock.run(backend.close());
  });

  async function armWith(settings: BenchKitSettings, pattern: RegExp) {
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    const before = bench.crossbar.conductances();
    const backend = driverOn(
      linesTo(bench, clock, { source: deafTo(bench.board, pattern) }),
      clock,
      settings,
    );
    await clock.run(backend.open());
    const refused = await clock.run(backend.arm(program)).then(
      () => 'armed',
      (error: Error) => error.message,
    );
    await expect(clock.run(backend.execute(0))).rejects.toThrow('session has ended');
    await clock.run(backend.close());
    expect(bench.crossbar.conductances()).toEqual(before);
    return { refused, bench };
  }
});

describe('answers that are wrong end the session', () => {
  const settings = settingsOf('keithley-2400');

  test.each<[string, (text: string) => string, string]>([
    [
      'a list of three other voltages',
      (text) => text.replace('+6.000000E-01', '+6.100000E-01'),
      'it says 0, 0.61, 0 V',
    ],
    ['no number', (text) => text.replace(/(?<=E-01,)\S+?(?=,)/u, 'ERROR'), 'expected 9 numbers'],
    ['too few numbers', (text) => text.replace(/,\S+\n/u, '\n'), 'expected 9 numbers'],
  ])('%s', async (_, change, text) => {
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    const source = changed(bench.board, (line) => (line.split(',').length > 8 ? change(line) : line));
    const backend = driverOn(linesTo(bench, clock, { source }), clock, settings);
    await clock.run(backend.open());
    await clock.run(backend.arm(program));
    await expect(clock.run(backend.execute(0))).rejects.toThrow(text);
    await clock.run(backend.close());
  });

  test('relays that are not where they were sent', async () => {
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    const matrix = changed(bench.board.beside.matrix, (line) => line.replace('(@102,', '(@101,102,'));
    const backend = driverOn(linesTo(bench, clock, { matrix }), clock, settings);
    await clock.run(backend.open());
    await clock.run(backend.arm(program));
    await expect(clock.run(backend.execute(0))).rejects.toMatchObject({ code: 'relays-differ' });
    expect(bench.board.counts.shorts).toBe(0);
  });

  test.each([
    ['another maker', 'HEWLETT-PACKARD,34401A,0,11-5-2\n', 'expected'],
    ['the other instrument of the bench', 'KEITHLEY INSTRUMENTS INC.,MODEL 2750,1,A09\n', 'expected'],
  ])('%s on the line of the source is told nothing', async (_, answer, text) => {
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    let told = '';
    const source: MemoryStream = new MemoryStream(
      'line',
      (bytes) => {
        told += Buffer.from(bytes).toString();
        source.deliver(Buffer.from(answer));
      },
      { clock },
    );
    const backend = driverOn({ ...linesTo(bench, clock), source }, clock, settings);
    await expect(clock.run(backend.open())).rejects.toThrow(text);
    await clock.run(backend.safe());
    await clock.run(backend.close());
    expect(told).toBe('*IDN?\n');
  });

  test('a mainframe without the card', async () => {
    const clock = new VirtualClock();
    const bench = virtualBench(clock, settings);
    const matrix = changed(bench.board.beside.matrix, (line) => line.replace('7709', '7700'));
    const backend = driverOn(linesTo(bench, clock, { matrix }), clock, settings);
    await expect(clock.run(backend.open())).rejects.toThrow('slot 1 holds 7700, expected a 7709');
  });
});
