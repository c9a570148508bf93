import { createCircuit } from '../array/circuit.ts';
import type { Geometry } from '../array/geometry.ts';
import { connectSources, type NodalSystem } from '../array/nodal-system.ts';
import { createTransferMatrix, transferBetween } from '../array/transfer-matrix.ts';
import type { Ohms } from '../units.ts';

/** What lies in the way of the spikes. */
export interface LineResistances {
  readonly wordSegment: Ohms;
  readonly bitSegment: Ohms;
  /** Output resistance of every driver. */
  readonly driver: Ohms;
}

/** An array whose word lines are driven from the left while all bit lines are sensed at the bottom, held at 0 V. */
export function connectSensedArray(
  geometry: Geometry,
  conductances: Float64Array,
  { wordSegment, bitSegment, driver }: LineResistances,
): NodalSystem {
  const circuit = createCircuit({
    geometry,
    conductances,
    wordSegmentResistance: wordSegment,
    bitSegmentResistance: bitSegment,
  });
  const grounded = (lines: number) => ({ volts: new Float64Array(lines), seriesResistance: driver });
  return connectSources(circuit, {
    wordLeft: grounded(geometry.wordLines),
    wordRight: null,
    bitTop: null,
    bitBottom: grounded(geometry.bitLines),
  });
}

/**
 * Current out of each bit line for each volt on each word line, exactly. Where cells are linear, the currents of word
 * lines that are driven together are the sum of those that each makes alone, so that every spike can be given its own.
 *
 * @param conductances - [wordLines x bitLines], siemens
 * @returns [wordLines x bitLines], siemens; between wires without resistance it would be the conductances
 */
export function arrivingConductances(
  geometry: Geometry,
  conductances: Float64Array,
  lines: LineResistances,
): Float64Array {
  const system = connectSensedArray(geometry, conductances, lines);
  return transferBetween(createTransferMatrix(system), 'wordLeft', 'bitBottom', system);
}
