import { describe, expect, test } from 'vitest';
import { roundOperation, roundSchedule } from '../../../src/schedule/round-operation.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { driver, geometry, loop, pulse, schedule } from './examples.ts';

const { stepVolts, stepWidth } = driver;

describe('roundOperation', () => {
  test('goes to the code on the side of less stress', () => {
    const asked = { ...pulse, volts: 3.9 * stepVolts, width: 7.9 * stepWidth };
    expect(roundOperation(asked, driver)).toEqual({ ...pulse, volts: 3 * stepVolts, width: 7 * stepWidth });
    expect(roundOperation({ ...asked, volts: -asked.volts }, driver).volts).toBe(-3 * stepVolts);
  });

  test('rounds every line of a frame, and the reads and pulses of a loop', () => {
    const frame = {
      kind: 'frame' as const,
      wordVolts: [1.5 * stepVolts],
      bitVolts: [-2.5 * stepVolts],
      width: 1,
      sense: true,
    };
    expect(roundOperation(frame, driver)).toEqual({
      ...frame,
      wordVolts: [stepVolts],
      bitVolts: [-2 * stepVolts],
    });
    const rounded = roundOperation(
      {
        ...loop,
        read: { ...loop.read, volts: 16.5 * stepVolts },
        envelope: { ...loop.envelope, pulses: [{ volts: 1, width: 2.5 * stepWidth }] },
      },
      driver,
    );
    expect(rounded.read.volts).toBe(16 * stepVolts);
    expect(rounded.envelope.pulses).toEqual([{ volts: 1, width: 2 * stepWidth }]);
    expect(rounded.targets).toEqual(loop.targets);
  });

  test('leaves alone what is on the grid', () => {
    expect(roundSchedule(schedule, driver)).toEqual(schedule);
    expect(roundSchedule(createSchedule(geometry, []), driver).operations).toEqual([]);
  });
});
