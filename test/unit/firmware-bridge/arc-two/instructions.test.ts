import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clear,
  groundChannels,
  prepareAmplifiers,
  updateChannels,
  updateLogic,
  updateSelectors,
} from '../../../../firmware-bridge/arc-two/channel-instructions.ts';
import { dacCode, dacVolts } from '../../../../firmware-bridge/arc-two/dac-code.ts';
import {
  setAllDacs,
  setDacRange,
  setDacs,
  updateDac,
} from '../../../../firmware-bridge/arc-two/dac-instructions.ts';
import {
  decodeInstructions,
  encodeInstructions,
  operations,
  type Instruction,
  type OperationName,
} from '../../../../firmware-bridge/arc-two/instruction.ts';
import {
  readAddress,
  readCurrents,
  readVoltages,
} from '../../../../firmware-bridge/arc-two/read-instructions.ts';
import {
  configurePulses,
  delay,
  startPulses,
} from '../../../../firmware-bridge/arc-two/timed-instructions.ts';
import { OhmloomError } from '../../../../src/errors.ts';

/** The nine words of an instruction, from its bytes. */
function wordsOf(instruction: Instruction): number[] {
  const bytes = Buffer.from(encodeInstructions([instruction]));
  return Array.from({ length: 9 }, (_, word) => bytes.readUInt32LE(4 * word));
}

// Words that the open host's own documentation and tests state; the last is always 0x80008000.
const golden: readonly [string, Instruction, readonly number[]][] = [
  [
    'all converters at 0 V',
    setAllDacs(),
    [0x1, 0xffff, 0, 0xf, 0x80008000, 0x80008000, 0x80008000, 0x80008000],
  ],
  ['update', updateDac(), [0x2, 0, 0, 0, 0, 0, 0, 0]],
  ['clear', clear(), [0x80, 0, 0, 0, 0, 0, 0, 0]],
  [
    'all channels at a voltage',
    updateChannels(new Map(), 'arbitraryVoltage'),
    [0x40, 0x73400000, 0, 0, 0xaaaaaaaa, 0xaaaaaaaa, 0xaaaaaaaa, 0xaaaaaaaa],
  ],
  ['grounds', groundChannels([0], [1], [2]), [0x400, 0, 0, 1, 0, 2, 0, 4]],
  ['delay 1210 ns', delay(1210e-9), [0x2000, 0x3c - 0x10, 0, 0, 0, 0, 0, 0]],
  ['delay 320 ns', delay(320e-9), [0x2000, 0, 0, 0, 0, 0, 0, 0]],
  [
    'logic',
    updateLogic(Array.from({ length: 32 }, (_, line) => line)),
    [0x20, 0xffffffff, 0xf, 0, 0, 0, 0, 0],
  ],
  [
    'current read',
    readCurrents([31, 0, 62], readAddress(0, 0x60000000)),
    [0x4, 0x40000000, 0x80000001, 0x60000000, 0x78000000, 0xcafebabe, 0, 0],
  ],
  [
    'voltage read',
    readVoltages([31, 0, 62], true, readAddress(0, 0x60000000)),
    [0x8, 0x40000000, 0x80000001, 1, 0x60000000, 0x78000000, 0xcafebabe, 0],
  ],
  ['pulse widths', configurePulses([110e-9, 0, 0, 0, 0, 0, 0, 0]), [0x100, 0, 0, 0, 0, 0, 0, 0xa]],
  [
    'pulse widths over a word border',
    configurePulses([310e-9, 230e-9, 0, 0, 0, 0, 0, 0]),
    [0x100, 0, 0, 0, 0, 0, 0x1, 0x6000001e],
  ],
  ['pulse', startPulses([0]), [0x200, 0x00010000, 0, 0, 0, 0, 0, 0]],
  ['pulse, inverted', startPulses([0, 1], [1]), [0x200, 0x00030200, 0, 0, 0, 0, 0, 0]],
  ['selectors', updateSelectors([0, 4, 31]), [0x10, (1 << 4) | (1 << 3) | (1 << 28), 0, 0, 0, 0, 0, 0]],
  ['amplifiers', prepareAmplifiers([0, 63]), [0x10000, 0x80000000, 1, 0, 0, 0, 0, 0]],
  ['range', setDacRange([1], 'extended'), [0x4000, 0, 0, 2, 0, 0xffffffff, 0xffffffff, 0]],
];

