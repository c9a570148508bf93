import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { scheduleToPwl } from '../../../src/schedule/to-pwl.ts';
import { geometry, loop, pulse, thrownBy } from './examples.ts';

const size = { wordLines: 2, bitLines: 1 };
const onCell = { ...pulse, cell: { word: 0, bit: 0 }, volts: 1.2, width: 1e-7 };

/** Corners of one source: [seconds, volts]. */
function pointsOf(text: string, line: string): [number, number][] {
  const source = text.replaceAll('\n+ ', ' ').match(new RegExp(`^V${line} ${line} 0 PWL\\((.*)\\)$`, 'mu'));
  const numbers = source![1]!.split(' ').map(Number);
  return numbers.flatMap((value, at) => (at % 2 === 0 ? [[value, numbers[at + 1]!]] : []));
}

describe('scheduleToPwl', () => {
  test('is stable text', () => {
    const text = scheduleToPwl(
      createSchedule(size, [onCell, { ...onCell, volts: -0.6 }]),
      { gap: 1e-6 },
      { riseTime: 1e-9 },
    );
    expect(text).toMatchInlineSnapshot(`
      "* ohmloom-schedule 1: 2 word lines x 1 bit lines
      Vw0 w0 0 PWL(0 0 1e-9 0.6 1e-7 0.6 1.01e-7 0 0.0000011 0 0.000001101 -0.3
      + 0.0000012 -0.3 0.000001201 0)
      Vw1 w1 0 DC 0
      Vb0 b0 0 PWL(0 0 1e-9 -0.6 1e-7 -0.6 1.01e-7 0 0.0000011 0 0.000001101 0.3
      + 0.0000012 0.3 0.000001201 0)
      "
    `);
  });

  test('keeps the area of a pulse: volts times width', () => {
    const points = pointsOf(
      scheduleToPwl(createSchedule(size, [onCell]), { gap: 0 }, { riseTime: 2e-8 }),
      'w0',
    );
    let area = 0;
    for (let at = 1; at < points.length; at++) {
      const [time, volts] = points[at]!;
      const [timeBefore, voltsBefore] = points[at - 1]!;
      expect(time).toBeGreaterThan(timeBefore);
      area += ((volts + voltsBefore) / 2) * (time - timeBefore);
    }
    expect(area).toBeCloseTo(0.6 * 1e-7, 18);
  });

  test('joins two pulses without a gap by one ramp', () => {
    const text = scheduleToPwl(
      createSchedule(size, [onCell, { ...onCell, volts: 1 }]),
      { gap: 0 },
      { riseTime: 1e-9 },
    );
    expect(pointsOf(text, 'w0')).toEqual([
      [0, 0],
      [1e-9, 0.6],
      [1e-7, 0.6],
      [1.01e-7, 0.5],
      [2e-7, 0.5],
      [2.01e-7, 0],
    ]);
  });

  test('names a write-verify loop, which it cannot draw, in a comment', () => {
    const text = scheduleToPwl(createSchedule(geometry, [loop]), { gap: 0 }, { riseTime: 1e-9 });
    expect(text).toContain(
      '* operation 0: programVerify (ispp), at most from 0 s to 2.5859375 s, is not drawn: its pulses depend on reads\n',
    );
    expect(text).toContain('Vw0 w0 0 DC 0\n');
  });

  test('refuses ramps that run into each other', () => {
    const error = thrownBy(() =>
      scheduleToPwl(createSchedule(size, [onCell, onCell]), { gap: 1e-8 }, { riseTime: 2e-8 }),
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toHaveProperty(
      'message',
      'rise time: found 2e-8 s, but line w0 changes again at 1.1e-7 s, before its ramp ends at 1.2e-7 s',
    );
  });

  test('ramps may meet, but not be longer than the pulse', () => {
    const run = (riseTime: number) => scheduleToPwl(createSchedule(size, [onCell]), { gap: 0 }, { riseTime });
    expect(pointsOf(run(1e-7), 'w0')).toEqual([
      [0, 0],
      [1e-7, 0.6],
      [2e-7, 0],
    ]);
    expect(() => run(1.01e-7)).toThrow('rise time: found 1.01e-7 s');
  });

  test.each([0, -1e-9, Number.NaN, 1e-17])('refuses a rise time of %d s', (riseTime) => {
    expect(() => scheduleToPwl(createSchedule(size, [onCell]), { gap: 0 }, { riseTime })).toThrow(UsageError);
  });
});
