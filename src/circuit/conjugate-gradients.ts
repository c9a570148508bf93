import { SolverError } from '../errors.ts';
import type { LineSweeps } from './line-sweeps.ts';

export interface IterationOptions {
  /** Energy that a residual of 1 has. */
  readonly reference: number;
  /** Residual to end with. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly correction: Correction | null;
}

/** A second level beside the bit lines as preconditioner. */
export interface Correction {
  /** Find the correction for the residual that z = B^-1 r stands for; returns its product with r. */
  solve(): number;
  /** p <- p + factor * correction. */
  addTo(factor: number): void;
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
  { reference, tolerance, maxIterations, correction }: IterationOptions,
): IterationReport {
  let residual = energy + (correction?.solve() ?? 0);
  let norm = relativeNorm(residual, reference);
  const history = [norm];
  /** Of the iteration before. */
  let merit = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (norm <= tolerance) {
      return { iterations: iteration, residual: norm, history };
    }
    const beta = merit === 0 ? 0 : residual / merit;
    merit = residual;
    const alpha =
      residual / (correction === null ? sweeps.wordPass(beta) : correctedWordPass(sweeps, beta, correction));
    residual = sweeps.bitPass(alpha) + (correction?.solve() ?? 0);
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

/** p <- z + correction + beta p, in a pass that makes z + beta p of what it finds in p. */
function correctedWordPass(sweeps: LineSweeps, beta: number, correction: Correction): number {
  if (beta === 0) {
    sweeps.p.fill(0);
  }
  const factor = beta || 1;
  correction.addTo(1 / factor);
  return sweeps.wordPass(factor);
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
