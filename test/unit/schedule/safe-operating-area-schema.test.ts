import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../../src/errors.ts';
import { safeOperatingAreaDigest } from '../../../src/schedule/digest.ts';
import {
  parseSafeOperatingArea,
  readSafeOperatingArea,
  safeOperatingAreaSchema,
} from '../../../src/schedule/safe-operating-area-schema.ts';
import { changed, limits, thrownBy } from './examples.ts';

const file = `
format: ohmloom-soa
version: 1
array: 32 x 32 TiOx on the probe card
source: measured on dummy devices
voltage:
  pulse: { positive: 2.5 V, negative: 2.8 V }
  read: { positive: 300 mV, negative: 0 V }
  line: 2.6 V
  unselected: 1.4 V
width:
  pulse: { min: 20 ns, max: 1 ms }
  read: { min: 1 us, max: 10 ms }
envelope:
  - { volts: 500 mV, width: 10 ms }
  - { volts: 2 V, width: 100 us }
  - { volts: 2.8 V, width: 1 us }
energy: { perPulse: 500 nJ, lowestResistance: 1 kohm }
compliance: { current: 2 mA, seriesResistance: 500 ohm, lineCurrent: 30 mA }
halfSelect:
  - { volts: 0.7 V, total: 1 s }
  - { volts: 1.2 V, total: 10 ms }
endurance: { pulsesPerCell: 10000, cyclesPerCell: 1000, readsPerCell: 1000000 }
response:
  conductance: { min: 1 uS, max: 1 mS }
  relativeStep: 3
  wrongDirection: 4
`;

const written: Record<string, unknown> = Object(parse(file));

