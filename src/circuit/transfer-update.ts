import type { Siemens } from '../units.ts';
import { createLineSweeps } from './create-line-sweeps.ts';
import { changeStrength, dipoleResponse } from './dipole-response.ts';
import { IterativeSolver } from './iterative-solver.ts';
import type { NodalSystem } from './nodal-system.ts';
import type { TransferMatrix } from './transfer-matrix.ts';

/** A cell with another conductance. */
export interface CellChange {
  /** Position in the row-major matrix. */
  readonly index: number;
  readonly conductance: Siemens;
}

/**
 * Bring a transfer matrix up to date after a few cells have changed: each adds its response to itself. That takes
 * one solution for each changed cell, where building anew costs as much as some 16.
 *
 * @param system - the circuit before the change
 * @param changes - each cell at most once
 * @example
 * updateTransferMatrix(transfer, system, [{ index: 5, conductance: 2e-5 }]);
 */
export function updateTransferMatrix(
  { ends, admittance }: TransferMatrix,
  system: NodalSystem,
  changes: readonly CellChange[],
): TransferMatrix {
  const solver = new IterativeSolver(system, createLineSweeps(system), { tolerance: 1e-12 });
  const responses = changes.map(({ index }) => dipoleResponse(solver, system.conductances, ends, index));
  const updated = admittance.slice();
  responses.forEach((response, k) => {
    const { index, conductance } = changes[k]!;
    const strength = changeStrength(response, conductance - system.conductances[index]!);
    addOuterProduct(updated, strength, response.endCurrents);
    // The cells still to come see this one with its new conductance.
    for (const later of responses.slice(k + 1)) {
      const factor = -strength * later.cellVolts[index]!;
      addScaled(later.cellVolts, factor, response.cellVolts);
      addScaled(later.endCurrents, factor, response.endCurrents);
    }
  });
  return { ends, admittance: updated };
}

function addOuterProduct(matrix: Float64Array, factor: number, vector: Float64Array): void {
  for (let row = 0, at = 0; row < vector.length; row++) {
    const scaled = factor * vector[row]!;
    for (let column = 0; column < vector.length; column++, at++) {
      matrix[at]! += scaled * vector[column]!;
    }
  }
}

function addScaled(to: Float64Array, factor: number, from: Float64Array): void {
  for (let at = 0; at < to.length; at++) {
    to[at]! += factor * from[at]!;
  }
}
