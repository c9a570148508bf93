import { SolverError } from '../errors.ts';
import type { LineSweeps } from './line-sweeps.ts';

export interface IterationOptions {
  /** Energy that a residual of 1 has. */
  readonly reference: number;
  /** Residual to end with. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface IterationReport {
  readonly iterations: number;
  /** Norm of the preconditioned residual over the one at the reference. */
  readonly residual: number;
  /** That norm before every iteration and after the last. */
  readonly history: readonly number[];
}

/**
 * Bring S v = f to a residual, from the start that the sweeps hold: v, z = B^-1 (f - S v) and `energy` = z . B z.
 * Conjugate gradients with the bit lines as preconditioner, of which one iteration is a sweep over all word lines
 * and one over all bit lines.
 *
 * The energy of the direction is summed anew in every iteration: its recurrence is exact in theory, and loses the
 * last steps of hard systems in practice.
 *
 * @throws SolverError with the history when the iterations do not suffice, or a number is not finite
 * @source M. R. Hestenes, E. Stiefel, "Methods of conjugate gradients for solving linear systems",
 * doi 10.6028/jres.049.044
 */
export function conjugateGradients(
  sweeps: LineSweeps,
  energy: number,
  { reference, tolerance, maxIterations }: IterationOptions,
): IterationReport {
  let norm = relativeNorm(energy, reference);
  const history = [norm];
  let residual = energy;
  /** Of the iteration before. */
  let merit = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (norm <= tolerance) {
      return { iterations: iteration, residual: norm, history };
    }
    const beta = merit === 0 ? 0 : residual / merit;
    merit = residual;
    const alpha = residual / sweeps.wordPass(beta);
    residual = sweeps.bitPass(alpha);
    norm = relativeNorm(residual, reference);
    history.push(norm);
    if (!Number.isFinite(alpha) || !Number.isFinite(residual)) {
      throw noConvergence('a number that is not finite', iteration + 1, history, tolerance);
    }
  }
  if (norm <= tolerance) {
    return { iterations: maxIterations, residual: norm, history };
  }
  throw noConvergence('no convergence', maxIterations, history, tolerance);
}

/** Norm of a residual over the one of a reference, from their energies. */
export function relativeNorm(energy: number, reference: number): number {
  return energy === 0 ? 0 : Math.sqrt(energy / reference);
}

function noConvergence(
  what: string,
  iterations: number,
  history: readonly number[],
  tolerance: number,
): SolverError {
  return new SolverError(
    'no-convergence',
    `circuit: ${what} after ${iterations} iterations, relative residual ${history.at(-1)}, asked for ${tolerance}`,
    {
      hint: 'The drop along the lines is extreme for the cells; solve by elimination.',
      details: { iterations, tolerance, history: history.slice(-20) },
    },
  );
}