describe('ArC TWO instructions', () => {
  test.each(golden)('%s', (_, instruction, words) => {
    expect(wordsOf(instruction)).toEqual([...words, 0x80008000]);
  });

  test('the bytes of a word are least significant first', () => {
    expect([...encodeInstructions([setAllDacs()])].slice(0, 20)).toEqual([
      1, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0x0f, 0, 0, 0, 0, 0x80, 0, 0x80,
    ]);
  });

  test('channels with the same levels share instructions, and untouched channels are left out', () => {
    const levels = [
      ...[0, 1, 4, 5, 12, 13].map((channel) => ({ channel, low: 0x8ccc, high: 0x8ccc })),
      ...[2, 6, 14].map((channel) => ({ channel, low: 0x6000, high: 0x7000 })),
      { channel: 22, low: 0x7000, high: 0x7000 },
      { channel: 17, low: 0x6000, high: 0x7000 },
      { channel: 63, low: 0x7000, high: 0x9000 },
    ];
    expect(new Set(setDacs(levels).map((instruction) => wordsOf(instruction).join()))).toEqual(
      new Set(
        [
          [1, 0x8000, 0, 1, 0x80008000, 0x80008000, 0x80008000, 0x90007000, 0x80008000],
          [1, 0x20, 0, 2, 0x80008000, 0x80008000, 0x70007000, 0x80008000, 0x80008000],
          [1, 0x10, 0, 4, 0x80008000, 0x70006000, 0x80008000, 0x80008000, 0x80008000],
          [1, 0x0b, 0, 0xe, 0x8ccc8ccc, 0x8ccc8ccc, 0x70006000, 0x80008000, 0x80008000],
        ].map((words) => words.join()),
      ),
    );
  });

  test('each channel has its own state', () => {
    expect(
      wordsOf(
        updateChannels(
          new Map([
            [31, 'highSpeed'],
            [0, 'open'],
          ]),
        ),
      ),
    ).toEqual([0x40, 0x73400000, 0, 0, 0, 0, 0xc0000000, 1, 0x80008000]);
  });

  test('a decoded stream encodes to the same bytes', () => {
    const instruction = fc.record({
      operation: fc.constantFrom(...(Object.keys(operations) as OperationName[])),
      operands: fc.array(fc.nat({ max: 0xffffffff }), { maxLength: 7 }),
    });
    fc.assert(
      fc.property(fc.array(instruction, { maxLength: 5 }), (instructions) => {
        const bytes = encodeInstructions(instructions);
        expect(encodeInstructions(decodeInstructions(bytes))).toEqual(bytes);
      }),
    );
  });

  test('any damage to the frame of a stream is found', () => {
    const bytes = encodeInstructions([setAllDacs(), updateDac()]);
    expect(() => decodeInstructions(bytes.subarray(0, 71))).toThrow('found 35 bytes, expected 36 bytes');
    for (const position of [0, 32, 35, 36, 71]) {
      const damaged = bytes.slice();
      damaged[position]! ^= 0x40;
      expect(() => decodeInstructions(damaged)).toThrow(OhmloomError);
    }
  });
});

describe('converter codes', () => {
  test.each([
    [0, 'standard', 0x8000],
    [0, 'extended', 0x8000],
    [1, 'standard', 0x8ccc],
    [-1, 'standard', 0x7333],
    [10, 'standard', 0xffff],
    [-10, 'standard', 0],
  ] as const)('%f V, %s', (volts, range, code) => {
    expect(dacCode(volts, range)).toBe(code);
  });

  test('a code is within half a step of the voltage, and its voltage has the same code', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9.999, max: 9.999, noNaN: true }),
        fc.constantFrom('standard' as const, 'extended' as const),
        (volts, range) => {
          const code = dacCode(volts, range);
          const step = range === 'standard' ? 3.05179e-4 : 6.10358e-4;
          expect(Math.abs(dacVolts(code, range) - volts)).toBeLessThanOrEqual(step * 0.502);
          expect(dacCode(dacVolts(code, range), range)).toBe(code);
        },
      ),
    );
  });
});

describe('what the board does not make is refused', () => {
  test.each<[string, () => unknown, string]>([
    ['voltage beyond the standard range', () => dacCode(10.1, 'standard'), 'takes -10 to 10 V'],
    ['voltage beyond the instrument', () => dacCode(-13.6, 'extended'), 'takes -13.5 to 13.5 V'],
    ['no voltage', () => dacCode(Number.NaN, 'standard'), 'found NaN V'],
    ['short delay', () => delay(300e-9), 'a delay of 3e-7 s'],
    ['long delay', () => delay(86), 'a delay of 86 s'],
    ['short pulse', () => configurePulses([0, 30e-9, 0, 0, 0, 0, 0, 0]), 'cluster 1: a pulse of 3e-8 s'],
    ['long pulse', () => configurePulses([0.5, 0, 0, 0, 0, 0, 0, 0]), 'cluster 0: a pulse of 0.5 s'],
    ['missing widths', () => configurePulses([0]), 'found 1 widths'],
    ['crossed levels', () => setAllDacs(0x8002, 0x8000), 'low at most one above high'],
    ['channel', () => readCurrents([64], readAddress(0, 0)), 'found channel 64, expected 0 to 63'],
    ['selector', () => updateSelectors([32]), 'found selector 32, expected 0 to 31'],
    ['cluster', () => startPulses([8]), 'found cluster 8, expected 0 to 7'],
    ['slot', () => readAddress(-1, 0), 'found the slot -1'],
    [
      'operands',
      () => encodeInstructions([{ operation: 'delay', operands: [2 ** 32] }]),
      'at most 7 words of 32 bits',
    ],
  ])('%s', (_, act, text) => {
    expect(act).toThrow(text);
    expect(act).toThrow(OhmloomError);
  });
});
