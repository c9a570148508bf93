import type { ExperimentResults, ResultFigure } from '../files/experiment-results.ts';
import { isEnergyMeasured, type RunSummary } from '../run/run-record.ts';
import type { LimitMargin } from '../schedule/safe-operating-area.ts';
import type { Accuracy } from './accuracy-table.ts';
import { html, type Html } from './html.ts';
import { formatNumber, formatRoundShare, formatShare, formatSi } from './number-format.ts';

interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** Everything that the key figures are taken from. */
export interface HeadlineData {
  readonly summary: RunSummary;
  readonly accuracy: Accuracy;
  readonly tolerance: number | undefined;
  readonly limits: readonly LimitMargin[];
  readonly results: ExperimentResults | undefined;
}

/**
 * Show the key figures of a run: first those of the experiment, then those of programming.
 *
 * @example
 * headline({ summary, accuracy, tolerance: 0.01, limits: [], results: undefined });
 */
export function headline(data: HeadlineData): Html {
  return keyFigures([...(data.results?.figures ?? []).map(resultFigure), ...programmingFigures(data)]);
}

/**
 * Show the key figures of an experiment that is no single run.
 *
 * @example
 * resultHeadline({ title: 'Sweep', figures: [{ label: 'Measurements', value: 12 }] });
 */
export function resultHeadline({ figures }: ExperimentResults): Html {
  return keyFigures(figures.map(resultFigure));
}

function keyFigures(figures: readonly KeyFigure[]): Html {
  const columns = figures.length <= 6 ? figures.length : Math.ceil(figures.length / 2);
  return html`<dl class="headline" style="--columns:${columns}">
    ${figures.map(
      ({ label, value, note }) =>
        html`<div>
          <dt>${label}</dt>
          <dd class="value">${value}</dd>
          <dd class="note">${note}</dd>
        </div>`,
    )}
  </dl>`;
}

/**
 * Write the value of a figure with its unit.
 *
 * @example
 * figureText({ label: 'accuracy', value: 0.923, unit: '%' }); // "92.3 %"
 */
export function figureText({ value, unit }: Pick<ResultFigure, 'value' | 'unit'>): string {
  if (typeof value === 'string') {
    return unit === undefined ? value : `${value} ${unit}`;
  }
  return unit === '%' ? formatShare(value) : formatSi(value, unit ?? '1');
}

function resultFigure(figure: ResultFigure): KeyFigure {
  return { label: figure.label, value: figureText(figure), note: figure.note ?? '' };
}

function programmingFigures({ summary, accuracy, tolerance, limits }: HeadlineData): KeyFigure[] {
  const { cells, converged, pulses, reads, hardwareSeconds } = summary;
  const tightest = limits
    .filter((limit) => limit.operation !== null)
    .reduce<LimitMargin | undefined>(
      (worst, limit) => (worst === undefined || limit.margin < worst.margin ? limit : worst),
      undefined,
    );
  return [
    {
      label: 'Cells converged',
      value: cells === 0 ? '–' : formatShare(converged / cells),
      note: `${formatNumber(converged)} of ${formatNumber(cells)}`,
    },
    ...(Number.isNaN(accuracy.median)
      ? []
      : [
          {
            label: 'Median |error|',
            value: formatShare(accuracy.median),
            note: tolerance === undefined ? '' : `tolerance ${formatRoundShare(tolerance)}`,
          },
        ]),
    {
      label: 'Pulses',
      value: formatNumber(pulses),
      note: cells === 0 ? '' : `${formatNumber(pulses / cells)} a cell, ${formatNumber(reads)} reads`,
    },
    energyFigure(summary),
    { label: 'Hardware time', value: formatSi(hardwareSeconds, 's'), note: 'pulses, reads and waits' },
    ...(tightest === undefined
      ? []
      : [{ label: 'Tightest margin', value: formatShare(tightest.margin), note: tightest.limit }]),
  ];
}

function energyFigure(summary: RunSummary): KeyFigure {
  const { energyJoules, cells } = summary;
  const label = 'Energy';
  return isEnergyMeasured(summary)
    ? {
        label,
        value: formatSi(energyJoules, 'J'),
        note: cells === 0 ? '' : `${formatSi(energyJoules / cells, 'J')} a cell`,
      }
    : { label, value: '–', note: 'not measured by the controller' };
}
