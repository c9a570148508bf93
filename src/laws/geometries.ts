import fc from 'fast-check';
import { type Cell, createGeometry, type Geometry } from '../array/geometry.ts';

/**
 * Arrays from one cell up to a number of lines of either kind.
 *
 * @example
 * fc.sample(geometries(4), 3); // such as { wordLines: 2, bitLines: 4 }
 */
export function geometries(maxLines = 4): fc.Arbitrary<Geometry> {
  const lines = fc.integer({ min: 1, max: maxLines });
  return fc.tuple(lines, lines).map(([wordLines, bitLines]) => createGeometry(wordLines, bitLines));
}

/**
 * Cells of an array.
 *
 * @example
 * fc.sample(cellsOf(createGeometry(8, 8)), 3); // such as { word: 3, bit: 5 }
 */
export function cellsOf({ wordLines, bitLines }: Geometry): fc.Arbitrary<Cell> {
  return fc.record({ word: fc.nat({ max: wordLines - 1 }), bit: fc.nat({ max: bitLines - 1 }) });
}
