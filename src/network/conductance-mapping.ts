import type { Geometry } from '../array/geometry.ts';
import type { Siemens, Volts } from '../units.ts';

/** Conductances between which weights are laid out. */
export interface ConductanceRange {
  readonly min: Siemens;
  readonly max: Siemens;
}

/** A weight matrix laid out on a crossbar, linear in conductance. */
export interface MappedWeights {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens. */
  readonly targets: Float64Array;
  /** Conductance that stands for a weight of 1. */
  readonly siemensPerUnit: Siemens;
}

/** A layout of signed weights on positive conductances. */
export interface WeightLayout {
  readonly name: string;
  /**
   * Lay out a matrix.
   * @param weights - [inputs x outputs], row-major
   */
  map(weights: Float64Array, inputs: number, outputs: number, range: ConductanceRange): MappedWeights;
  /**
   * Weighted sums from the currents of the bit lines.
   * @param bitCurrents - [bitLines], amperes
   * @param voltsPerUnit - word-line voltage that stands for an input of 1
   * @returns [outputs]
   */
  outputs(mapped: MappedWeights, bitCurrents: Float64Array, voltsPerUnit: Volts): Float64Array;
}

/** Weights smaller than this are zero: their reciprocal would overflow the scale. */
const smallestWeight = 1e-290;

/** Largest |weight|, or 1 for a matrix of zeros, so that a scale always exists. */
export function largestMagnitude(weights: Float64Array): number {
  let largest = 0;
  for (const weight of weights) {
    largest = Math.max(largest, Math.abs(weight));
  }
  return largest < smallestWeight ? 1 : largest;
}
