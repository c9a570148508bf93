import { dataTable } from './data-table.ts';
import type { Html } from './html.ts';
import { formatNumber, formatRoundShare, formatShare, formatSi } from './number-format.ts';
import { quantile, sortedFinite } from './quantile.ts';

/** How near the conductances came to their targets. Errors are shares of the target, or siemens where so named. */
export interface Accuracy {
  /** Cells that have a target. */
  readonly cells: number;
  readonly withinTolerance: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly ninetyNinth: number;
  readonly largest: number;
  readonly bias: number;
  readonly rootMeanSquareSiemens: number;
}

/**
 * Sum up the errors of an array at the end of a run.
 *
 * @param conductances - siemens, [cells]
 * @param targets - siemens, [cells]; NaN where there is none
 * @param errors - [cells], share of the target
 * @param tolerances - [cells], largest accepted error; NaN where there is none
 * @returns NaN for the errors when no cell has a target
 * @example
 * measureAccuracy(run.conductances, run.targets, errors, record.tolerances).median; // 0.004
 */
export function measureAccuracy(
  conductances: Float64Array,
  targets: Float64Array,
  errors: Float64Array,
  tolerances: Float64Array,
): Accuracy {
  const magnitudes = sortedFinite(errors.map(Math.abs));
  const cells = magnitudes.length;
  const squares = sortedFinite(
    conductances.map((value, index) => (value - (targets[index] ?? Number.NaN)) ** 2),
  );
  return {
    cells,
    withinTolerance: errors.filter((error, index) => Math.abs(error) <= (tolerances[index] ?? Number.NaN))
      .length,
    median: quantile(magnitudes, 0.5),
    ninetieth: quantile(magnitudes, 0.9),
    ninetyNinth: quantile(magnitudes, 0.99),
    largest: quantile(magnitudes, 1),
    bias: quantile(sortedFinite(errors), 0.5),
    rootMeanSquareSiemens: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length),
  };
}

/**
 * Tabulate how near the conductances came to their targets.
 *
 * @param tolerance - largest accepted error, where the cells share one
 * @example
 * accuracyTable(accuracy, 0.01);
 */
export function accuracyTable(accuracy: Accuracy, tolerance: number | undefined): Html {
  const { cells, withinTolerance } = accuracy;
  const within = `${formatNumber(withinTolerance)} of ${formatNumber(cells)}`;
  return dataTable(
    [{ title: 'Conductance error at the end' }, { title: 'Value', numeric: true }],
    [
      ...(tolerance === undefined
        ? []
        : [[`within the tolerance of ${formatRoundShare(tolerance)}`, within]]),
      ['median |error|', formatShare(accuracy.median)],
      ['9 in 10 cells within', formatShare(accuracy.ninetieth)],
      ['99 in 100 cells within', formatShare(accuracy.ninetyNinth)],
      ['largest |error|', formatShare(accuracy.largest)],
      ['median error, with sign', formatShare(accuracy.bias)],
      ['root mean square', formatSi(accuracy.rootMeanSquareSiemens, 'S')],
    ],
  );
}
