import { SolverError, UsageError } from '../errors.ts';
import { createLineSweeps } from './create-line-sweeps.ts';
import { solveDirect } from './direct-solver.ts';
import { innerResistance, type LineSet } from './line-set.ts';
import { bytesPerCell } from './line-sweeps.ts';
import type { NodalSolution } from './nodal-solution.ts';
import type { NodalSystem } from './nodal-system.ts';
import { solveIterative } from './solve-iterative.ts';
import { singleTolerance, solveSingle } from './solve-single.ts';

export interface SolveOptions {
  /** Error of voltages and currents over the largest of them, 1e-9 if left out; elimination reaches rounding. */
  readonly tolerance?: number;
  /**
   * By size and conductances if left out. `single` is two to four times as fast, and holds the currents to 1e-4 of the
   * largest of their side; a circuit for which float32 does not suffice is solved as if nothing had been asked for.
   */
  readonly method?: NodalSolution['method'];
}

/** Up to this many cells elimination is done before the kernel of the iteration is loaded. */
const smallCells = 256;
/** Resistance of a line over that of a cell from which rounding costs the iteration too many digits. */
const extremeRatio = 1e5;
const largestBytes = 2 ** 32;

/**
 * Solve a linear circuit: small and extreme ones by elimination, others by conjugate gradients.
 *
 * @throws UsageError naming a path without resistance between sources, or the memory that the circuit would need
 * @throws SolverError with the history of residuals when the iteration that was asked for does not converge
 * @example
 * const circuit = createCircuit({
 *   geometry: createGeometry(1, 1),
 *   conductances: Float64Array.of(1e-3),
 *   wordSegmentResistance: 10,
 *   bitSegmentResistance: 20,
 * });
 * const drive = {
 *   wordLeft: { volts: [1], seriesResistance: 70 },
 *   wordRight: null,
 *   bitTop: null,
 *   bitBottom: { volts: [0], seriesResistance: 0 },
 * };
 * const { currentIntoEnd } = solveCircuit(connectSources(circuit, drive));
 * currentIntoEnd.bitBottom[0]; // 9.09e-4 A
 */
export function solveCircuit(system: NodalSystem, options: SolveOptions = {}): NodalSolution {
  requireMemory(system);
  const { tolerance = 1e-9, method } = options;
  const forElimination = isForElimination(system);
  if (method === 'single') {
    const suffices = !forElimination && (options.tolerance ?? singleTolerance) >= singleTolerance;
    return (suffices ? solveSingle(system) : null) ?? solveCircuit(system, { tolerance });
  }
  if (method === 'direct' || (method === undefined && forElimination)) {
    return solveDirect(system);
  }
  try {
    return solveIterative(system, createLineSweeps(system), { tolerance });
  } catch (error) {
    if (error instanceof SolverError && method === undefined) {
      return solveDirect(system);
    }
    throw error;
  }
}

/**
 * Refuse a circuit that no solver here can hold.
 *
 * @throws UsageError saying how much memory it would need
 */
function requireMemory(system: NodalSystem): void {
  const { wordLines, bitLines } = system.geometry;
  const bytes = bytesPerCell(system) * wordLines * bitLines;
  if (bytes > largestBytes) {
    const gibibytes = (bytes / 2 ** 30).toFixed(1);
    throw new UsageError(
      'memory',
      `circuit: ${wordLines} x ${bitLines} cells need ${gibibytes} GiB to be solved, allowed 4 GiB`,
      { details: { bytes, allowed: largestBytes } },
    );
  }
}

function isForElimination({ conductances, words, bits }: NodalSystem): boolean {
  if (conductances.length <= smallCells || hasShortedLine(words) || hasShortedLine(bits)) {
    return true;
  }
  let largest = 0;
  for (const siemens of conductances) {
    largest = Math.max(largest, siemens);
  }
  return (
    largest === Infinity || largest * Math.max(lineResistance(words), lineResistance(bits)) > extremeRatio
  );
}

/** Whether two sources of different voltage have a line without resistance between them; elimination names it. */
function hasShortedLine(set: LineSet): boolean {
  const { first, last } = set;
  return first.resistance.some((ohms, line) => {
    let total = ohms + last.resistance[line]!;
    for (let link = 1; link < set.cells && total === 0; link++) {
      total += innerResistance(set, line, link);
    }
    return total === 0 && first.volts[line] !== last.volts[line];
  });
}

function lineResistance({ cells, segments }: LineSet): number {
  if (typeof segments === 'number') {
    return cells * segments;
  }
  return segments.reduce((sum, ohms) => Math.max(sum, cells * ohms), 0);
}
