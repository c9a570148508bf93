import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSession, parseSession } from '../../../../firmware-bridge/arc-one/session-csv.ts';

const head =
  'Package 1\r\nSat Nov 21 18:02:11 2026\r\nWordline,Bitline,Resistance,Amplitude (V),Pulse width (s),Tag,ReadTag,ReadVoltage\r\n';
const row = (text: string): string => `${head}${text}\r\n`;

/** What Python's csv and repr make of such rows. */
const saved = `${head}${[
  '1,1,12963.4296875,0.2,0.0,S R2 V=0.2,R2,0.2',
  '1,1,13572.88671875,0.800000011920929,0.0010000000474974513,P,R2,0.2',
  '3,7,nan,0.095865,9e-08,CT_i_1,R2.0,0.095865',
  '32,32,inf,-1.0,1e-06,stdp dt=-0.000100 before,R3,-0.5',
  '32,32,1000000.0,1e+16,0.0,"MSS3_STATE_1_2_3, ""odd""",R2,',
]
  .map((line) => `${line}\r\n`)
  .join('')}`;

describe('sessions of ArC ONE', () => {
  test('are read with addresses from 0, and written as the program writes them', () => {
    const session = parseSession(saved, 'die3.csv');
    expect(session.title).toBe('Package 1');
    expect(session.rows).toHaveLength(5);
    expect(session.rows[1]).toEqual({
      cell: { word: 0, bit: 0 },
      ohms: 13572.88671875,
      volts: 0.800000011920929,
      width: 0.0010000000474974513,
      tag: 'P',
      readTag: 'R2',
      readVolts: 0.2,
    });
    expect(session.rows[4]).toMatchObject({ tag: 'MSS3_STATE_1_2_3, "odd"', readVolts: Number.NaN });
    // `nan` is what the program shows for a division by zero; an empty field says the same.
    expect(formatSession(session)).toBe(saved.replace(',nan,', ',,'));
  });

  test('what is written reads back as the same session', () => {
    const number = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const sessionRow = fc.record({
      cell: fc.record({ word: fc.nat(31), bit: fc.nat(31) }),
      ohms: number,
      volts: number,
      width: number,
      tag: text,
      readTag: text,
      readVolts: number,
    });
    const session = fc.record({ title: text, date: text, rows: fc.array(sessionRow, { maxLength: 5 }) });
    fc.assert(
      fc.property(session, (written) => {
        expect(parseSession(formatSession(written), 'x')).toEqual(written);
      }),
    );
  });

  test('lines that end in LF, and a last one that ends in nothing, are read alike', () => {
    const plain = saved.replaceAll('\r\n', '\n').trimEnd();
    expect(parseSession(plain, 'x').rows).toEqual(parseSession(saved, 'x').rows);
  });

  test.each([
    ['an empty file', '', ':1: found the end of the file'],
    ['another table', 'a,b\n1,2\n3,4\n', ':3: found the columns 3,4'],
    ['a word line 0', row('0,1,1.0,1.0,0.0,P,R2,0.2'), ':4: found Wordline "0", expected 1 to 32'],
    ['a bit line 33', row('1,33,1.0,1.0,0.0,P,R2,0.2'), 'Bitline "33"'],
    ['a resistance that is none', row('1,1,1.0k,1.0,0.0,P,R2,0.2'), 'Resistance "1.0k", expected a number'],
    ['a row that is cut', row('1,1,1.0'), '3 fields, expected 8'],
    ['a stray quote', row('1,1,1.0,1.0,0.0,P"x,R2,0.2'), ':4: found a quote inside a field'],
    ['a quote that never ends', row('1,1,1.0,1.0,0.0,"P,R2,0.2'), ':4: found a quote inside a field'],
  ])('%s', (_, text, message) => {
    expect(() => parseSession(text, 'bad.csv')).toThrow(message);
  });
});
