import type { Cell } from '../../src/array/geometry.ts';
import { bitText, restCode, virtualGround, wordText } from './converters.ts';

/** Lines of either kind. */
export const lineCount = 8;

/** A pulse in what the board counts with. */
export interface WirePulse {
  readonly cell: Cell;
  /** Whether the word line is the higher one. */
  readonly polarity: 1 | -1;
  readonly wordCode: number;
  readonly bitCode: number;
  readonly microseconds: number;
}

/** Read all bit lines under some vectors of word-line codes. */
export function readRequest(vectors: readonly (readonly number[])[]): string {
  return `INFEREMULTIPLE: ${vectors.length} ${vectors.flat().join(' ')}`;
}

/**
 * A question without effect: reads of no vector are refused, with a text of their own. What was sent before it has
 * then been done.
 */
export const probeRequest = 'INFEREMULTIPLE: 0';
export const probeAnswer = 'Error: INFEREMULTIPLE requires N > 0';

/** Pulse a cell once. The board has a pair of voltages for either sign; the pair that is not meant rests. */
export function pulseRequest({ cell, polarity, wordCode, bitCode, microseconds }: WirePulse): string {
  const rest = `${wordText(restCode)} ${virtualGround.toFixed(6)}`;
  const driven = `${wordText(wordCode)} ${bitText(bitCode)}`;
  const pairs = polarity === 1 ? `${driven} ${rest}` : `${rest} ${driven}`;
  return `WEIGHTMODIF: ${cell.word} ${cell.bit} ${polarity} 1 ${pairs} ${microseconds}`;
}

/** Bring all converters to virtual ground. */
export const restRequest = `SETVOLTAGES: ${Array.from({ length: lineCount + 1 }, () => virtualGround.toFixed(6)).join(' ')}`;
