import { UsageError } from '../errors.ts';

/**
 * Size of a crossbar. Matrices over its cells are row-major Float64Array in the order [word line][bit line],
 * counted from 0; word lines meet the top electrodes, bit lines the bottom electrodes.
 */
export interface Geometry {
  readonly wordLines: number;
  readonly bitLines: number;
}

/** One crosspoint. */
export interface Cell {
  readonly word: number;
  readonly bit: number;
}

/** @throws UsageError unless both counts are positive integers up to 65,536 */
export function createGeometry(wordLines: number, bitLines: number): Geometry {
  for (const [name, count] of [
    ['word lines', wordLines],
    ['bit lines', bitLines],
  ] as const) {
    if (!Number.isInteger(count) || count < 1 || count > 65_536) {
      throw new UsageError('geometry', `array: found ${count} ${name}, expected an integer from 1 to 65536`);
    }
  }
  return { wordLines, bitLines };
}

export function cellCount(geometry: Geometry): number {
  return geometry.wordLines * geometry.bitLines;
}

/** Position of a cell in a row-major matrix. */
export function cellIndex(geometry: Geometry, cell: Cell): number {
  return cell.word * geometry.bitLines + cell.bit;
}

export function cellAt(geometry: Geometry, index: number): Cell {
  return { word: Math.floor(index / geometry.bitLines), bit: index % geometry.bitLines };
}

export function containsCell(geometry: Geometry, cell: Cell): boolean {
  return (
    Number.isInteger(cell.word) &&
    Number.isInteger(cell.bit) &&
    cell.word >= 0 &&
    cell.word < geometry.wordLines &&
    cell.bit >= 0 &&
    cell.bit < geometry.bitLines
  );
}

/** A cell as people read it: `w3 b7`. */
export function cellName(cell: Cell): string {
  return `w${cell.word} b${cell.bit}`;
}
