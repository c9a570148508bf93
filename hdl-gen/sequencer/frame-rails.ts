import { ScheduleError } from '../../src/errors.ts';
import { linesPerRow } from './sequencer-parameters.ts';
import type { RailCodes } from './table-entry.ts';

/** How the lines of a frame are to be switched. */
export interface FrameRails {
  readonly codes: RailCodes;
  /** Words of the frame memory: two bits a line, 0 ground, 1 selected rail, 2 unselected rail. */
  readonly rows: Uint16Array;
}

/**
 * Distribute the line codes of a frame over the two rails of each side.
 *
 * @throws ScheduleError when a side needs more than two codes beside 0
 */
export function frameRails(
  operation: number,
  wordCodes: readonly number[],
  bitCodes: readonly number[],
): FrameRails {
  const [selectedWord, unselectedWord] = sideRails(operation, 'wordVolts', wordCodes);
  const [selectedBit, unselectedBit] = sideRails(operation, 'bitVolts', bitCodes);
  const positions = [
    ...wordCodes.map((code) => positionOf(code, selectedWord)),
    ...bitCodes.map((code) => positionOf(code, selectedBit)),
  ];
  const rows = new Uint16Array(Math.ceil(positions.length / linesPerRow));
  for (const [line, position] of positions.entries()) {
    rows[Math.floor(line / linesPerRow)]! |= position << (2 * (line % linesPerRow));
  }
  return { codes: { selectedWord, unselectedWord, selectedBit, unselectedBit }, rows };
}

function sideRails(
  operation: number,
  field: string,
  codes: readonly number[],
): [first: number, second: number] {
  const levels = [...new Set(codes)].filter((code) => code !== 0);
  if (levels.length > 2) {
    throw new ScheduleError(
      'sequencer-rails',
      `operation ${operation}, ${field}: found ${levels.length} voltages beside 0 V, the sequencer has 2 rails for each side`,
      {
        hint: 'Split the frame into frames of at most two voltages a side.',
        details: { operation, field, found: levels.length, allowed: 2 },
      },
    );
  }
  return [levels[0] ?? 0, levels[1] ?? 0];
}

function positionOf(code: number, selected: number): 0 | 1 | 2 {
  if (code === 0) {
    return 0;
  }
  return code === selected ? 1 : 2;
}
