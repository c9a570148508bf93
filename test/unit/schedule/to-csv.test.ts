import { describe, expect, test } from 'vitest';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { scheduleToCsv } from '../../../src/schedule/to-csv.ts';
import { geometry, loop, pulse, schedule } from './examples.ts';

describe('scheduleToCsv', () => {
  test('has a row for each pulse, read of a cell, wait, line of a frame and loop', () => {
    const text = scheduleToCsv(createSchedule(geometry, [...schedule.operations.slice(0, 5), loop]), {
      gap: 1 / 1024,
    });
    expect(text.replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "operation,kind,start_s,width_s,word_line,bit_line,cell_V,selected_word_V,selected_bit_V,unselected_word_V,unselected_bit_V,note
      0,pulse,0,0.125,1,2,1,0.5,-0.5,0,0,half
      1,pulse,0.1259765625,0.125,1,2,-1.5,-1.5,0,-0.5,-0.75,mine
      2,read,0.251953125,0.015625,1,2,0.25,0.25,0,0,0,grounded
      2,read,0.2685546875,0.015625,0,0,0.25,0.25,0,0,0,grounded
      3,wait,0.28515625,0.5,,,,0,0,0,0,
      4,frame,0.7861328125,0.25,0,,,1.5,,,,
      4,frame,0.7861328125,0.25,1,,,0,,,,
      4,frame,0.7861328125,0.25,2,,,0.25,,,,
      4,frame,0.7861328125,0.25,,0,,,0,,,
      4,frame,0.7861328125,0.25,,1,,,0.25,,,
      4,frame,0.7861328125,0.25,,2,,,-0.25,,,
      4,frame,0.7861328125,0.25,,3,,,0,,,
      5,programVerify,1.037109375,2.6259765625,,,,,,,,at most; ispp on 2 cells depends on reads
      "
    `);
  });

  test('ends lines as RFC 4180 says and never needs a quote', () => {
    const text = scheduleToCsv(schedule, { gap: 0 });
    expect(text.split('\r\n').every((line) => line === '' || line.split(',').length === 12)).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text).not.toContain('"');
  });

  test('writes numbers that read back as the same doubles', () => {
    const text = scheduleToCsv(createSchedule(geometry, [{ ...pulse, volts: 0.1 + 0.2, width: 1e-7 }]), {
      gap: 0,
    });
    const [, row] = text.split('\r\n');
    const fields = row!.split(',');
    expect(Number(fields[3])).toBe(1e-7);
    expect(Number(fields[6])).toBe(0.1 + 0.2);
  });
});
