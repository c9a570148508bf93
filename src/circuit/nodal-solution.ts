import type { Amperes } from '../units.ts';
import type { LineEnd } from './line-ends.ts';

/** Voltages and currents of a linear circuit. */
export interface NodalSolution {
  /** Node of each cell on its word line, [wordLines x bitLines], volt. */
  readonly wordNodeVolts: Float64Array;
  /** Node of each cell on its bit line, [wordLines x bitLines], volt. */
  readonly bitNodeVolts: Float64Array;
  /** Current that leaves the array into each source, ampere; 0 for an end that floats, null for an open side. */
  readonly currentIntoEnd: Readonly<Record<LineEnd, Float64Array | null>>;
  /** Largest sum of currents at any node, which would be 0. */
  readonly kclResidual: Amperes;
  /** `direct` eliminates, `iterative` is conjugate gradients, `single` the same in float32. */
  readonly method: 'direct' | 'iterative' | 'single';
  /** Steps of the iteration, or of the refinement of an elimination. */
  readonly iterations: number;
}
