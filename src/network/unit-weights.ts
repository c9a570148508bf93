import type { ConductanceRange } from './conductance-mapping.ts';

/**
 * Lay weights from 0 to 1 on single cells, linear in conductance: 0 is the lowest conductance, 1 the highest.
 *
 * @returns siemens
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 * @example
 * unitWeightsToConductances(Float64Array.of(0, 0.5, 1), { min: 5e-5, max: 4.5e-4 }); // [5e-5, 2.5e-4, 4.5e-4]
 */
export function unitWeightsToConductances(
  weights: Float64Array,
  { min, max }: ConductanceRange,
): Float64Array {
  return weights.map((weight) => min + weight * (max - min));
}

/**
 * Read weights from 0 to 1 off the conductances of single cells; what lies outside the range counts as its end.
 *
 * @param conductances - siemens
 * @example
 * conductancesToUnitWeights(Float64Array.of(2.5e-4, 1), { min: 5e-5, max: 4.5e-4 }); // [0.5, 1]
 */
export function conductancesToUnitWeights(
  conductances: Float64Array,
  { min, max }: ConductanceRange,
): Float64Array {
  return conductances.map((conductance) => Math.min(Math.max((conductance - min) / (max - min), 0), 1));
}

/**
 * Half width of the scatter of such weights when each read scatters its conductance uniformly.
 *
 * @param conductances - siemens
 * @param relative - half width of the scatter of a conductance, over the conductance
 */
export function unitWeightScatter(
  conductances: Float64Array,
  relative: number,
  { min, max }: ConductanceRange,
): Float64Array {
  return conductances.map((conductance) => (relative * conductance) / (max - min));
}
