import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OhmloomError, ScheduleError } from '../../../src/errors.ts';
import { certify } from '../../../src/schedule/compile.ts';
import { scheduleFromJson } from '../../../src/schedule/decode.ts';
import { scheduleDigest } from '../../../src/schedule/digest.ts';
import { scheduleToJson } from '../../../src/schedule/encode.ts';
import { createSchedule, type Schedule } from '../../../src/schedule/schedule.ts';
import { requireMatchingCertificate } from '../../../src/schedule/verify.ts';
import { changed, driver, geometry, limits, pulse, schedule, thrownBy } from './examples.ts';

type Path = readonly (string | number)[];

/** Paths to every number inside a value. */
function numberPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'number') {
    return [path];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    numberPaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The parameters of a policy are its own business, and are checked by its own schema. */
const paths = numberPaths(schedule).filter((path) => !path.includes('parameters'));

/** What no field of a schedule takes. */
const poison = fc.constantFrom<unknown[]>(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e308,
  -1e308,
  1n,
  '1',
  '1e999',
  '1 V',
  null,
  true,
  [1],
  {},
  { valueOf: () => 1 },
  new Float64Array(1),
);

describe('certify', () => {
  test('takes the schedule that the poisoned ones start from', () => {
    expect(() => certify(schedule, limits, driver)).not.toThrow();
    expect(paths.length).toBeGreaterThan(50);
  });

  test('refuses any number replaced by something that is not one, or is absurd', () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), poison, (path, evil) => {
        // A wait may be as long as it likes, a tolerance as generous, and a target is a wish.
        const unbounded = path.includes('targets') || ['seconds', 'tolerance'].includes(String(path.at(-1)));
        fc.pre(!(evil === 1e308 && unbounded));
        const error = thrownBy(() => certify(changed(Object(schedule), path, evil), limits, driver));
        expect(error).toBeInstanceOf(ScheduleError);
      }),
      { numRuns: 600 },
    );
  });

  test('refuses a limit or a driver in which any number is missing or is not one', () => {
    const broken = fc.constantFrom<unknown[]>(
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -1e308,
      '1 V',
      null,
    );
    fc.assert(
      fc.property(fc.constantFrom(...numberPaths(limits)), broken, (path, evil) => {
        expect(thrownBy(() => certify(schedule, changed(limits, path, evil), driver))).toBeInstanceOf(
          OhmloomError,
        );
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...numberPaths(driver)), broken, (path, evil) => {
        // A driver may reach as far down as it likes.
        fc.pre(!(evil === -1e308 && path[0] === 'minVolts'));
        expect(thrownBy(() => certify(schedule, limits, changed(driver, path, evil)))).toBeInstanceOf(
          OhmloomError,
        );
      }),
      { numRuns: 100 },
    );
  });

  test.each<[string, unknown]>([
    ['millivolts written as volts', { ...pulse, volts: 1200 }],
    ['nanoseconds written as seconds', { ...pulse, width: 100 }],
    ['seconds written as nanoseconds', { ...pulse, width: 1e-16 }],
    ['a negative width', { ...pulse, width: -1 / 8 }],
    ['a word line past the end', { ...pulse, cell: { word: geometry.wordLines, bit: 0 } }],
    ['a bit line before the start', { ...pulse, cell: { word: 0, bit: -1 } }],
    ['a cell between two lines', { ...pulse, cell: { word: 0.5, bit: 0 } }],
    ['volts under a wrong name', { ...pulse, volts: undefined, voltage: 1 }],
    ['a limit that it brings along', { ...pulse, limits: { voltage: 9 } }],
    [
      'a scheme that multiplies',
      { ...pulse, bias: { name: 'x', selectedWord: 9, selectedBit: 8, unselectedWord: 0, unselectedBit: 0 } },
    ],
    [
      'a scheme that floods the rest',
      { ...pulse, bias: { name: 'x', selectedWord: 1, selectedBit: 0, unselectedWord: 9, unselectedBit: 0 } },
    ],
    [
      'a frame with a line too many',
      { kind: 'frame', wordVolts: [0, 0, 0, 1], bitVolts: [0, 0, 0, 0], width: 1, sense: false },
    ],
    ['an operation from a class', Object.assign(Object.create({ kind: 'pulse' }), pulse)],
  ])('refuses %s', (_, operation) => {
    const program = createSchedule(geometry, [Object(operation)]);
    expect(thrownBy(() => certify(program, limits, driver))).toBeInstanceOf(ScheduleError);
  });

  test('refuses 1e999 that arrives as JSON', () => {
    const text = scheduleToJson(schedule).replace('"seconds":0.5', '"seconds":1e999');
    expect(text).toContain('1e999');
    expect(() => certify(scheduleFromJson(text), limits, driver)).toThrow('found Infinity');
  });

  test('certifies what it read, when a member answers differently each time', () => {
    let asked = 0;
    const shifty: Schedule = createSchedule(geometry, [
      {
        ...pulse,
        get volts() {
          asked += 1;
          return asked === 1 ? 1 : 2;
        },
      },
    ]);
    const certificate = certify(shifty, limits, driver);
    expect(certificate.scheduleDigest).toBe(scheduleDigest(createSchedule(geometry, [pulse])));
    expect(() => requireMatchingCertificate(shifty, certificate, limits, driver)).toThrow(
      'scheduleDigest is',
    );
  });
});
