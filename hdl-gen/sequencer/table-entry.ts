import { entrySum, entryWords } from './register-map.ts';

/** Signed codes of the four rails, in steps of the line DAC. A rail that no line uses is at 0. */
export interface RailCodes {
  readonly selectedWord: number;
  readonly unselectedWord: number;
  readonly selectedBit: number;
  readonly unselectedBit: number;
}

/** One act of the pulse table. */
export interface TableEntry {
  readonly kind: 'wait' | 'cell' | 'frame';
  readonly sense: boolean;
  readonly last: boolean;
  /** Word line of a cell, or first row of a frame. */
  readonly wordLine: number;
  readonly bitLine: number;
  readonly codes: RailCodes;
  readonly widthTicks: number;
  /** From the end of this act to the start of the next. */
  readonly gapTicks: number;
}

const kindCodes = { wait: 1, cell: 2, frame: 3 } as const;

/** Write an entry as the words of the pulse table; the last of them makes their sum right. */
export function encodeEntry(entry: TableEntry): Uint16Array {
  const { codes } = entry;
  const words = Uint16Array.of(
    kindCodes[entry.kind] | (entry.sense ? 4 : 0) | (entry.last ? 8 : 0),
    entry.wordLine,
    entry.bitLine,
    codes.selectedWord,
    codes.unselectedWord,
    codes.selectedBit,
    codes.unselectedBit,
    entry.widthTicks % 65_536,
    Math.floor(entry.widthTicks / 65_536),
    entry.gapTicks % 65_536,
    Math.floor(entry.gapTicks / 65_536),
    0,
  );
  words[entryWords - 1] = entrySum - words.reduce((sum, word) => sum + word, 0);
  return words;
}
