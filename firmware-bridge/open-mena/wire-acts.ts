import { resolveBias } from '../../src/array/bias.ts';
import type { Cell } from '../../src/array/geometry.ts';
import { ScheduleError } from '../../src/errors.ts';
import type { FrameOperation, PulseOperation, ReadOperation } from '../../src/schedule/operation.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import { bitCode, bitRange, restCode, wordCode, wordRange } from './converters.ts';
import { lineCount, type WirePulse } from './request.ts';
import { longestPulse, pulseTick, readWidth, shortestPulse } from './timing.ts';

/** Part of a width that a comparison of doubles forgives. */
const slack = 1e-6;

/** Codes of all word lines. */
export function vector(rest: number, code: (word: number) => number): number[] {
  return Array.from({ length: lineCount }, (_, word) => code(word) ?? rest);
}

/** Voltage of the selected word line of a read. */
export function selectedWord({ volts, bias }: ReadOperation): Volts {
  return resolveBias(bias).selectedWord * volts;
}

/**
 * The codes under which a cell is read.
 *
 * @throws ScheduleError for a scheme or a voltage that the board cannot read under
 */
export function readVector(read: ReadOperation, cell: Cell): number[] {
  const { name, selectedBit, unselectedWord, unselectedBit } = resolveBias(read.bias);
  if (selectedBit !== 0 || unselectedWord !== 0 || unselectedBit !== 0) {
    throw new ScheduleError(
      'controller-bias',
      `open-mena: a read under the bias scheme "${name}"; the board reads with every other line at virtual ground`,
      { hint: 'Use the scheme "grounded" for reads.', details: { found: read.bias } },
    );
  }
  const code = requireCode('word line', wordCode(selectedWord(read)), read.volts, wordRange);
  if (code === restCode) {
    throw new ScheduleError('controller-read', `open-mena: a read at ${read.volts} V finds nothing`);
  }
  return vector(restCode, (word) => (word === cell.word ? code : restCode));
}

/** @throws ScheduleError for a read of another length than the firmware's */
export function requireReadable(width: Seconds): void {
  if (Math.abs(width - readWidth) > slack * readWidth) {
    throw new ScheduleError(
      'controller-read',
      `open-mena: a read of ${width} s; the firmware keeps the voltage for ${readWidth} s and cannot be told otherwise`,
      { hint: `Set read.width to ${readWidth} s, and mind what it does to the cells.` },
    );
  }
}

/** @throws ScheduleError for a frame that is not one of the firmware's reads */
export function requireSensible({ sense, wordVolts: words, bitVolts: bits, width }: FrameOperation): void {
  if (!sense || bits.some((volts) => volts !== 0)) {
    throw new ScheduleError(
      'controller-operation',
      'open-mena: the board has frames for reading only, with every bit line at virtual ground',
    );
  }
  requireReadable(width);
  for (const volts of words) {
    requireCode('word line', wordCode(volts), volts, wordRange);
  }
}

/**
 * A pulse in what the board counts with.
 *
 * @throws ScheduleError for one that it cannot make exactly
 */
export function wirePulse({ cell, volts, width, bias }: PulseOperation): WirePulse {
  const scheme = resolveBias(bias);
  if (scheme.unselectedWord !== 0 || scheme.unselectedBit !== 0) {
    throw new ScheduleError(
      'controller-bias',
      `open-mena: a pulse under the bias scheme "${scheme.name}"; the board leaves all other lines at virtual ground`,
      {
        hint: 'Use the scheme "half", or one of your own with both unselected lines at 0.',
        details: { found: bias },
      },
    );
  }
  const microseconds = Math.round(width / pulseTick);
  if (
    Math.abs(microseconds * pulseTick - width) > slack * pulseTick ||
    width < shortestPulse * (1 - slack) ||
    width > longestPulse
  ) {
    throw new ScheduleError(
      'controller-limit',
      `open-mena: a pulse of ${width} s; the board makes whole microseconds from ${shortestPulse} to ${longestPulse} s`,
      { details: { found: width, allowed: [shortestPulse, longestPulse] } },
    );
  }
  return {
    cell,
    polarity: volts < 0 ? -1 : 1,
    wordCode: requireCode(
      'word line',
      wordCode(scheme.selectedWord * volts),
      scheme.selectedWord * volts,
      wordRange,
    ),
    bitCode: requireCode(
      'bit line',
      bitCode(scheme.selectedBit * volts),
      scheme.selectedBit * volts,
      bitRange,
    ),
    microseconds,
  };
}

function requireCode(
  line: string,
  code: number | null,
  volts: Volts,
  { min, max }: { readonly min: Volts; readonly max: Volts },
): number {
  if (code === null) {
    throw new ScheduleError(
      'controller-limit',
      `open-mena: ${line} at ${volts} V from virtual ground, the board makes ${min.toFixed(3)} to ${max.toFixed(3)} V`,
      { details: { line, found: volts, allowed: [min, max] } },
    );
  }
  return code;
}
