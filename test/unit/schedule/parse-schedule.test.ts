import { describe, expect, test } from 'vitest';
import { biasSchemes } from '../../../src/array/bias.ts';
import { ScheduleError } from '../../../src/errors.ts';
import { parseSchedule } from '../../../src/schedule/parse-schedule.ts';
import { changed, schedule, thrownBy } from './examples.ts';

/** Positions in the example. */
const [pulseAt, ownBiasAt, readAt, waitAt, frameAt, loopAt] = [0, 1, 2, 3, 4, 6];

function refusalOf(path: readonly (string | number)[], member: unknown): unknown {
  return thrownBy(() => parseSchedule(changed(schedule, path, member)));
}

describe('parseSchedule', () => {
  test('copies a schedule with an operation of every kind', () => {
    const copy = parseSchedule(schedule);
    expect(copy).toEqual(schedule);
    expect(copy).not.toBe(schedule);
  });

  test('takes every named bias scheme, by name or written out', () => {
    for (const scheme of Object.values(biasSchemes)) {
      for (const bias of [scheme.name, scheme]) {
        const value = changed(schedule, ['operations', pulseAt, 'bias'], bias);
        expect(parseSchedule(value).operations[pulseAt]).toMatchObject({ bias });
      }
    }
  });

  test.each([
    [['format'], 'other', 'schedule: found format "other", expected "ohmloom-schedule"'],
    [['version'], 2, 'schedule: found version 2, expected 1'],
    [['version'], undefined, 'schedule: found version nothing, expected 1'],
    [
      ['geometry', 'wordLines'],
      0,
      'schedule, geometry.wordLines: found 0, expected an integer from 1 to 65536',
    ],
    [['geometry', 'wordLines'], 2.5, 'geometry.wordLines: found 2.5, expected an integer from 1 to 65536'],
    [['operations'], {}, 'schedule, operations: found an object, expected a list of operations'],
    [
      ['comment'],
      'hi',
      'unknown key "comment", expected only the keys format, version, geometry, operations',
    ],
    [
      ['operations', pulseAt, 'kind'],
      'zap',
      'operation 0, kind: found "zap", expected an operation of kind pulse',
    ],
    [
      ['operations', pulseAt, 'vols'],
      1,
      'schedule, operation 0: found unknown key "vols", expected only the keys',
    ],
    [
      ['operations', pulseAt, 'volts'],
      undefined,
      'operation 0, volts: found nothing, expected a finite number',
    ],
    [
      ['operations', pulseAt, 'volts'],
      '1',
      'schedule, operation 0, volts: found "1", expected a finite number',
    ],
    [['operations', pulseAt, 'volts'], Number.NaN, 'operation 0, volts: found NaN, expected a finite number'],
    [['operations', pulseAt, 'width'], 0, 'operation 0, width: found 0, expected a finite number above 0'],
    [
      ['operations', pulseAt, 'width'],
      -1e-9,
      'operation 0, width: found -1e-9, expected a finite number above 0',
    ],
    [
      ['operations', pulseAt, 'cell', 'word'],
      3,
      'schedule, operation 0, cell.word: found 3, expected 0 to 2',
    ],
    [['operations', pulseAt, 'cell', 'bit'], 4, 'schedule, operation 0, cell.bit: found 4, expected 0 to 3'],
    [['operations', pulseAt, 'cell', 'bit'], -1, 'cell.bit: found -1, expected an integer of 0 or more'],
    [['operations', pulseAt, 'cell', 'bit'], 0.5, 'cell.bit: found 0.5, expected an integer of 0 or more'],
    [
      ['operations', pulseAt, 'bias'],
      'quarter',
      'operation 0, bias: found "quarter", expected half, third, grounded',
    ],
    [['operations', ownBiasAt, 'bias', 'selectedBit'], 0.5, 'expected selectedWord - selectedBit to be 1'],
    [['operations', ownBiasAt, 'bias', 'name'], 'half', 'expected a name other than half, third, grounded'],
    [
      ['operations', ownBiasAt, 'bias', 'name'],
      'a\n#1',
      'bias.name: found "a\\n#1", expected a name of up to 64',
    ],
    [
      ['operations', readAt, 'cells'],
      [],
      'operation 2, cells: found a list of 0, expected at least one cell',
    ],
    [['operations', readAt, 'cells', 1, 'word'], 9, 'operation 2, cells[1].word: found 9, expected 0 to 2'],
    [['operations', waitAt, 'seconds'], 0, 'operation 3, seconds: found 0, expected a finite number above 0'],
    [
      ['operations', frameAt, 'wordVolts'],
      [1],
      'wordVolts: found a list of 1, expected a list of 3, one per word line',
    ],
    [
      ['operations', frameAt, 'bitVolts'],
      [],
      'bitVolts: found a list of 0, expected a list of 4, one per bit line',
    ],
    [['operations', frameAt, 'sense'], 1, 'operation 4, sense: found 1, expected true or false'],
    [
      ['operations', loopAt, 'targets'],
      [1e-6],
      'targets: found a list of 1, expected a list of 2, one per cell',
    ],
    [['operations', loopAt, 'targets', 1], 0, 'targets[1]: found 0, expected a finite number above 0'],
    [['operations', loopAt, 'cells', 1], { word: 0, bit: 0 }, 'cells[1]: found w0 b0 for the second time'],
    [
      ['operations', loopAt, 'policy', 'parameters'],
      [],
      'policy.parameters: found a list of 0, expected an object',
    ],
    [
      ['operations', loopAt, 'envelope', 'pulses'],
      [],
      'envelope.pulses: found a list of 0, expected at least one',
    ],
    [
      ['operations', loopAt, 'envelope', 'maxPulses'],
      1.5,
      'maxPulses: found 1.5, expected an integer of 0 or more',
    ],
    [
      ['operations', loopAt, 'envelope', 'maxReads'],
      0,
      'maxReads: found 0, expected an integer of 1 or more',
    ],
  ])('refuses %j as %j', (path, member, message) => {
    const error = refusalOf(path, member);
    expect(error).toBeInstanceOf(ScheduleError);
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });

  test('gives programs the same facts', () => {
    expect(refusalOf(['operations', pulseAt, 'cell', 'bit'], 4)).toMatchObject({
      code: 'schedule-field',
      details: { operation: 0, field: 'cell.bit', found: '4', allowed: '0 to 3' },
    });
  });

  test.each([[null], [undefined], [7], ['text'], [[]], [{}], [new Map()], [() => schedule]])(
    'refuses %j as a schedule',
    (value) => {
      expect(thrownBy(() => parseSchedule(value))).toBeInstanceOf(ScheduleError);
    },
  );

  test('takes a loop without pulses: it only reads', () => {
    const readsOnly = changed(schedule, ['operations', loopAt, 'envelope'], {
      pulses: [],
      maxPulses: 0,
      maxReads: 1,
    });
    expect(parseSchedule(readsOnly)).toEqual(readsOnly);
  });
});
