import { describe, expect, test } from 'vitest';
import { gateCode, gateVolts } from '../../../../firmware-bridge/arc-dico/gate-voltage.ts';
import { checkAnswer, encodeRequest } from '../../../../firmware-bridge/arc-dico/packet.ts';
import { pinCount, pinMask } from '../../../../firmware-bridge/arc-dico/pins.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('requests', () => {
  test.each([
    ['3.5 V on pins 1, 8, 22', 'enable', gateCode(3.5), pinMask([1, 8, 22]), '0200c40000200102'],
    ['clear', 'clear', 0, 0, '0600000000000000'],
    ['the version', 'version', 0, 0, '0100000000000000'],
    ['the highest code', 'setVoltage', 1023, 0, '0400ff0300000000'],
    ['all switches', 'setPins', 0, 0xffffffff, '05000000ffffffff'],
  ] as const)('%s', (_, command, code, mask, expected) => {
    expect(hex(encodeRequest({ command, code, mask }))).toBe(expected);
  });

  test.each([1024, -1, 0.5, Number.NaN])('code %d is none of the converter', (code) => {
    expect(() => encodeRequest({ command: 'setVoltage', code, mask: 0 })).toThrow('expected 0 to 1023');
  });
});

test('every second group of four pins is wired the other way round', () => {
  const switches = Array.from({ length: pinCount }, (_, pin) => Math.log2(pinMask([pin])));
  expect(switches.slice(0, 16)).toEqual([0, 1, 2, 3, 7, 6, 5, 4, 8, 9, 10, 11, 15, 14, 13, 12]);
  expect(switches.slice(16)).toEqual([16, 17, 18, 19, 23, 22, 21, 20, 24, 25, 26, 27, 31, 30, 29, 28]);
});

test('a voltage is never rounded up, and comes back from its code', () => {
  for (let code = 0; code < 1024; code++) {
    expect(gateCode(gateVolts(code))).toBe(code);
    expect(gateVolts(gateCode(gateVolts(code) + 0.017))).toBeLessThanOrEqual(gateVolts(code) + 0.017);
  }
  expect(() => gateCode(18.26)).toThrow('the board makes 0 to 18.24 V');
  expect(() => gateCode(-0.1)).toThrow('found a gate voltage of -0.1 V');
});

describe('answers', () => {
  test.each([
    ['a code out of range', [1, 0, 0, 0], 'setVoltage', 0, 'refused'],
    ['an unknown command', [2, 0, 4, 0], 'setVoltage', 0, 'refused'],
    ['an unknown command that was not sent', [2, 0, 9, 0], 'setVoltage', 0, 'out-of-step'],
    ['another payload', [0, 0, 1, 0], 'setVoltage', 0, 'out-of-step'],
    ['another version', [0, 0, 1, 1], 'version', 0x100, 'out-of-step'],
    ['a status that there is not', [7, 0, 0, 0], 'setPins', 0, 'out-of-step'],
    ['too few bytes', [0], 'setPins', 0, 'out-of-step'],
  ] as const)('%s', (_, answer, command, expected, code) => {
    expect(() => checkAnswer(Uint8Array.from(answer), command, expected)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('the byte that the firmware never writes may be anything', () => {
    expect(() => checkAnswer(Uint8Array.of(0, 0xa5, 0, 1), 'version', 0x100)).not.toThrow();
  });
});
