import { ConfigError, UsageError } from '../errors.ts';
import type { Variability } from '../model/variability.ts';
import { RandomStream } from '../random.ts';
import { type Cell, cellCount, cellIndex, cellName, containsCell, type Geometry } from './geometry.ts';

/** How a cell answers pulses: freely, or not at all from an end of its conductance range. */
export type CellFault = 'none' | 'stuck-high' | 'stuck-low';

/** One code a cell, row-major: see {@link faultCodes}. */
export type FaultMap = Uint8Array;

/** Codes of a {@link FaultMap}. */
export const faultCodes = { none: 0, 'stuck-high': 1, 'stuck-low': 2 } as const satisfies Record<
  CellFault,
  number
>;

/**
 * Name the fault that a map holds for a cell.
 *
 * @example
 * faultOf(placeFaults(createGeometry(2, 2), { high: [{ word: 0, bit: 1 }] }), 1); // 'stuck-high'
 */
export function faultOf(faults: FaultMap, index: number): CellFault {
  if (faults[index] === faultCodes['stuck-high']) {
    return 'stuck-high';
  }
  return faults[index] === faultCodes['stuck-low'] ? 'stuck-low' : 'none';
}

/**
 * Draw stuck cells from the stream `stuck`, keyed by cell. A larger `low` fraction leaves every cell that is
 * stuck high where it is.
 *
 * @throws ConfigError unless both fractions and their sum lie in 0 to 1
 * @example
 * drawFaults(createGeometry(1, 2), { high: 1, low: 0 }, 7); // Uint8Array [1, 1]
 */
export function drawFaults(geometry: Geometry, stuck: Variability['stuck'], seed: number): FaultMap {
  const { high, low } = stuck;
  if (!(high >= 0 && low >= 0 && high + low <= 1)) {
    throw new ConfigError(
      'stuck-fraction',
      `variability: stuck fractions are ${high} high and ${low} low, expected 0 to 1, and at most 1 together`,
      { details: { high, low } },
    );
  }
  const faults = new Uint8Array(cellCount(geometry));
  if (high + low === 0) {
    return faults;
  }
  const stream = new RandomStream(seed, 'stuck');
  for (let index = 0; index < faults.length; index++) {
    const draw = stream.uniform(index, 0);
    if (draw < high) {
      faults[index] = faultCodes['stuck-high'];
    } else if (draw < high + low) {
      faults[index] = faultCodes['stuck-low'];
    }
  }
  return faults;
}

/**
 * Make the map of given stuck cells.
 *
 * @throws UsageError for a cell outside the array, or listed as both
 * @example
 * placeFaults(createGeometry(1, 3), { low: [{ word: 0, bit: 2 }] }); // Uint8Array [0, 0, 2]
 */
export function placeFaults(
  geometry: Geometry,
  cells: { readonly high?: readonly Cell[]; readonly low?: readonly Cell[] },
): FaultMap {
  const faults = new Uint8Array(cellCount(geometry));
  for (const cell of cells.high ?? []) {
    place(faults, geometry, cell, faultCodes['stuck-high']);
  }
  for (const cell of cells.low ?? []) {
    place(faults, geometry, cell, faultCodes['stuck-low']);
  }
  return faults;
}

function place(faults: FaultMap, geometry: Geometry, cell: Cell, code: number): void {
  if (!containsCell(geometry, cell)) {
    throw new UsageError(
      'fault-cell',
      `faults: cell ${cellName(cell)} is outside the array of ${geometry.wordLines} x ${geometry.bitLines}`,
    );
  }
  const index = cellIndex(geometry, cell);
  if (faults[index] !== faultCodes.none && faults[index] !== code) {
    throw new UsageError(
      'fault-cell',
      `faults: cell ${cellName(cell)} is listed as stuck high and stuck low`,
    );
  }
  faults[index] = code;
}
