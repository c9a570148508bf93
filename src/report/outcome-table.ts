import type { CellRecord } from './cell-record.ts';
import { dataTable } from './data-table.ts';
import { html, type Html } from './html.ts';
import { formatNumber, formatShare } from './number-format.ts';
import { outcomes } from './outcome.ts';
import { quantile, sortedFinite } from './quantile.ts';

/**
 * Tabulate how the write-verify loops ended: cells, pulses and remaining error of each outcome.
 *
 * @param errors - [cells], share of the target
 * @example
 * outcomeTable(record, relativeErrors(run.conductances, run.targets));
 */
export function outcomeTable(record: CellRecord, errors: Float64Array): Html {
  const judged = record.outcomes.filter((outcome) => outcome !== undefined).length;
  const rows = outcomes.flatMap(({ verdict, label, colour }) => {
    const belongs = (_: number, index: number): boolean => record.outcomes[index] === verdict;
    const pulses = Float64Array.from(record.pulses.filter(belongs)).sort();
    if (pulses.length === 0) {
      return [];
    }
    const magnitudes = sortedFinite(errors.filter(belongs).map(Math.abs));
    return [
      [
        html`<span class="swatch" style="background:${colour}"></span>${label}`,
        formatNumber(pulses.length),
        formatShare(pulses.length / judged),
        formatNumber(quantile(pulses, 0.5)),
        formatNumber(pulses.at(-1) ?? 0),
        formatShare(quantile(magnitudes, 0.5)),
      ],
    ];
  });
  return dataTable(
    [
      { title: 'Outcome' },
      { title: 'Cells', numeric: true },
      { title: 'Share', numeric: true },
      { title: 'Median pulses', numeric: true },
      { title: 'Most pulses', numeric: true },
      { title: 'Median |error|', numeric: true },
    ],
    rows,
  );
}
