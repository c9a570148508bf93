import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { operationSeconds, scheduleTimes } from '../../../src/schedule/timing.ts';
import { waveform } from '../../../src/schedule/waveform.ts';
import { anySchedule } from './arbitraries.ts';
import { geometry, loop, pulse, schedule } from './examples.ts';

describe('operationSeconds', () => {
  const gap = 1 / 1024;

  test.each([
    ['a pulse', { ...pulse, width: 1e-7 }, 1e-7],
    ['a wait', { kind: 'wait' as const, seconds: 0.25 }, 0.25],
    ['a frame', { kind: 'frame' as const, wordVolts: [], bitVolts: [], width: 1e-6, sense: true }, 1e-6],
    // Two reads with a gap between them.
    ['a read of two cells', schedule.operations[2]!, 2 / 64 + gap],
    // Of each of two cells 10 pulses of 1/8 s and 11 reads of 1/256 s: 42 acts, 41 gaps.
    ['a write-verify loop', loop, 20 / 8 + 22 / 256 + 41 * gap],
    [
      'a loop that only reads',
      { ...loop, envelope: { ...loop.envelope, maxPulses: 0 } },
      22 / 256 + 21 * gap,
    ],
  ])('of %s', (_, operation, seconds) => {
    expect(operationSeconds(operation, { gap })).toBe(seconds);
  });
});

describe('scheduleTimes', () => {
  test('adds decimal times without rounding errors', () => {
    const pulses = createSchedule(
      geometry,
      Array.from({ length: 10_000 }, () => ({ ...pulse, width: 1e-7 })),
    );
    const times = scheduleTimes(pulses, { gap: 1e-6 });
    expect(times[0]).toEqual({ start: 0, end: 1e-7 });
    expect(times[3]).toEqual({ start: 3.3e-6, end: 3.4e-6 });
    expect(times[9999]).toEqual({ start: 10.9989e-3, end: 10.999e-3 });
  });

  test('agrees with the intervals of the waveform', () => {
    fc.assert(
      fc.property(anySchedule, fc.double({ min: 0, max: 1, noNaN: true }), (any, gap) => {
        const times = scheduleTimes(any, { gap });
        const intervals = [...waveform(any, { gap })];
        for (const [index, time] of times.entries()) {
          const own = intervals.filter((interval) => interval.index === index);
          expect(Number(`${own[0]!.start}e-15`)).toBe(time.start);
          expect(Number(`${own[own.length - 1]!.end}e-15`)).toBe(time.end);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('of nothing is nothing', () => {
    expect(scheduleTimes(createSchedule(geometry, []), { gap: 1 })).toEqual([]);
  });
});
