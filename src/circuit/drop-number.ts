import type { Siemens } from '../units.ts';
import type { LineSet } from './line-set.ts';

/**
 * How much the voltage drops along the lines: chi = r mean(G) N^2 for N x N cells and segments of r, which sets how
 * hard a circuit is for an iteration. Lines of two kinds count by their harmonic mean, since an error must pass
 * along both.
 *
 * @param mean - mean conductance of the cells
 * @returns 0 for lines without resistance
 */
export function dropNumber(words: LineSet, bits: LineSet, mean: Siemens): number {
  const along = (set: LineSet) => mean * meanSegment(set) * set.cells ** 2;
  const word = along(words);
  const bit = along(bits);
  return word > 0 && bit > 0 ? 2 / (1 / word + 1 / bit) : 0;
}

function meanSegment({ segments }: LineSet): number {
  return typeof segments === 'number'
    ? segments
    : segments.reduce((sum, ohms) => sum + ohms, 0) / segments.length;
}
