import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScheduleError } from '../../../../src/errors.ts';
import { chronoAmperometryJob } from '../../../../firmware-bridge/arc-one/chrono-amperometry.ts';
import { curveTracerJob } from '../../../../firmware-bridge/arc-one/curve-tracer.ts';
import { enduranceJob } from '../../../../firmware-bridge/arc-one/endurance.ts';
import { numberProfiles, type NumberProfile } from '../../../../firmware-bridge/arc-one/number-profile.ts';
import { pulseReadRequest } from '../../../../firmware-bridge/arc-one/pulse-cell.ts';
import { readCellRequest } from '../../../../firmware-bridge/arc-one/read-cells.ts';
import { requestText } from '../../../../firmware-bridge/arc-one/request.ts';
import { wireValue, type WireKind } from '../../../../firmware-bridge/arc-one/wire-value.ts';

const cell = { word: 0, bit: 0 };

describe('what no request carries, whatever the schedule says', () => {
  test.each([
    [12.0001, 1e-6, 'voltage: found 12.0001 V, the board takes -12 to 12 V'],
    [-13, 1e-6, 'voltage: found -13 V'],
    [Number.NaN, 1e-6, 'voltage: found NaN V'],
    [1, 89e-9, 'width: found 8.9e-8 s, the board takes 9e-8 to 10 s'],
    [1, 10.1, 'width: found 10.1 s'],
    [1, 0, 'width: found 0 s'],
    [1, -1e-6, 'width: found -0.000001 s'],
    [1, Number.POSITIVE_INFINITY, 'width: found Infinity s'],
  ])('a pulse of %d V, %d s', (volts, width, message) => {
    expect(() => requestText(pulseReadRequest(cell, volts, width), 'repr')).toThrow(
      `arc-one: job 3, ${message}`,
    );
  });

  test.each([
    [-1, 0],
    [32, 0],
    [0, 32],
    [0.5, 0],
    [Number.NaN, 0],
  ])('cell w%d b%d', (word, bit) => {
    expect(() => requestText(readCellRequest({ word, bit }), 'repr')).toThrow(
      /arc-one: job 1, (?:word|bit) line: found .* the board takes an integer from 1 to 32/u,
    );
  });

  test('the corners of what is allowed go out', () => {
    expect(requestText(pulseReadRequest({ word: 31, bit: 31 }, -12, 10), 'repr')).toBe(
      '3\n32\n32\n-12.0\n10.0\n',
    );
    expect(requestText(pulseReadRequest(cell, 12, 90e-9), 'repr')).toBe('3\n1\n1\n12.0\n9e-08\n');
  });
});

test('%f would make no pulse of a short one, and another of most: both are refused in wire units', () => {
  expect(() => requestText(pulseReadRequest(cell, 1, 90e-9), 'libarc1')).toThrow(
    'width: found 9e-8 s, which would go out as 0.000000, the board takes',
  );
  expect(() => requestText(pulseReadRequest(cell, 1, 1.5e-6), 'libarc1')).toThrow(
    'width: 0.0000015 s would go out as 0.000002, which is another value',
  );
  expect(() => requestText(pulseReadRequest(cell, 1.0000001, 1e-4), 'pyqt')).toThrow(
    'would go out as 1.000000',
  );
  expect(requestText(pulseReadRequest(cell, 1, 90e-9), 'decimal')).toBe('3\n1\n1\n1.0\n0.00000009\n');
});

/** What may stand in a token, written apart from the driver. */
const allowed: Readonly<Record<'volts' | 'width' | 'cutOff' | 'line', (value: number) => boolean>> = {
  volts: (value) => value >= -12 && value <= 12,
  width: (value) => value >= 90e-9 && value <= 10,
  cutOff: (value) => value === 0 || (Math.abs(value) >= 10e-6 && Math.abs(value) <= 1e-3),
  line: (value) => value % 1 === 0 && value > 0 && value < 33,
};

test('whatever is asked for, a token that goes out is within the limits and is what was asked for', () => {
  const value = fc.oneof(
    fc.double(),
    fc.double({ min: -15, max: 15, noNaN: true }),
    fc.double({ min: 1e-9, max: 1e-3, noNaN: true }),
    fc.integer({ min: -5, max: 40 }),
  );
  let sent = 0;
  fc.assert(
    fc.property(value, fc.constantFrom(...numberProfiles), (asked, profile) => {
      for (const kind of ['volts', 'width', 'cutOff', 'line'] as const) {
        const text = textOrRefusal(kind, asked, profile);
        sent += text === null ? 0 : 1;
        expect(text === null || (allowed[kind](Number(text)) && Number(text) === asked)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
  expect(sent).toBeGreaterThan(1000);
});

function textOrRefusal(kind: WireKind, asked: number, profile: NumberProfile): string | null {
  try {
    return requestText({ job: '3', values: [wireValue('x', kind, asked)] }, profile).split('\n')[1] ?? null;
  } catch (error) {
    if (error instanceof ScheduleError) {
      return null;
    }
    throw error;
  }
}

test('cut-offs that the board does not have', () => {
  const train = { volts: 1, width: 1e-4, cutOff: 0, pulses: 1 };
  const job = (cutOff: number, width = 1e-4) =>
    requestText(
      enduranceJob(
        {
          positive: { ...train, cutOff, width },
          negative: { ...train, volts: -1 },
          interpulse: 0,
          cycles: 1,
        },
        'seconds',
      ),
      'repr',
    );
  expect(() => job(5e-6)).toThrow(
    'positive cut-off: found 0.000005 A, the board takes 0 (none), or 0.00001 to',
  );
  expect(() => job(2e-3)).toThrow('positive cut-off: found 0.002 A');
  expect(() => job(1e-4, 29e-6)).toThrow(
    'a cut-off of 0.0001 A with pulses of 0.000029 s, expected 0.00003 s',
  );
  expect(job(10e-6)).toContain('\n1.01e-05\n');
});

test('limits of single jobs', () => {
  expect(() => chronoAmperometryJob({ bias: 1, width: 1, reads: 1 })).toThrow('found 1 reads, expected 2 to');
  const sweep = {
    positive: 1,
    negative: 1,
    start: 0.1,
    step: 0.1,
    width: 3e-3,
    interpulse: 0,
    cutOff: { positive: 0, negative: 0 },
    cycles: 1,
    form: 'pulsed',
    span: 'positive',
    halt: true,
  } as const;
  expect(() => curveTracerJob(sweep, 2e-3)).toThrow(
    'found steps of 0.003 s from 0.1 V, expected at least 0.004 s',
  );
  expect(() => curveTracerJob({ ...sweep, width: 0.05, start: 0.01 }, 2e-3)).toThrow('and 0.05 V');
});
