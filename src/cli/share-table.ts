import type { Geometry } from '../array/geometry.ts';
import { textTable } from './text-table.ts';

/** Blocks of cells that the printed map has in each direction, at most. */
const blocks = 8;

/** A share in percent. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Mean of the shares that are numbers; NaN where there is none. */
export function meanShare(shares: Float64Array): number {
  const known = shares.filter((share) => !Number.isNaN(share));
  return known.reduce((sum, share) => sum + share, 0) / known.length;
}

/** What the lines of most power take, for people. */
export function powerText(wordLinePower: Float64Array, bitLinePower: Float64Array): string {
  const most = (powers: Float64Array, line: string): string => {
    const watts = powers.reduce((largest, power) => Math.max(largest, power), 0);
    return `${watts.toExponential(2)} W of ${line}${powers.indexOf(watts)}`;
  };
  return `at 1 V ${most(wordLinePower, 'w')} and ${most(bitLinePower, 'b')} at most`;
}

/**
 * Table of means over blocks of cells, word lines down and bit lines across.
 *
 * @param shares - [wordLines x bitLines]; NaN where a cell has none
 */
export function shareTable(shares: Float64Array, { wordLines, bitLines }: Geometry): string {
  const down = blockStarts(wordLines);
  const across = blockStarts(bitLines);
  const end = (starts: readonly number[], block: number, all: number) => starts[block + 1] ?? all;
  const header = ['', ...across.map((from, block) => `b${from}-${end(across, block, bitLines) - 1}`)];
  const rows = down.map((word, row) => {
    const nextWord = end(down, row, wordLines);
    const means = across.map((bit, column) => {
      const nextBit = end(across, column, bitLines);
      const inBlock = shares.filter((_, cell) => {
        const [i, j] = [Math.floor(cell / bitLines), cell % bitLines];
        return i >= word && i < nextWord && j >= bit && j < nextBit;
      });
      const mean = meanShare(inBlock);
      return Number.isNaN(mean) ? '-' : percent(mean);
    });
    return [`w${word}-${nextWord - 1}`, ...means];
  });
  return textTable(header, rows);
}

function blockStarts(lines: number): number[] {
  const count = Math.min(lines, blocks);
  return Array.from({ length: count }, (_, block) => Math.floor((block * lines) / count));
}
