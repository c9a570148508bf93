import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeTicks, voltageCode } from '../../../../firmware-bridge/hetu/codes.ts';
import { crc16Modbus } from '../../../../firmware-bridge/hetu/crc16-modbus.ts';
import {
  commands,
  decodeReply,
  encodeRequest,
  type CommandName,
} from '../../../../firmware-bridge/hetu/packet.ts';
import { OhmloomError } from '../../../../src/errors.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/(..)(?=.)/gu, '$1 ');
}

/** Turn a request into the reply that would carry the same payload. */
function asReply(request: Uint8Array, error = 0): Uint8Array {
  const reply = request.slice();
  reply.set([0x3b, request[1]!, error >> 8, error & 0xff]);
  reply[6] = reply.subarray(0, 6).reduce((sum, byte) => sum ^ byte, 0);
  return reply;
}

describe('HETU packets', () => {
  test('read all of chip 1, as its host sends it', () => {
    const request = encodeRequest({ command: 'readAll', parameters: [1, 0], payload: new Uint8Array() });
    expect(hex(request)).toBe('3a 0f 01 00 00 00 34');
  });

  test('a payload is followed by its CRC, which the length counts', () => {
    const payload = new TextEncoder().encode('123456789');
    const request = encodeRequest({ command: 'pulse', parameters: [2, 3], payload });
    expect(hex(request)).toBe('3a 0c 02 03 0b 00 3c 31 32 33 34 35 36 37 38 39 37 4b');
  });

  test('the CRC is the published one, and of nothing it is its start', () => {
    expect(crc16Modbus(new TextEncoder().encode('123456789'))).toBe(0x4b37);
    expect(crc16Modbus(new Uint8Array())).toBe(0xffff);
  });

  test('a reply is read back, and every flipped bit of it is found', () => {
    const names = Object.keys(commands) as CommandName[];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        (command, payload, position) => {
          const reply = asReply(encodeRequest({ command, parameters: [0, 0], payload }));
          expect(decodeReply(reply)).toEqual({ command: commands[command], payload });
          const bit = position % (reply.length * 8);
          reply[bit >> 3]! ^= 1 << (bit & 7);
          expect(() => decodeReply(reply)).toThrow(OhmloomError);
        },
      ),
    );
  });

  test('a refusal says what was wrong', () => {
    const request = encodeRequest({ command: 'abort', parameters: [0, 0], payload: new Uint8Array() });
    expect(() => decodeReply(asReply(request, 3))).toThrow('the controller refuses the first parameter');
  });

  test.each([
    ['nothing', []],
    ['a request', [0x3a, 0x0f, 0x01, 0, 0, 0, 0x34]],
    ['a header without its payload', [0x3b, 1, 0, 0, 4, 0, 0x3e]],
    ['a CRC without a payload', [0x3b, 1, 0, 0, 2, 0, 0x38, 0xff, 0xff]],
  ])('%s is no reply', (_, bytes) => {
    expect(() => decodeReply(Uint8Array.from(bytes))).toThrow(OhmloomError);
  });

  test.each([[[256, 0]], [[0, -1]], [[0.5, 0]]] as const)('parameters %j are no bytes', (parameters) => {
    expect(() =>
      encodeRequest({
        command: 'abort',
        parameters: [parameters[0], parameters[1]],
        payload: new Uint8Array(),
      }),
    ).toThrow('expected bytes');
  });
});

describe('HETU codes', () => {
  test.each([
    [0, 0],
    [2.5, 32768],
    [5, 65535],
    [0.2, 2621],
  ])('%f V', (volts, code) => expect(voltageCode(volts)).toBe(code));

  test('times are ticks of 20 ns, never longer than asked', () => {
    expect(timeTicks(100e-9)).toBe(5);
    expect(timeTicks(119e-9)).toBe(5);
  });

  test.each([-0.1, 5.01, Number.NaN])('%f V is refused', (volts) => {
    expect(() => voltageCode(volts)).toThrow('0 to 5 V');
  });

  test.each([-1, 86, Number.NaN])('%f s is refused', (seconds) => {
    expect(() => timeTicks(seconds)).toThrow(OhmloomError);
  });
});
