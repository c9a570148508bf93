import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/schedule/operation.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { scheduleToText } from '../../../src/schedule/to-text.ts';

const cell = { word: 0, bit: 1 };

const operations: readonly Operation[] = [
  { kind: 'pulse', cell, volts: 1.2, width: 1e-7, bias: 'half' },
  { kind: 'read', cells: [cell], volts: 0.2, width: 1e-6, bias: 'grounded' },
  { kind: 'read', cells: [cell, { word: 1, bit: 2 }], volts: 0.2, width: 1e-6, bias: 'grounded' },
  { kind: 'wait', seconds: 5e-5 },
  { kind: 'frame', wordVolts: [1.5, 0], bitVolts: [0, 0.25, -0.1], width: 2.5e-7, sense: false },
  { kind: 'frame', wordVolts: [0.2, 0.1], bitVolts: [0, 0, 0], width: 1e-6, sense: true },
  {
    kind: 'programVerify',
    cells: [{ word: 0, bit: 0 }, cell],
    targets: [5e-5, 1e-4],
    tolerance: 0.01,
    policy: { name: 'ispp', parameters: { startVolts: 0.5, stepVolts: 0.05 } },
    read: { volts: 0.2, width: 1e-6, bias: 'grounded' },
    bias: {
      name: 'mine',
      selectedWord: 1,
      selectedBit: 0,
      unselectedWord: 0.25,
      unselectedBit: 0.5,
    },
    envelope: {
      pulses: [
        { volts: 1, width: 1e-7 },
        { volts: -1.25, width: 2e-7 },
      ],
      maxPulses: 40,
      maxReads: 41,
    },
  },
];

describe('scheduleToText', () => {
  test('writes one operation a line, with what belongs to it below', () => {
    const text = scheduleToText(createSchedule({ wordLines: 2, bitLines: 3 }, operations), { gap: 1e-6 });
    expect(text).toMatchInlineSnapshot(`
      "ohmloom-schedule 1: 2 word lines x 3 bit lines, 7 operations, at most 320.35 us
      start         id     kind           cell        volts     width     bias
      0 s           #0     pulse          w0 b1       1.2 V     100 ns    half
      1.1 us        #1     read           w0 b1       200 mV    1 us      grounded
      3.1 us        #2     read           2 cells     200 mV    1 us      grounded
          cells w0 b1, w1 b2
      7.1 us        #3     wait           -           0 V       50 us     -
      58.1 us       #4     frame          -           -         250 ns    -
          word lines 1.5 V, 0 V
          bit lines 0 V, 250 mV, -100 mV
      59.35 us      #5     frame          sense       -         1 us      -
          word lines 200 mV, 100 mV
          bit lines 0 V, 0 V, 0 V
      61.35 us      #6     programVerify  2 cells     -         -         mine(1 0 0.25 0.5)
          policy ispp {"startVolts":0.5,"stepVolts":0.05}, tolerance 0.01
          reads 200 mV 1 us grounded, at most 41 a cell
          pulses at most 40 a cell, of: 1 V 100 ns, -1.25 V 200 ns
          w0 b0 to 50 uS
          w0 b1 to 100 uS
      "
    `);
  });

  test('of an empty schedule is its head', () => {
    expect(scheduleToText(createSchedule({ wordLines: 1, bitLines: 1 }, []), { gap: 0 })).toBe(
      'ohmloom-schedule 1: 1 word lines x 1 bit lines, 0 operations, at most 0 s\n' +
        'start         id     kind           cell        volts     width     bias\n',
    );
  });
});
