import type { Amperes, Ohms, Watts } from '../units.ts';
import { createCircuit, type SegmentResistance } from '../circuit/circuit.ts';
import { type Cell, cellAt, type Geometry } from './geometry.ts';
import { connectSources } from '../circuit/nodal-system.ts';
import { solveCircuit } from '../circuit/solve-circuit.ts';

export interface DropMapOptions {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens. */
  readonly conductances: Float64Array;
  readonly wordSegmentResistance: SegmentResistance;
  readonly bitSegmentResistance: SegmentResistance;
  /** Output resistance of every line driver. */
  readonly driverResistance: Ohms;
}

export interface DropMap {
  /** Share of the drivers' voltage that does not arrive at each cell, [wordLines x bitLines]. */
  readonly lost: Float64Array;
  /** The cell that loses most. */
  readonly worst: Cell;
  /** What each word line takes from its driver at 1 V, [wordLines], watt. */
  readonly wordLinePower: Float64Array;
  /** What each bit line takes from the word lines: the heat of its cells, its wire and its driver, [bitLines], watt. */
  readonly bitLinePower: Float64Array;
}

/**
 * Map the drop along the wires while all word lines are driven with one voltage from the left and all bit lines are
 * sensed at the bottom, as in a vector-matrix product.
 *
 * @throws UsageError for a matrix or a resistance that is not one
 * @example
 * const { worst } = dropMap({
 *   geometry: createGeometry(9, 6),
 *   conductances: new Float64Array(54).fill(1e-4),
 *   wordSegmentResistance: 10,
 *   bitSegmentResistance: 20,
 *   driverResistance: 0,
 * });
 * worst; // { word: 0, bit: 5 }
 */
export function dropMap({ geometry, driverResistance, ...wires }: DropMapOptions): DropMap {
  const { wordLines, bitLines } = geometry;
  const system = connectSources(createCircuit({ geometry, ...wires }), {
    wordLeft: { volts: new Float64Array(wordLines).fill(1), seriesResistance: driverResistance },
    wordRight: null,
    bitTop: null,
    bitBottom: { volts: new Float64Array(bitLines), seriesResistance: driverResistance },
  });
  const { wordNodeVolts, bitNodeVolts, currentIntoEnd } = solveCircuit(system);
  const lost = wordNodeVolts.map((volts, cell) => 1 - (volts - bitNodeVolts[cell]!));
  let worst = 0;
  lost.forEach((share, cell) => {
    worst = share > lost[worst]! ? cell : worst;
  });
  const bitLinePower = new Float64Array(bitLines);
  wordNodeVolts.forEach((volts, cell) => {
    const amperes = system.conductances[cell]! * (volts - bitNodeVolts[cell]!);
    bitLinePower[cell % bitLines]! += volts * amperes;
  });
  const power = (amperes: Amperes): Watts => -amperes;
  return {
    lost,
    worst: cellAt(geometry, worst),
    wordLinePower: (currentIntoEnd.wordLeft ?? new Float64Array(wordLines)).map(power),
    bitLinePower,
  };
}
