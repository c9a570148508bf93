import type { Siemens } from '../units.ts';
import type { IterativeSolver } from './iterative-solver.ts';
import { currentsIntoEnds, currentsThroughCells } from './solve-iterative.ts';
import type { DrivenEnd } from './transfer-matrix.ts';

/**
 * What one ampere does that is pushed into a cell's word-line node and drawn from its bit-line node, while all
 * sources are at 0 V.
 */
export interface DipoleResponse {
  /** Of the cell. */
  readonly index: number;
  /** Voltage over every cell, [wordLines x bitLines]. */
  readonly cellVolts: Float64Array;
  /** Current into each source; by reciprocity also the voltage over the cell for each volt of that source. */
  readonly endCurrents: Float64Array;
}

/**
 * Find the response of a circuit to a current along one cell.
 *
 * @param solver - its sources are brought to 0 V
 */
export function dipoleResponse(
  solver: IterativeSolver,
  conductances: Float64Array,
  ends: readonly DrivenEnd[],
  index: number,
): DipoleResponse {
  const cellSources = new Float64Array(conductances.length);
  cellSources[index] = -1;
  solver.setVolts({});
  solver.solve({ cellSources });
  const { wordNodeVolts, bitNodeVolts } = solver.nodeVolts();
  const cellCurrents = currentsThroughCells(conductances, wordNodeVolts, bitNodeVolts);
  cellCurrents[index]! -= 1;
  const into = currentsIntoEnds(solver.system, cellCurrents);
  return {
    index,
    cellVolts: wordNodeVolts.map((volts, cell) => volts - bitNodeVolts[cell]!),
    endCurrents: Float64Array.from(ends, ({ end, line }) => into[end]![line]!),
  };
}

/**
 * How strongly a change of the conductance of its cell adds a dipole to any solution: the solution loses this times
 * the voltage over the cell times the response.
 *
 * @source J. Sherman, W. J. Morrison, doi 10.1214/aoms/1177729893
 */
export function changeStrength({ index, cellVolts }: DipoleResponse, change: Siemens): Siemens {
  return change / (1 + change * cellVolts[index]!);
}
