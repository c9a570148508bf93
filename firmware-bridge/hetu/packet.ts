/**
 * Packets of the 4K HETU array's controller, as its public host application builds them. They travel over TCP; this
 * folder writes requests and reads replies, and opens no connection.
 */
import { ProtocolError, UsageError } from '../../src/errors.ts';
import { crc16Modbus } from './crc16-modbus.ts';

/** What a request asks for. */
export const commands = {
  configurationTable: 0x01,
  mapFlow: 0x02,
  progress: 0x03,
  abort: 0x04,
  result: 0x05,
  sequentialRead: 0x06,
  setTargets: 0x07,
  resetTargets: 0x08,
  apply: 0x09,
  operationResult: 0x0a,
  mapRead: 0x0b,
  pulse: 0x0c,
  mapArray: 0x0d,
  cellParameters: 0x0e,
  readAll: 0x0f,
} as const;

export type CommandName = keyof typeof commands;

/** What the controller finds wrong with a request, by its number. */
const refusals = new Map([
  [1, 'length'],
  [2, 'command'],
  [3, 'first parameter'],
  [4, 'second parameter'],
  [5, 'header'],
  [6, 'payload'],
]);

export interface Request {
  readonly command: CommandName;
  /** The command's own parameters, a byte each. */
  readonly parameters: readonly [number, number];
  readonly payload: Uint8Array;
}

export interface Reply {
  readonly command: number;
  readonly payload: Uint8Array;
}

const requestMark = 0x3a;
const replyMark = 0x3b;
const headerBytes = 7;
const crcBytes = 2;

/**
 * Write a request: six bytes of header and their exclusive or, then the payload and its CRC. The length counts both.
 *
 * @throws UsageError for parameters that are no bytes, or a payload that is too long
 * @example
 * encodeRequest({ command: 'readAll', parameters: [1, 0], payload: new Uint8Array() }); // 3a 0f 01 00 00 00 34
 */
export function encodeRequest({ command, parameters, payload }: Request): Uint8Array {
  const length = payload.length === 0 ? 0 : payload.length + crcBytes;
  const bytes = parameters.every((value) => Number.isInteger(value) && value >= 0 && value <= 0xff);
  if (!bytes || length > 0xffff) {
    throw new UsageError(
      'hetu-request',
      `hetu: ${command}: found the parameters ${parameters.join(', ')} and ${payload.length} bytes, ` +
        `expected bytes and at most ${0xffff - crcBytes} of them`,
    );
  }
  const packet = new Uint8Array(headerBytes + length);
  packet.set([requestMark, commands[command], ...parameters, length & 0xff, length >> 8]);
  packet[headerBytes - 1] = exclusiveOr(packet.subarray(0, headerBytes - 1));
  if (length > 0) {
    const crc = crc16Modbus(payload);
    packet.set(payload, headerBytes);
    packet.set([crc & 0xff, crc >> 8], headerBytes + payload.length);
  }
  return packet;
}

/**
 * Read a reply.
 *
 * @throws ProtocolError when it is damaged, or says that the request was refused
 */
export function decodeReply(packet: Uint8Array): Reply {
  if (packet.length < headerBytes || packet[0] !== replyMark) {
    throw damaged(
      `${packet.length} bytes that begin with ${packet[0] ?? 'nothing'}`,
      `a header after ${replyMark}`,
    );
  }
  const [, command = 0, errorHigh = 0, errorLow = 0, lengthLow = 0, lengthHigh = 0, check = 0] = packet;
  const expected = exclusiveOr(packet.subarray(0, headerBytes - 1));
  if (check !== expected) {
    throw damaged(`the header check ${check}`, String(expected));
  }
  const length = lengthLow + 0x100 * lengthHigh;
  if (packet.length !== headerBytes + length || (length > 0 && length <= crcBytes)) {
    throw damaged(`${packet.length - headerBytes} bytes behind the header`, `${length}, payload and CRC`);
  }
  const payload = packet.slice(headerBytes, packet.length - (length === 0 ? 0 : crcBytes));
  const crc = length === 0 ? 0 : packet[packet.length - 2]! + 0x100 * packet[packet.length - 1]!;
  if (length > 0 && crc !== crc16Modbus(payload)) {
    throw damaged(`the CRC ${crc}`, String(crc16Modbus(payload)));
  }
  const error = 0x100 * errorHigh + errorLow;
  if (error !== 0) {
    throw new ProtocolError(
      'hetu-refused',
      `hetu: command ${command}: the controller refuses the ${refusals.get(error) ?? `request, error ${error}`}`,
      { details: { command, error } },
    );
  }
  return { command, payload };
}

function exclusiveOr(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

function damaged(found: string, allowed: string): ProtocolError {
  return new ProtocolError('hetu-damaged', `hetu: reply: found ${found}, expected ${allowed}`, {
    details: { found, allowed },
  });
}