/** Every path to something that is not a container, in the form for people. */
function leafPaths(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) {
    return [path];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    leafPaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

describe('readSafeOperatingArea', () => {
  test('reads strings with units as SI numbers', () => {
    expect(readSafeOperatingArea(written)).toEqual({
      format: 'ohmloom-soa',
      version: 1,
      array: '32 x 32 TiOx on the probe card',
      source: 'measured on dummy devices',
      voltage: {
        pulse: { positive: 2.5, negative: 2.8 },
        read: { positive: 0.3, negative: 0 },
        line: 2.6,
        unselected: 1.4,
      },
      width: { pulse: { min: 20e-9, max: 1e-3 }, read: { min: 1e-6, max: 10e-3 } },
      envelope: [
        { volts: 0.5, width: 10e-3 },
        { volts: 2, width: 100e-6 },
        { volts: 2.8, width: 1e-6 },
      ],
      energy: { perPulse: 500e-9, lowestResistance: 1000 },
      compliance: { current: 2e-3, seriesResistance: 500, lineCurrent: 30e-3 },
      halfSelect: [
        { volts: 0.7, total: 1 },
        { volts: 1.2, total: 10e-3 },
      ],
      endurance: { pulsesPerCell: 10_000, cyclesPerCell: 1000, readsPerCell: 1_000_000 },
      response: { conductance: { min: 1e-6, max: 1e-3 }, relativeStep: 3, wrongDirection: 4 },
    });
  });

  test('refuses a file in which any one limit is missing', () => {
    const paths = leafPaths(written);
    expect(paths.length).toBe(36);
    for (const path of paths) {
      const error = thrownBy(() => readSafeOperatingArea(changed(written, path, undefined), 'lab.yaml'));
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({
        code: 'soa-missing',
        message: expect.stringMatching(/^lab\.yaml, .+: is missing$/u),
        hint: 'A limit that is not stated is forbidden ground: state every one.',
      });
    }
  });

  test.each<[readonly (string | number)[], unknown, string]>([
    [['voltage', 'line'], 2.6, 'voltage.line: found 2.6, expected a string with its unit, such as "1.2 V"'],
    [['voltage', 'line'], '2.6', 'expected the unit V after the number'],
    [['voltage', 'line'], '2.6M', 'expected the unit V with one of the prefixes'],
    [['voltage', 'line'], '1 us', 'expected the unit V'],
    [['voltage', 'line'], '-1 V', 'voltage.line: found "-1 V", expected 0 or more'],
    [['voltage', 'pulse', 'positive'], '.inf V', 'voltage: found ".inf V", expected a number with its unit'],
    [['width', 'pulse', 'max'], '1 ns', 'width.pulse.max: max must not be below min'],
    [['envelope'], [], 'envelope: found a list of 0, expected at least one entry'],
    [
      ['envelope', 1, 'volts'],
      '500 mV',
      'envelope[1]: volts must rise from entry to entry and width must not',
    ],
    [
      ['envelope', 1, 'width'],
      '11 ms',
      'envelope[1]: volts must rise from entry to entry and width must not',
    ],
    [
      ['halfSelect', 1, 'volts'],
      '600 mV',
      'halfSelect[1]: volts must rise from entry to entry and total must not',
    ],
    [
      ['halfSelect', 1, 'total'],
      '2 s',
      'halfSelect[1]: volts must rise from entry to entry and total must not',
    ],
    [
      ['energy', 'lowestResistance'],
      '0 ohm',
      'energy.lowestResistance: found "0 ohm", expected a number above 0',
    ],
    [
      ['endurance', 'pulsesPerCell'],
      1.5,
      'endurance.pulsesPerCell: found 1.5, expected an integer of 0 or more',
    ],
    [
      ['endurance', 'pulsesPerCell'],
      '9',
      'endurance.pulsesPerCell: found "9", expected an integer of 0 or more',
    ],
    [['response', 'conductance', 'max'], '1 uS', 'response.conductance.max: max must be above min'],
    [['response', 'relativeStep'], 0, 'response.relativeStep: found 0, expected a number above 0'],
    [['response', 'wrongDirection'], 0, 'response.wrongDirection: found 0, expected 1 or more'],
    [
      ['voltage', 'form'],
      '4 V',
      'voltage: found unknown key "form", expected only the keys pulse, read, line, unselected',
    ],
    [['format'], 'ohmloom-schedule', 'format: found "ohmloom-schedule", expected'],
    [['version'], 2, 'version: found 2, expected'],
    [['source'], '', 'source: found "", expected text that is not empty'],
  ])('refuses %j as %j', (path, member, message) => {
    const error = thrownBy(() => readSafeOperatingArea(changed(written, path, member)));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`safe operating area, ${message.includes(':') ? '' : path.join('.')}`),
    );
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });

  test('takes a table of one entry and steps of equal width', () => {
    expect(() =>
      readSafeOperatingArea(changed(written, ['envelope'], [{ volts: '1 V', width: '1 s' }])),
    ).not.toThrow();
    expect(() => readSafeOperatingArea(changed(written, ['envelope', 1, 'width'], '10 ms'))).not.toThrow();
  });

  test('has a JSON Schema for editors, in the form for people', () => {
    const schema: unknown = z.toJSONSchema(safeOperatingAreaSchema, { io: 'input' });
    expect(schema).toMatchObject({
      required: expect.arrayContaining(['voltage', 'envelope', 'halfSelect']),
      properties: { voltage: { properties: { line: { type: 'string', unit: 'voltage' } } } },
    });
  });
});

describe('parseSafeOperatingArea', () => {
  test('takes back what JSON.stringify wrote, with the same digest', () => {
    const area = readSafeOperatingArea(written);
    const copy = parseSafeOperatingArea(JSON.parse(JSON.stringify(area)));
    expect(copy).toEqual(area);
    expect(safeOperatingAreaDigest(copy)).toBe(safeOperatingAreaDigest(area));
  });

  test('does not take strings, missing limits or numbers that are not finite', () => {
    expect(() => parseSafeOperatingArea(written)).toThrow(
      'voltage.pulse.positive: found "2.5 V", expected a finite number',
    );
    expect(() => parseSafeOperatingArea(changed(limits, ['halfSelect'], undefined))).toThrow(
      'halfSelect: is missing',
    );
    expect(() =>
      parseSafeOperatingArea(changed(limits, ['energy', 'perPulse'], Number.POSITIVE_INFINITY)),
    ).toThrow('energy.perPulse: found Infinity, expected a finite number of 0 or more');
  });
});
