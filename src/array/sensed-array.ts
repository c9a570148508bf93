import { createCircuit } from '../circuit/circuit.ts';
import { connectSources, type NodalSystem } from '../circuit/nodal-system.ts';
import type { ResistiveWiresOptions } from './resistive-wires.ts';

/** What lies in the way of a read of whole bit lines. */
export type LineResistances = Pick<
  ResistiveWiresOptions,
  'wordSegmentResistance' | 'bitSegmentResistance' | 'driverResistance'
>;

/** The same of one array. */
export type ReadWires = LineResistances & Pick<ResistiveWiresOptions, 'geometry'>;

/**
 * An array whose word lines are driven from the left while all bit lines are sensed at the bottom, held at 0 V.
 *
 * @param conductances - [wordLines x bitLines], siemens; they are not copied
 * @throws UsageError for resistances or conductances that are none
 */
export function connectSensedArray(
  { geometry, driverResistance = 0, ...segments }: ReadWires,
  conductances: Float64Array,
): NodalSystem {
  const circuit = createCircuit({ geometry, conductances, ...segments });
  const grounded = (lines: number) => ({
    volts: new Float64Array(lines),
    seriesResistance: driverResistance,
  });
  return connectSources(circuit, {
    wordLeft: grounded(geometry.wordLines),
    wordRight: null,
    bitTop: null,
    bitBottom: grounded(geometry.bitLines),
  });
}
