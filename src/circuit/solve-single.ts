import { SolverError } from '../errors.ts';
import type { Amperes, Siemens, Volts } from '../units.ts';
import { lineEnds } from './line-ends.ts';
import type { NodalSolution } from './nodal-solution.ts';
import { type NodalSystem, sideOf, withVolts } from './nodal-system.ts';
import { SingleLineSweeps } from './single-line-sweeps.ts';
import { solveIterative } from './solve-iterative.ts';
import { sourceSpread } from './unloaded-lines.ts';

/** Error of the currents over the largest of their side that float32 is asked to hold. */
export const singleTolerance = 1e-4;
/** What the iteration may leave of it. */
const tolerance = 1e-5;
/** Error of the voltage over a cell that rounding leaves, over the largest voltage of a node: the largest one measured. */
const roundOff = 2e-6;

/**
 * Solve a circuit by conjugate gradients in float32.
 *
 * @returns null where links differ or have no resistance, where the kernel was not built, and where rounding may cost
 *   the currents more than {@link singleTolerance}: cells that take little of the voltages, as behind large resistances
 */
export function solveSingle(system: NodalSystem): NodalSolution | null {
  const sweeps = SingleLineSweeps.create(system);
  if (sweeps === undefined) {
    return null;
  }
  // Float32 has its digits near 0 V.
  const { mean } = sourceSpread(system);
  const solution = solveUnlessExtreme(movedBy(system, -mean), sweeps);
  if (solution === null || currentRoundOff(system, solution) > singleTolerance * sideCurrent(solution)) {
    return null;
  }
  return {
    ...solution,
    wordNodeVolts: solution.wordNodeVolts.map((volts) => volts + mean),
    bitNodeVolts: solution.bitNodeVolts.map((volts) => volts + mean),
    method: 'single',
  };
}

/** The circuit with all its sources moved. */
function movedBy(system: NodalSystem, volts: Volts): NodalSystem {
  const moved = lineEnds.map((end) => [end, sideOf(system, end).volts.map((value) => value + volts)]);
  return withVolts(system, Object.fromEntries(moved));
}

function solveUnlessExtreme(system: NodalSystem, sweeps: SingleLineSweeps): NodalSolution | null {
  try {
    return solveIterative(system, sweeps, { tolerance });
  } catch (error) {
    if (error instanceof SolverError) {
      return null;
    }
    throw error;
  }
}

/** What the rounding of the voltages over its cells may cost the current of any line. */
function currentRoundOff({ conductances, geometry }: NodalSystem, solution: NodalSolution): Amperes {
  const ofWords = new Float64Array(geometry.wordLines);
  const ofBits = new Float64Array(geometry.bitLines);
  let largest: Volts = 0;
  for (let word = 0, cell = 0; word < geometry.wordLines; word++) {
    for (let bit = 0; bit < geometry.bitLines; bit++, cell++) {
      ofWords[word]! += conductances[cell]!;
      ofBits[bit]! += conductances[cell]!;
      const volts = Math.max(Math.abs(solution.wordNodeVolts[cell]!), Math.abs(solution.bitNodeVolts[cell]!));
      largest = Math.max(largest, volts);
    }
  }
  return roundOff * largest * Math.max(largestOf(ofWords), largestOf(ofBits));
}

/** The largest current of each side, of the side where it is smallest. */
function sideCurrent({ currentIntoEnd }: NodalSolution): Amperes {
  const sides = lineEnds.map((end) => currentIntoEnd[end]).filter((currents) => currents !== null);
  return Math.min(...sides.map(largestOf));
}

function largestOf(values: Float64Array): Amperes | Siemens {
  let largest = 0;
  for (const value of values) {
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
