import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biasSchemes, selectCell } from '../../../src/array/bias.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { scheduleTimes } from '../../../src/schedule/timing.ts';
import { scheduleToVcd } from '../../../src/schedule/to-vcd.ts';
import { cellOf } from './arbitraries.ts';
import { geometry, loop, pulse } from './examples.ts';
import { readDump, valueAt } from './value-change-dump.ts';

describe('scheduleToVcd', () => {
  test('is stable text', () => {
    const small = createSchedule({ wordLines: 2, bitLines: 1 }, [
      { ...pulse, cell: { word: 1, bit: 0 }, volts: 1.2, width: 1e-7 },
      { ...loop, cells: [{ word: 0, bit: 0 }], targets: [1e-5] },
    ]);
    expect(scheduleToVcd(small, { gap: 1e-6 })).toMatchInlineSnapshot(`
      "$version ohmloom schedule 1 $end
      $comment line voltages in volt; while program_verify is 1 the pulses depend on what the reads find $end
      $timescale 10 ns $end
      $scope module crossbar $end
      $var integer 32 ! operation $end
      $var wire 1 " program_verify $end
      $var real 64 # w0 $end
      $var real 64 $ w1 $end
      $var real 64 % b0 $end
      $upscope $end
      $enddefinitions $end
      #0
      b0 !
      0"
      r0 #
      r0.6 $
      r-0.6 %
      #10
      bx !
      r0 $
      r0 %
      #110
      b1 !
      1"
      #129298985
      bx !
      0"
      "
    `);
  });

  test('shows the frame of every pulse from its start to its end, and 0 V in the gaps', () => {
    const pulses = cellOf(geometry).chain((cell) =>
      fc.record({
        kind: fc.constant('pulse' as const),
        cell: fc.constant(cell),
        volts: fc.constantFrom(1, -1.5, 0.3),
        width: fc.integer({ min: 1, max: 50 }).map((ticks) => ticks * 1e-8),
        bias: fc.constantFrom('half' as const, 'third' as const, 'grounded' as const),
      }),
    );
    fc.assert(
      fc.property(fc.array(pulses, { minLength: 1, maxLength: 5 }), (operations) => {
        const schedule = createSchedule(geometry, operations);
        const timing = { gap: 2.5e-7 };
        const dump = readDump(scheduleToVcd(schedule, timing));
        const times = scheduleTimes(schedule, timing);
        const tickOf = (seconds: number): bigint => BigInt(Math.round(seconds / dump.secondsPerTick));
        for (const [id, operation] of operations.entries()) {
          const { start, end } = times[id]!;
          expect(Number(tickOf(start)) * dump.secondsPerTick).toBeCloseTo(start, 18);
          const frame = selectCell(geometry, operation.cell, operation.volts, biasSchemes[operation.bias]);
          for (const inside of [tickOf(start), tickOf(end) - 1n]) {
            expect(valueAt(dump, 'operation', inside)).toBe(id.toString(2));
            expect(valueAt(dump, 'program_verify', inside)).toBe('0');
            frame.wordVolts.forEach((volts, line) => {
              expect(Number(valueAt(dump, `w${line}`, inside))).toBe(volts + 0);
            });
            frame.bitVolts.forEach((volts, line) => {
              expect(Number(valueAt(dump, `b${line}`, inside))).toBe(volts + 0);
            });
          }
          expect(valueAt(dump, 'operation', tickOf(end))).toBe('x');
          expect(Number(valueAt(dump, `w${operation.cell.word}`, tickOf(end)))).toBe(0);
        }
        expect(dump.lastTick).toBe(tickOf(times[times.length - 1]!.end));
      }),
      { numRuns: 40 },
    );
  });

  test('marks a write-verify loop as one interval of its worst case', () => {
    const dump = readDump(
      scheduleToVcd(createSchedule(geometry, [{ kind: 'wait', seconds: 1 }, loop]), { gap: 0 }),
    );
    expect(dump.changes.filter(({ name }) => name === 'program_verify')).toEqual([
      { tick: 0n, name: 'program_verify', value: '0' },
      { tick: BigInt(1 / dump.secondsPerTick), name: 'program_verify', value: '1' },
      { tick: dump.lastTick, name: 'program_verify', value: '0' },
    ]);
    expect(Number(dump.lastTick) * dump.secondsPerTick).toBeCloseTo(1 + 20 / 8 + 22 / 256, 12);
  });

  test.each<[string, number, number, string]>([
    ['100 ns', 1e-7, 1e-6, '100 ns'],
    ['3 x 10 ns in doubles', 3 * 1e-8, 0, '10 ns'],
    ['1.5 ps', 1.5e-12, 0, '100 fs'],
    ['2 s', 2, 0, '1 s'],
    ['500 s', 500, 0, '100 s'],
    ['25 ms with a gap of 1 us', 0.025, 1e-6, '1 us'],
  ])('chooses the coarsest timescale for %s', (_, width, gap, timescale) => {
    const text = scheduleToVcd(createSchedule(geometry, [{ ...pulse, width }, pulse].slice(0, 1)), { gap });
    expect(text).toContain(`$timescale ${timescale} $end`);
  });

  test.each<[string, Operation]>([
    ['operation 0, width', { ...pulse, width: 46.41588833612779e-9 }],
    ['operation 0, seconds', { kind: 'wait', seconds: 1e-16 }],
    ['operation 0, read.width', { ...loop, read: { ...loop.read, width: 1.5e-15 } }],
  ])('refuses to draw an edge where it is not: %s', (where, operation) => {
    expect(() => scheduleToVcd(createSchedule(geometry, [operation]), { gap: 0 })).toThrow(
      `schedule, ${where}: found`,
    );
  });

  test('draws an empty schedule as lines at rest', () => {
    const dump = readDump(scheduleToVcd(createSchedule({ wordLines: 1, bitLines: 1 }, []), { gap: 0 }));
    expect(dump.changes.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'operation=x',
      'program_verify=0',
      'w0=0',
      'b0=0',
    ]);
  });

  test('gives every one of many lines its own code', () => {
    const dump = readDump(
      scheduleToVcd(createSchedule({ wordLines: 200, bitLines: 150 }, [pulse]), { gap: 1 / 64 }),
    );
    expect(new Set(dump.changes.filter(({ tick }) => tick === 0n).map(({ name }) => name)).size).toBe(352);
  });
});
