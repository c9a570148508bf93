import { type LineEnd, lineEnds } from './line-ends.ts';
import { type NodalSystem, sideOf, withVolts } from './nodal-system.ts';
import { solveCircuit } from './solve-circuit.ts';

/** Weight of the current into each source of a side, [lines]; sides that are left out count nothing. */
export type EndWeights = Partial<Readonly<Record<LineEnd, Float64Array>>>;

/**
 * Differentiate a weighted sum of the currents into the sources by the conductance of every cell, through the wires:
 * with the circuit symmetric, one more solution with the weights as voltages gives all derivatives at once.
 *
 * @returns [wordLines x bitLines], ampere per siemens
 * @throws UsageError as `solveCircuit`
 * @source S. W. Director, R. A. Rohrer, "The generalized adjoint network and network sensitivities",
 * doi 10.1109/TCT.1969.1082965
 * @example
 * const geometry = createGeometry(2, 2);
 * const wires = { wordSegmentResistance: 1, bitSegmentResistance: 1 };
 * const circuit = createCircuit({ geometry, conductances: new Float64Array(4).fill(1e-4), ...wires });
 * const open = { wordRight: null, bitTop: null };
 * const grounded = { volts: [0, 0], seriesResistance: 0 };
 * const system = connectSources(circuit, { ...open, wordLeft: { ...grounded, volts: [1, 1] }, bitBottom: grounded });
 * conductanceSensitivity(system, { bitBottom: Float64Array.of(1, 0) })[0]; // 0.9991 A/S
 */
export function conductanceSensitivity(system: NodalSystem, weights: EndWeights): Float64Array {
  const driven = Object.fromEntries(
    lineEnds.map((end) => {
      const { resistance } = sideOf(system, end);
      return [end, resistance.map((ohms, line) => (ohms < Infinity ? (weights[end]?.[line] ?? 0) : 0))];
    }),
  );
  const direct = solveCircuit(system);
  const adjoint = solveCircuit(withVolts(system, driven));
  return system.conductances.map((_, cell) => {
    const volts = direct.wordNodeVolts[cell]! - direct.bitNodeVolts[cell]!;
    return -volts * (adjoint.wordNodeVolts[cell]! - adjoint.bitNodeVolts[cell]!);
  });
}
