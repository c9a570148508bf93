import type { Geometry } from '../../src/array/geometry.ts';
import { ConfigError } from '../../src/errors.ts';
import { pinCount } from './pins.ts';
import type { ArcDicoSettings } from './settings.ts';

/** The largest array: one gate per word line, and one bit line that all cells share. */
export const largestArray: Geometry = { wordLines: pinCount, bitLines: 1 };

/**
 * Compare an array with the gates that are connected.
 *
 * @throws ConfigError unless there is one bit line, and a gate for every word line
 */
export function requireGateArray({ wordLines, bitLines }: Geometry, { gates }: ArcDicoSettings): void {
  if (bitLines !== largestArray.bitLines || wordLines !== gates.pins.length) {
    throw new ConfigError(
      'arc-dico-array',
      `arc-dico: found an array of ${wordLines} x ${bitLines} lines and ${gates.pins.length} gates, ` +
        `expected one bit line, and a gate for every word line`,
      {
        hint: 'The board drives gates. One source-measure unit sees all cells of an array between the same two lines.',
      },
    );
  }
}
