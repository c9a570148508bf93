import { type IterativeOptions, IterativeSolver } from './iterative-solver.ts';
import { endCurrents } from './line-currents.ts';
import type { LineSide } from './line-set.ts';
import type { LineSweeps } from './line-sweeps.ts';
import type { NodalSolution } from './nodal-solution.ts';
import type { NodalSystem } from './nodal-system.ts';
import { largestImbalance } from './node-balance.ts';

/**
 * Solve a circuit by conjugate gradients.
 *
 * @throws SolverError with the history of residuals when it does not converge
 */
export function solveIterative(
  system: NodalSystem,
  sweeps: LineSweeps,
  options: IterativeOptions = {},
): NodalSolution {
  const solver = new IterativeSolver(system, sweeps, options);
  const { iterations } = solver.solve();
  const { wordNodeVolts, bitNodeVolts } = solver.nodeVolts();
  const cellCurrents = currentsThroughCells(system.conductances, wordNodeVolts, bitNodeVolts);
  return {
    wordNodeVolts,
    bitNodeVolts,
    currentIntoEnd: currentsIntoEnds(system, cellCurrents),
    kclResidual: largestImbalance(system, wordNodeVolts, bitNodeVolts, cellCurrents),
    method: 'iterative',
    iterations,
  };
}

/** Currents of linear cells, [wordLines x bitLines], from word line to bit line. */
export function currentsThroughCells(
  conductances: Float64Array,
  wordNodeVolts: Float64Array,
  bitNodeVolts: Float64Array,
): Float64Array {
  const currents = new Float64Array(conductances.length);
  for (let cell = 0; cell < currents.length; cell++) {
    currents[cell] = conductances[cell]! * (wordNodeVolts[cell]! - bitNodeVolts[cell]!);
  }
  return currents;
}

/** Currents into all sources from those through the cells. */
export function currentsIntoEnds(
  { words, bits }: NodalSystem,
  cellCurrents: Float64Array,
): NodalSolution['currentIntoEnd'] {
  const ofWords = endCurrents(words, cellCurrents, -1, words.cells, 1);
  const ofBits = endCurrents(bits, cellCurrents, 1, 1, bits.lines);
  return {
    wordLeft: ifDriven(words.first, ofWords.first),
    wordRight: ifDriven(words.last, ofWords.last),
    bitTop: ifDriven(bits.first, ofBits.first),
    bitBottom: ifDriven(bits.last, ofBits.last),
  };
}

function ifDriven({ resistance }: LineSide, currents: Float64Array): Float64Array | null {
  return resistance.some((ohms) => ohms < Infinity) ? currents : null;
}
