import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScheduleError } from '../../../src/errors.ts';
import { certify } from '../../../src/schedule/compile.ts';
import { decodeSchedule } from '../../../src/schedule/decode.ts';
import { encodeSchedule } from '../../../src/schedule/encode.ts';
import type { PulseOperation } from '../../../src/schedule/operation.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { requireMatchingCertificate } from '../../../src/schedule/verify.ts';
import { changed, driver, geometry, limits, pulse, schedule, thrownBy } from './examples.ts';

const certificate = certify(schedule, limits, driver);

describe('requireMatchingCertificate', () => {
  test('returns a copy of the schedule that was certified', () => {
    const copy = requireMatchingCertificate(schedule, certificate, limits, driver);
    expect(copy).toEqual(schedule);
    expect(copy).not.toBe(schedule);
    expect(copy.operations[0]).not.toBe(schedule.operations[0]);
  });

  test('does not mind a certificate, schedule or limits that went through JSON', () => {
    const through = <Value>(value: Value): Value => Object(JSON.parse(JSON.stringify(value)));
    expect(() =>
      requireMatchingCertificate(through(schedule), through(certificate), through(limits), through(driver)),
    ).not.toThrow();
  });

  test.each<[string, () => unknown, string]>([
    [
      'a pulse that moved to the next cell',
      () =>
        requireMatchingCertificate(
          changed(schedule, ['operations', 0, 'cell', 'bit'], 3),
          certificate,
          limits,
          driver,
        ),
      'scheduleDigest',
    ],
    [
      'an operation that was repeated',
      () =>
        requireMatchingCertificate(
          createSchedule(geometry, [...schedule.operations, pulse]),
          certificate,
          limits,
          driver,
        ),
      'scheduleDigest',
    ],
    [
      'two operations that changed places',
      () =>
        requireMatchingCertificate(
          createSchedule(geometry, schedule.operations.toReversed()),
          certificate,
          limits,
          driver,
        ),
      'scheduleDigest',
    ],
    [
      'the certificate of another schedule',
      () =>
        requireMatchingCertificate(
          schedule,
          certify(createSchedule(geometry, [pulse]), limits, driver),
          limits,
          driver,
        ),
      'scheduleDigest',
    ],
    [
      'limits that were widened',
      () =>
        requireMatchingCertificate(schedule, certificate, changed(limits, ['voltage', 'line'], 3), driver),
      'safeOperatingAreaDigest',
    ],
    [
      'a controller with coarser steps',
      () => requireMatchingCertificate(schedule, certificate, limits, changed(driver, ['stepVolts'], 0.5)),
      'driverDigest',
    ],
  ])('refuses %s', (_, act, digest) => {
    const error = thrownBy(act);
    expect(error).toBeInstanceOf(ScheduleError);
    expect(error).toMatchObject({ code: 'certificate-mismatch', details: { digest } });
    expect(error).toHaveProperty('message', expect.stringContaining(`certificate: ${digest} is `));
  });

  test('refuses a schedule file in which any one byte was edited', () => {
    const bytes = encodeSchedule(schedule);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const edited = Uint8Array.from(bytes);
        edited[at]! ^= flip;
        expect(
          thrownBy(() => requireMatchingCertificate(decodeSchedule(edited), certificate, limits, driver)),
        ).toBeInstanceOf(ScheduleError);
      }),
      { numRuns: 300 },
    );
  });

  test('refuses a schedule that was changed after the check, and is not touched by a change after its own', () => {
    const cell = { ...pulse.cell };
    const mutable: PulseOperation[] = [{ ...pulse, cell }];
    const program = createSchedule(geometry, mutable);
    const proof = certify(program, limits, driver);
    const copy = requireMatchingCertificate(program, proof, limits, driver);
    cell.bit = 0;
    mutable.push({ ...pulse, volts: 2 });
    expect(copy).toEqual(createSchedule(geometry, [pulse]));
    expect(() => requireMatchingCertificate(program, proof, limits, driver)).toThrow('scheduleDigest is');
  });

  test.each<[string, readonly (string | number)[], unknown]>([
    ['another format', ['format'], 'ohmloom-schedule'],
    ['another version', ['version'], 2],
    ['a missing digest', ['driverDigest'], undefined],
    ['a digest that is not one', ['scheduleDigest'], 'abc'],
    ['a member that it does not know', ['signature'], 'x'],
    ['a margin below 0', ['limits', 0, 'margin'], -0.1],
  ])('refuses a certificate with %s', (_, path, member) => {
    const forged = changed(certificate, path, member);
    expect(() => requireMatchingCertificate(schedule, forged, limits, driver)).toThrow('certificate, ');
  });
});
