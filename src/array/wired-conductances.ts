import { connectSensedArray, type ReadWires } from './sensed-array.ts';
import { createTransferMatrix, transferBetween } from '../circuit/transfer-matrix.ts';

/**
 * The conductance matrix that linear cells between wires with resistance are from outside: current out of each bit line
 * at 0 V for each volt at a word line, exact. A product with it has the drop along the wires at the cost of one without.
 *
 * @param conductances - of the cells, [wordLines x bitLines], siemens
 * @returns [wordLines x bitLines], siemens
 * @throws UsageError for resistances or conductances that are none, or a matrix beyond 4 GiB
 * @example
 * const geometry = createGeometry(2, 2);
 * const wires = { geometry, wordSegmentResistance: 1, bitSegmentResistance: 1 };
 * wiredConductances(wires, new Float64Array(4).fill(1e-3))[1]; // 0.000994 S
 */
export function wiredConductances(wires: ReadWires, conductances: Float64Array): Float64Array {
  const system = connectSensedArray(wires, conductances);
  return transferBetween(createTransferMatrix(system), 'wordLeft', 'bitBottom', system);
}
