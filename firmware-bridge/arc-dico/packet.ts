import { ControllerError, ProtocolError } from '../../src/errors.ts';

/** What a request asks for. */
export const commands = {
  status: 0,
  version: 1,
  /** Load the converter, then close exactly these switches. */
  enable: 2,
  /** Open all switches. */
  disable: 3,
  setVoltage: 4,
  setPins: 5,
  clear: 6,
} as const;

export type CommandName = keyof typeof commands;

export const requestBytes = 8;
export const answerBytes = 4;

const statuses = { done: 0, converterRange: 1, unknownCommand: 2 } as const;

/** Highest code of the converter. */
export const highestCode = 1023;

export interface DicoRequest {
  readonly command: CommandName;
  /** Of the converter; 0 where the command takes none. */
  readonly code: number;
  /** Switches, as the board numbers them; 0 where the command takes none. */
  readonly mask: number;
}

/**
 * Write a request: command, a zero, the code with its low byte first, the mask with its high byte first.
 *
 * @throws ControllerError for a code that the converter does not have
 * @example
 * encodeRequest({ command: 'enable', code: 196, mask: 0x200102 }); // 02 00 c4 00 00 20 01 02
 */
export function encodeRequest({ command, code, mask }: DicoRequest): Uint8Array {
  if (!(Number.isInteger(code) && code >= 0 && code <= highestCode)) {
    throw new ControllerError(
      'controller-limit',
      `arc-dico: found the code ${code}, expected 0 to ${highestCode}`,
    );
  }
  const bytes = new Uint8Array(requestBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, commands[command]);
  view.setUint16(2, code, true);
  view.setUint32(4, mask, false);
  return bytes;
}

/**
 * Read the answer to a request. The board has no frames and no checks, so that whatever is not exactly as expected
 * says that both sides no longer count the same bytes. The second byte is one that the firmware never writes.
 *
 * @param expected - what the answer carries
 * @throws ProtocolError when it carries something else
 * @throws ControllerError when the board says no
 */
export function checkAnswer(answer: Uint8Array, command: CommandName, expected: number): void {
  const [status = Number.NaN, , low = Number.NaN, high = Number.NaN] = answer;
  const payload = low + 0x100 * high;
  const details = { command, status, payload, expected };
  if (status === statuses.converterRange) {
    throw new ControllerError(
      'refused',
      `arc-dico: ${command}: the board says that the code is out of range`,
      { details },
    );
  }
  if (status === statuses.unknownCommand && payload === commands[command]) {
    throw new ControllerError('refused', `arc-dico: ${command}: the board does not know the command`, {
      details,
    });
  }
  if (status !== statuses.done || payload !== expected) {
    throw new ProtocolError(
      'out-of-step',
      `arc-dico: ${command}: the board answers status ${status}, ${payload}; expected 0, ${expected}`,
      { hint: 'Bytes were lost or doubled: the board takes requests apart in the wrong place.', details },
    );
  }
}
