import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScheduleError } from '../../../src/errors.ts';
import {
  canonicalDigest,
  driverDigest,
  operationDigest,
  safeOperatingAreaDigest,
  scheduleDigest,
} from '../../../src/schedule/digest.ts';
import { encodeSchedule } from '../../../src/schedule/encode.ts';
import { anySchedule } from './arbitraries.ts';
import { changed, driver, limits, pulse, schedule, thrownBy } from './examples.ts';

describe('digest', () => {
  test('is the SHA-256 of the MessagePack bytes, written out here by hand', () => {
    const bytes = Uint8Array.from([
      0x82, 0xa4, 0x6b, 0x69, 0x6e, 0x64, 0xa4, 0x77, 0x61, 0x69, 0x74, 0xa7, 0x73, 0x65, 0x63, 0x6f, 0x6e,
      0x64, 0x73, 0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0,
    ]);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(operationDigest({ kind: 'wait', seconds: 0.5 })).toBe(expected);
  });

  test('of a schedule is the SHA-256 of its file', () => {
    fc.assert(
      fc.property(anySchedule, (any) => {
        expect(scheduleDigest(any)).toBe(createHash('sha256').update(encodeSchedule(any)).digest('hex'));
      }),
      { numRuns: 50 },
    );
  });

  test('stays the same from version to version', () => {
    expect([scheduleDigest(schedule), safeOperatingAreaDigest(limits), driverDigest(driver)]).toEqual([
      '4e06fd7b95f2dc313c6ccb7acb14169cbd28dc042b7dbc6fa7ad57a8706274d8',
      'fc5720bf3d6598a13c04faec14f61fc4d816238bc79a56bed6c96878426a4d22',
      '269fcfe19da11f950dc13069caa10a3bfa12cf0c38eaac431f8f97e3249e6da8',
    ]);
  });

  test('does not depend on the order of keys, undefined members or the sign of zero', () => {
    const shuffled = { width: pulse.width, volts: pulse.volts, bias: pulse.bias, kind: pulse.kind };
    const cell = { bit: pulse.cell.bit, word: pulse.cell.word, note: undefined };
    expect(canonicalDigest({ ...shuffled, cell })).toBe(operationDigest(pulse));
    expect(operationDigest({ ...pulse, volts: -0 })).toBe(operationDigest({ ...pulse, volts: 0 }));
  });

  test.each([
    [['operations', 0, 'cell', 'bit'], 1],
    [['operations', 0, 'volts'], 1 + Number.EPSILON],
    [['operations', 2, 'cells', 0, 'word'], 2],
    [['operations', 6, 'policy', 'parameters', 'start'], 0.25],
    [['geometry', 'wordLines'], 4],
  ])('changes with %j', (path, member) => {
    expect(scheduleDigest(changed(schedule, path, member))).not.toBe(scheduleDigest(schedule));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (volts) => {
    const error = thrownBy(() => scheduleDigest(changed(schedule, ['operations', 0, 'volts'], volts)));
    expect(error).toBeInstanceOf(ScheduleError);
    expect(error).toMatchObject({
      message: `schedule, operation 0, volts: found ${volts}, expected a finite number`,
      details: { operation: 0, field: 'volts' },
    });
  });
});
