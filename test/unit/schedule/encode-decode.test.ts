import * as fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { ScheduleError } from '../../../src/errors.ts';
import { decodeSchedule, scheduleFromJson } from '../../../src/schedule/decode.ts';
import { scheduleDigest } from '../../../src/schedule/digest.ts';
import { encodeSchedule, scheduleToJson } from '../../../src/schedule/encode.ts';
import { createSchedule, type Schedule } from '../../../src/schedule/schedule.ts';
import { anySchedule } from './arbitraries.ts';
import { changed, geometry, pulse, schedule, thrownBy } from './examples.ts';

const plainPackr = new Packr({ useRecords: false, variableMapSize: true });

/** Decode bytes that may be damaged: a schedule, or null for the one error that is allowed. */
function decodeOrRefuse(bytes: Uint8Array): Schedule | null {
  try {
    return decodeSchedule(bytes);
  } catch (error) {
    if (error instanceof ScheduleError) {
      return null;
    }
    throw error;
  }
}

describe('encode and decode', () => {
  test('are inverse over MessagePack, for any schedule', () => {
    fc.assert(
      fc.property(anySchedule, (any) => {
        expect(decodeSchedule(encodeSchedule(any))).toEqual(any);
      }),
    );
  });

  test('are inverse over JSON, for any schedule', () => {
    fc.assert(
      fc.property(anySchedule, (any) => {
        expect(scheduleFromJson(scheduleToJson(any))).toEqual(any);
      }),
    );
  });

  test('write 0 for -0 in both forms', () => {
    const signed = createSchedule(geometry, [
      { kind: 'frame', wordVolts: [1, -0, 0], bitVolts: [0, 0, -0, 0], width: 1, sense: false },
    ]);
    for (const copy of [decodeSchedule(encodeSchedule(signed)), scheduleFromJson(scheduleToJson(signed))]) {
      expect(copy.operations[0]).toEqual({
        ...signed.operations[0],
        wordVolts: [1, 0, 0],
        bitVolts: [0, 0, 0, 0],
      });
      expect(scheduleDigest(copy)).toBe(scheduleDigest(signed));
    }
  });

  test('write JSON with one operation a line', () => {
    expect(scheduleToJson(createSchedule(geometry, [pulse, { kind: 'wait', seconds: 1e-6 }]))).toBe(
      [
        '{"format":"ohmloom-schedule","version":1,"geometry":{"wordLines":3,"bitLines":4},"operations":[',
        '{"kind":"pulse","cell":{"word":1,"bit":2},"volts":1,"width":0.125,"bias":"half"},',
        '{"kind":"wait","seconds":0.000001}',
        ']}',
        '',
      ].join('\n'),
    );
  });

  test('refuse to write what could not be read', () => {
    expect(() => encodeSchedule(changed(schedule, ['operations', 0, 'width'], -1))).toThrow(ScheduleError);
    expect(() => scheduleToJson(changed(schedule, ['operations', 0, 'note'], 'x'))).toThrow(ScheduleError);
  });
});

describe('decodeSchedule', () => {
  const bytes = encodeSchedule(schedule);

  test('never takes a changed byte for the same program', () => {
    const digests: string[] = [];
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x80]) {
        const damaged = Uint8Array.from(bytes);
        damaged[at]! ^= flip;
        const decoded = decodeOrRefuse(damaged);
        digests.push(...(decoded === null ? [] : [scheduleDigest(decoded)]));
      }
    }
    // A digit of a voltage can be flipped without making the file unreadable: that is what the digest is for.
    expect(digests.length).toBeGreaterThan(0);
    expect(digests).not.toContain(scheduleDigest(schedule));
  });

  test('refuses every prefix and every byte too many', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decodeOrRefuse(bytes.slice(0, length))).toBeNull();
    }
    expect(decodeOrRefuse(Uint8Array.from([...bytes, 0xc0]))).toBeNull();
  });

  test('answers garbage with a ScheduleError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        expect(decodeOrRefuse(garbage)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('answers a damaged file with a ScheduleError or another digest', () => {
    const digest = scheduleDigest(schedule);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (damage) => {
          const damaged = Uint8Array.from(bytes);
          for (const [at, flip] of damage) {
            damaged[at]! ^= flip;
          }
          const decoded = decodeOrRefuse(damaged);
          const same = damaged.every((byte, at) => byte === bytes[at]);
          expect(decoded !== null && scheduleDigest(decoded) === digest).toBe(same);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('refuses another version with a hint', () => {
    const later = plainPackr.pack({ format: 'ohmloom-schedule', version: 2, steps: [] });
    expect(thrownBy(() => decodeSchedule(later))).toMatchObject({
      code: 'schedule-version',
      message: 'schedule: found version 2, expected 1',
      hint: 'The file was written by another version of ohmloom.',
    });
  });

  test('refuses the same content in another encoding', () => {
    // Keys in another order.
    expect(() => decodeSchedule(plainPackr.pack(schedule))).toThrow('encoding that is not canonical');
    // The record extension of the library.
    expect(() => decodeSchedule(new Packr({ useRecords: true }).pack(schedule))).toThrow('found type 0x');
  });

  test('refuses a key that is given twice', () => {
    // {"a": 1, "a": 2} in place of the empty policy parameters {}.
    const empty = encodeSchedule(changed(schedule, ['operations', 6, 'policy', 'parameters'], {}));
    const text = Buffer.from('parameters');
    const at = Buffer.from(empty).indexOf(text) + text.length;
    expect(empty[at]).toBe(0x80);
    const twice = Uint8Array.from([
      ...empty.slice(0, at),
      ...Buffer.from('82a16101a16102', 'hex'),
      ...empty.slice(at + 1),
    ]);
    expect(decodeOrRefuse(twice)).toBeNull();
  });

  test('refuses numbers that are not in their shortest form', () => {
    const at = bytes.lastIndexOf(0x0a);
    expect(bytes[at]).toBe(0x0a);
    expect(
      decodeOrRefuse(Uint8Array.from([...bytes.slice(0, at), 0xcc, 0x0a, ...bytes.slice(at + 1)])),
    ).toBeNull();
  });
});

describe('scheduleFromJson', () => {
  test('refuses 1e999, which JSON.parse reads as Infinity', () => {
    const text = scheduleToJson(schedule).replace('"volts":1,', '"volts":1e999,');
    expect(() => scheduleFromJson(text)).toThrow(
      'schedule, operation 0, volts: found Infinity, expected a finite number',
    );
  });

  test('refuses a key given twice, of which JSON.parse keeps the last', () => {
    const text = scheduleToJson(schedule).replace('"volts":1,', '"volts":1,"volts":2,');
    expect(() => scheduleFromJson(text)).toThrow('found 1 key(s) given twice in one object');
  });

  test.each(['', '{', 'volts: 1', '{"a": NaN}', '[1,]'])('refuses %j', (text) => {
    expect(() => scheduleFromJson(text)).toThrow('schedule: found text that is not JSON');
  });
});
