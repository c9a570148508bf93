import type { ExpectedActivity } from './expected-activity.ts';
import type { PulseTable } from './pulse-table.ts';
import { encodeEntry } from './table-entry.ts';

/** Write the pulse table for `$readmemh`: one entry a line, with the operation that it comes from. */
export function tableHex({ entries, sources }: PulseTable): string {
  const lines = entries.map((entry, position) => {
    const words = Array.from(encodeEntry(entry), (word) => hex(word, 4));
    return `${words.join(' ')} // entry ${position}, ${sources[position]}`;
  });
  return `${lines.join('\n')}\n`;
}

/** Write the frame memory for `$readmemh`; one row of zeros where there is no frame. */
export function frameHex({ frameRows }: PulseTable): string {
  const rows = frameRows.length === 0 ? [0] : Array.from(frameRows);
  return `${rows.map((row) => hex(row, 4)).join('\n')}\n`;
}

/** Write the expected acts for the test bench: start and end in ticks (64 bits each), then the code of each line. */
export function actsHex({ acts }: ExpectedActivity): string {
  const lines = acts.map(({ start, end, codes }) => {
    const levels = Array.from(codes, (code) => hex(code & 0xffff, 4)).toReversed();
    return hex(start, 16) + hex(end, 16) + levels.join('');
  });
  return `${lines.join('\n')}\n`;
}

/** Write the expected samples for the test bench: entry and bit line, 16 bits each. */
export function samplesHex({ samples }: ExpectedActivity): string {
  return `${samples.map(({ entry, bitLine }) => hex(entry, 4) + hex(bitLine, 4)).join('\n')}\n`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
