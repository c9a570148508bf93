import { cellAt, cellName, type Geometry } from '../array/geometry.ts';
import { colourBar } from './colour-bar.ts';
import { conductanceScale, errorScale, type ColourScale } from './colour-scale.ts';
import { conductanceMap, mapSize, type CellMap } from './conductance-map.ts';
import { Html, html } from './html.ts';
import { axisUnit, formatNumber, formatShare, formatSi } from './number-format.ts';
import type { Plotter } from './plotter.ts';
import { quantile, sortedFinite } from './quantile.ts';

/** The array before and after, cell by cell; all matrices are [wordLines][bitLines]. */
export interface ArrayMaps {
  readonly geometry: Geometry;
  /** Siemens; NaN where nothing was asked. */
  readonly targets: Float64Array;
  /** Siemens. */
  readonly conductances: Float64Array;
  /** Share of the target; NaN where there is none. */
  readonly errors: Float64Array;
  /** Largest accepted error, where the cells share one. */
  readonly tolerance: number | undefined;
  /** Whether the write-verify loop of a cell ended without success. */
  readonly failed: (index: number) => boolean;
}

/**
 * Show targets, achieved conductances and errors side by side, each above its colour bar; where no cell has a target,
 * as after training, the conductances alone.
 *
 * @example
 * mapPanels(plotter, { geometry, targets, conductances, errors, tolerance: 0.01, failed: () => false });
 */
export function mapPanels(plotter: Plotter, maps: ArrayMaps): Html {
  const { geometry, targets, conductances, errors } = maps;
  const conductance = commonScale(targets, conductances);
  const error = errorScale(errorRange(errors, maps.tolerance));
  const failed = Array.from(errors.keys()).filter(maps.failed);
  const plain = { geometry, marked: [] };
  const achieved = panel(plotter, 'Achieved', {
    ...plain,
    values: conductances,
    scale: conductance,
    description: 'Conductances after programming',
  });
  if (targets.every(Number.isNaN)) {
    return html`<div class="panels">${achieved}</div>`;
  }
  const panels = [
    panel(plotter, 'Target', {
      ...plain,
      values: targets,
      scale: conductance,
      description: 'Target conductances',
    }),
    achieved,
    panel(plotter, 'Error', {
      geometry,
      values: errors,
      scale: error,
      marked: failed.map((index) => ({ cell: cellAt(geometry, index), text: describeCell(maps, index) })),
      description: 'Errors relative to the target; a cross marks a cell that did not converge',
    }),
  ];
  return html`<div class="panels">${panels}</div>`;
}

function panel(plotter: Plotter, title: string, map: CellMap): Html {
  const { scale, values } = map;
  const outside = values.filter((value) => value < scale.min || value > scale.max).length;
  const note =
    outside === 0 ? '' : `${formatNumber(outside)} ${outside === 1 ? 'cell' : 'cells'} beyond the scale`;
  return html`<figure class="panel">
    <figcaption>${title}<span class="note">${note}</span></figcaption>
    ${new Html(conductanceMap(plotter, map))}
    ${new Html(colourBar(plotter, scale, mapSize(map.geometry).width))}
  </figure>`;
}

function describeCell({ geometry, conductances, targets, errors }: ArrayMaps, index: number): string {
  const [achieved, target, error] = [conductances, targets, errors].map(
    (matrix) => matrix[index] ?? Number.NaN,
  );
  return `${cellName(cellAt(geometry, index))}: ${formatSi(achieved ?? 0, 'S')}, target ${formatSi(target ?? 0, 'S')}, error ${formatShare(error ?? 0)}`;
}

/** Targets set the scale, with a little room for errors, so that a single stuck cell does not flatten the map. */
function commonScale(targets: Float64Array, conductances: Float64Array): ColourScale {
  const asked = sortedFinite(targets);
  const shown = asked.length > 0 ? asked : sortedFinite(conductances);
  const min = shown[0] ?? 0;
  const max = shown.at(-1) ?? 0;
  const room = 0.02 * (max > min ? max - min : Math.abs(max) || 1e-6);
  return conductanceScale(min - room, max + room, axisUnit(max, 'S'));
}

/** Twice the tolerance, or further where more than two cells in a hundred lie beyond. */
function errorRange(errors: Float64Array, tolerance: number | undefined): number {
  const usual = quantile(sortedFinite(errors.map(Math.abs)), 0.98);
  return Math.max(2 * (tolerance ?? 0), Number.isFinite(usual) ? usual : 0, 1e-6);
}
