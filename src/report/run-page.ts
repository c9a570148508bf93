import { cellName } from '../array/geometry.ts';
import type { RunData } from '../files/load-run.ts';
import type { RunManifest } from '../run/run-record.ts';
import { accuracyTable, measureAccuracy } from './accuracy-table.ts';
import { relativeErrors, sharedTolerance } from './cell-error.ts';
import type { CellRecord } from './cell-record.ts';
import { errorQuantiles } from './error-quantiles.ts';
import { headline } from './headline.ts';
import { Html, html } from './html.ts';
import { ledgerTable } from './ledger-table.ts';
import { manifestTable } from './manifest-table.ts';
import { mapPanels } from './map-panels.ts';
import { marginsTable } from './margins-table.ts';
import { outcomeTable } from './outcome-table.ts';
import { outcomes } from './outcome.ts';
import type { Page, Section } from './page.ts';
import type { Plotter } from './plotter.ts';
import { programmingTrace } from './programming-trace.ts';
import { pulsesHistogram } from './pulses-histogram.ts';
import { resultSections } from './result-sections.ts';
import { sampleCells } from './sample-cells.ts';

/**
 * Put the page of a run together.
 *
 * @param record - what the events of this run say of its cells
 * @example
 * renderPage(runPage(await loadPlotter(), run, await recordCells(run)));
 */
export function runPage(plotter: Plotter, run: RunData, record: CellRecord): Page {
  const { manifest, geometry, targets, conductances, results } = run;
  const { device, createdBy } = manifest;
  const errors = relativeErrors(conductances, targets);
  const tolerance = sharedTolerance(record.tolerances);
  const accuracy = measureAccuracy(conductances, targets, errors, record.tolerances);
  const judged = record.outcomes.some((outcome) => outcome !== undefined);
  const sections: Section[] = [
    ...(results === undefined ? [] : resultSections(plotter, results)),
    {
      title: 'Conductance',
      lead: 'Each cell of the array, word lines down and bit lines across.',
      content: mapPanels(plotter, {
        geometry,
        targets,
        conductances,
        errors,
        tolerance,
        failed: (index) => record.outcomes[index] !== undefined && record.outcomes[index] !== 'converged',
      }),
    },
    {
      title: 'Accuracy and effort',
      lead: 'Errors are those of the whole array at the end of the run, after every disturbance of later pulses.',
      content: html`<div class="pair">
          <figure>
            <figcaption>Cells within an error</figcaption>
            ${new Html(errorQuantiles(plotter, errors, record.outcomes, tolerance))}
            ${outcomeLegend(record, true)}
          </figure>
          ${judged ? effortFigure(plotter, record) : ''}
        </div>
        <div class="tables">
          ${accuracyTable(accuracy, tolerance)} ${judged ? outcomeTable(record, errors) : ''}
        </div>`,
    },
    ...traceSections(plotter, record),
    { title: 'Ledger', content: ledgerTable(record.ledger) },
    {
      title: 'Safety margins',
      lead: 'Worst value of the whole schedule against each limit of the safe operating area, after rounding to the driver. The margin is 0 at the limit.',
      content: marginsTable(run.certificate.limits),
    },
    { title: 'Provenance', content: manifestTable(manifest, geometry) },
  ];
  const warning = endingWarning(manifest);
  return {
    title: results?.title ?? `${geometry.wordLines} × ${geometry.bitLines} cells of ${device.model}`,
    subtitle: `${manifest.runId} · ${device.model}, ${device.set} · ${manifest.controller} · seed ${manifest.seed}`,
    ...(warning === undefined ? {} : { warning }),
    headline: headline({
      summary: manifest.summary,
      accuracy,
      tolerance,
      limits: run.certificate.limits,
      results,
    }),
    sections,
    footer: `Written by ${createdBy.name} ${createdBy.version} from the files of this run folder.`,
  };
}

function effortFigure(plotter: Plotter, record: CellRecord): Html {
  return html`<figure>
    <figcaption>Pulses to the end of the loop</figcaption>
    ${new Html(pulsesHistogram(plotter, record.pulses, record.outcomes))} ${outcomeLegend(record, false)}
  </figure>`;
}

function outcomeLegend(record: CellRecord, withAll: boolean): Html {
  const present = outcomes.filter(({ verdict }) => record.outcomes.includes(verdict));
  if (present.length === 0) {
    return html``;
  }
  const entries = withAll ? [{ label: 'all cells', colour: 'var(--all)' }, ...present] : present;
  return html`<div class="legend">
    ${entries.map(
      ({ label, colour }) =>
        html`<span><span class="swatch" style="background:${colour}"></span>${label}</span>`,
    )}
  </div>`;
}

function traceSections(plotter: Plotter, record: CellRecord): Section[] {
  const samples = sampleCells(record);
  if (samples.length === 0) {
    return [];
  }
  const tolerance = sharedTolerance(record.tolerances);
  const figures = samples.map(
    ({ why, result }) =>
      html`<figure>
        <figcaption>
          ${cellName(result.cell)}<span class="note">${why}, ${result.trace.length} pulses</span>
        </figcaption>
        ${new Html(programmingTrace(plotter, result, tolerance))}
      </figure>`,
  );
  return [
    {
      title: 'Programming traces',
      lead: 'Conductance after each pulse, from the reading before the first, and the pulse that led to it. The band is the target with its tolerance.',
      content: html`<div class="traces">${figures}</div>`,
    },
  ];
}

function endingWarning({ status, error }: RunManifest): string | undefined {
  if (status === 'done') {
    return undefined;
  }
  const reason = typeof error?.['message'] === 'string' ? `: ${error['message']}` : '.';
  return status === 'failed'
    ? `The run failed before its end${reason}`
    : `The run was interrupted; what follows is the state at that moment${reason}`;
}
