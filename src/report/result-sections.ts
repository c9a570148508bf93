import type { ExperimentResults, ResultTable } from '../files/experiment-results.ts';
import { dataTable } from './data-table.ts';
import { figureText } from './headline.ts';
import { Html, html } from './html.ts';
import type { Section } from './page.ts';
import type { Plotter } from './plotter.ts';
import { curveColour, resultCurves } from './result-curves.ts';

/**
 * Lay out the curves and tables of an experiment.
 *
 * @example
 * resultSections(plotter, { title: 'Sweep', figures: [], tables: [{ title: 'By seed', columns: ['Seed'], rows: [[1]] }] });
 */
export function resultSections(plotter: Plotter, { curves, tables }: ExperimentResults): Section[] {
  const drawn = (curves ?? []).map(
    (figure) =>
      html`<figure>
        <figcaption>${figure.title}</figcaption>
        ${new Html(resultCurves(plotter, figure))}
        <div class="legend">
          ${figure.curves.map(
            ({ name }, index) =>
              html`<span><span class="swatch" style="background:${curveColour(index)}"></span>${name}</span>`,
          )}
        </div>
      </figure>`,
  );
  return [
    ...(drawn.length === 0 ? [] : [{ title: 'Curves', content: html`<div class="pair">${drawn}</div>` }]),
    ...(tables ?? []).map(tableSection),
  ];
}

function tableSection({ title, columns, rows }: ResultTable): Section {
  const numeric = columns.map((_, index) => rows.every((row) => /^[-−+\d]/u.test(String(row[index]))));
  return {
    title,
    content: dataTable(
      columns.map((column, index) => ({ title: column, numeric: numeric[index] === true })),
      rows.map((row) => row.map((value) => figureText({ value }))),
    ),
  };
}
