import { UsageError } from '../errors.ts';
import { type BiasChoice, resolveBias } from './bias.ts';
import { createCircuit } from '../circuit/circuit.ts';
import type { DropMapOptions } from './drop-map.ts';
import { readBetweenFloating } from './floating-reads.ts';
import { type Cell, cellAt } from './geometry.ts';
import { connectSources } from '../circuit/nodal-system.ts';
import { readUnderBias } from './selected-reads.ts';

export interface SneakMapOptions extends DropMapOptions {
  /** What the lines that are not selected are at: a scheme that drives them all, or `floating`, with none driven. */
  readonly bias: BiasChoice | 'floating';
}

export interface SneakMap {
  /**
   * (sensed - own) / own of the currents while each cell is read by itself, [wordLines x bitLines]. Below 0 where less
   * arrives than goes through the cell; NaN for a cell through which nothing goes.
   */
  readonly sneak: Float64Array;
  /** The cell whose share is farthest from 0. */
  readonly worst: Cell;
  /** Most that all sources together deliver while a cell of the word line is read with 1 V, [wordLines], watt. */
  readonly wordLinePower: Float64Array;
  /** The same for the cells of each bit line, [bitLines], watt. */
  readonly bitLinePower: Float64Array;
}

/**
 * Map the sneak paths: how much of the current that is sensed at a bit line, while one cell is read, does not go through
 * that cell. Cells are linear; each word line is driven at the left, each bit line sensed at the bottom. Exact for any
 * wires, from one solution for each line.
 *
 * @throws UsageError for a matrix or a resistance that is not one, for an array without a conducting cell, and for
 * floating lines without a way to the others
 * @example
 * const { sneak } = sneakMap({
 *   geometry: createGeometry(8, 8),
 *   conductances: new Float64Array(64).fill(1e-4),
 *   wordSegmentResistance: 0,
 *   bitSegmentResistance: 0,
 *   driverResistance: 0,
 *   bias: 'floating',
 * });
 * sneak[0]; // 3.267: 64 / 15 - 1
 */
export function sneakMap({ geometry, driverResistance, bias, ...wires }: SneakMapOptions): SneakMap {
  const { wordLines, bitLines } = geometry;
  const driven = (lines: number) => ({ volts: new Float64Array(lines), seriesResistance: driverResistance });
  const system = connectSources(createCircuit({ geometry, ...wires }), {
    wordLeft: driven(wordLines),
    wordRight: null,
    bitTop: null,
    bitBottom: driven(bitLines),
  });
  const { sensed, cellVolts, power } =
    bias === 'floating' ? readBetweenFloating(system) : readUnderBias(system, resolveBias(bias));
  const sneak = sensed.map((amperes, cell) => {
    const own = system.conductances[cell]! * cellVolts[cell]!;
    return own > 0 ? (amperes - own) / own : Number.NaN;
  });
  const wordLinePower = new Float64Array(wordLines);
  const bitLinePower = new Float64Array(bitLines);
  let worst = -1;
  sneak.forEach((share, cell) => {
    const { word, bit } = cellAt(geometry, cell);
    wordLinePower[word] = Math.max(wordLinePower[word]!, power[cell]!);
    bitLinePower[bit] = Math.max(bitLinePower[bit]!, power[cell]!);
    if (!Number.isNaN(share) && (worst === -1 || Math.abs(share) > Math.abs(sneak[worst]!))) {
      worst = cell;
    }
  });
  if (worst === -1) {
    throw new UsageError('no-cell', 'sneak map: found no cell that conducts, expected at least one');
  }
  return { sneak, worst: cellAt(geometry, worst), wordLinePower, bitLinePower };
}
