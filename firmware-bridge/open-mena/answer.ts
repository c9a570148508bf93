import { ControllerError, ProtocolError } from '../../src/errors.ts';
import { virtualGround } from './converters.ts';
import { lineCount } from './request.ts';

/** What the boot text ends in; in the middle of a session it says that the board has restarted. */
export const bootMark = 'Ready to receive commands:';

/** Half of the last digit that the board prints. */
const echoSlack = 6e-4;

const decimal = String.raw`-?\d{1,5}\.\d+`;

/**
 * Read one line of averages, one per bit line.
 *
 * @throws ProtocolError for anything but eight codes of the converter
 */
export function parseAverages(line: string): number[] {
  const texts = line.trim().split(/\t/u);
  const codes = texts.map(Number);
  const plausible =
    codes.length === lineCount &&
    texts.every((text) => /^\d{1,4}\.\d{2}$/u.test(text)) &&
    codes.every((code) => code <= 4095);
  if (!plausible) {
    throw unexpected(line, `${lineCount} averages from 0 to 4095`);
  }
  return codes;
}

/**
 * Compare what the board says that it has set with virtual ground on all lines.
 *
 * @throws ControllerError when it has set something else
 */
export function requireRestEcho(line: string): void {
  const words = Array.from({ length: lineCount }, (_, index) => `AD5593R DAC${index}: (${decimal}) V\t`);
  const found = new RegExp(`^${words.join('')}Due DAC1: (${decimal}) V$`, 'u').exec(line.trim());
  if (found === null) {
    throw unexpected(line, 'the voltages that were set');
  }
  const volts = found.slice(1).map(Number);
  // Of the bit lines the board prints the converter's own voltage.
  const expected = volts.map((_, index) =>
    index < lineCount ? virtualGround : (virtualGround - 0.545) / 0.665,
  );
  if (!volts.every((value, index) => Math.abs(value - expected[index]!) <= echoSlack)) {
    throw new ControllerError(
      'settings-differ',
      `open-mena: told to set virtual ground, the board set "${line}"`,
      {
        hint: 'Nothing is done with a board that holds other voltages than it was told.',
        details: { found: volts, expected },
      },
    );
  }
}

/**
 * Say what an unexpected line means.
 *
 * @param expected - in words
 */
export function unexpected(line: string, expected: string): ControllerError | ProtocolError {
  const details = { found: line, expected };
  if (line.includes(bootMark)) {
    return new ControllerError('board-restarted', 'open-mena: the board has restarted', {
      hint: 'Look at its supply; nothing is known of what it did last.',
      details,
    });
  }
  return /^(?:Error|Invalid)/u.test(line)
    ? new ControllerError('refused', `open-mena: the board refuses: ${line}`, { details })
    : new ProtocolError('unexpected', `open-mena: found "${line}", expected ${expected}`, { details });
}
