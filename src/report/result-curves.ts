import type { ResultCurves } from '../files/experiment-results.ts';
import { formatRoundShare, formatSi } from './number-format.ts';
import type { Plotter } from './plotter.ts';

const colours = ['var(--positive)', 'var(--negative)', 'var(--target)', 'var(--stuck-low)'];

/** CSS colour of a curve by its place; more curves than colours begin again. */
export function curveColour(index: number): string {
  return colours[index % colours.length]!;
}

/**
 * Draw curves over a setting that was swept: means as lines, lowest to highest as bars.
 *
 * @returns SVG
 * @example
 * resultCurves(plotter, {
 *   title: 'Steps', xLabel: 'time steps', yLabel: 'accuracy', yUnit: '%',
 *   curves: [{ name: 'converted', points: [{ x: '10', y: 0.5 }, { x: '100', y: 0.8, low: 0.79, high: 0.82 }] }],
 * });
 */
export function resultCurves(
  { plot, draw }: Plotter,
  { title, xLabel, yLabel, yUnit, curves }: ResultCurves,
): string {
  const places = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))];
  const format = (y: number): string => (yUnit === '%' ? formatRoundShare(y) : formatSi(y, yUnit ?? ''));
  return draw({
    width: 500,
    height: 260,
    marginLeft: 52,
    marginRight: 12,
    marginTop: 24,
    marginBottom: 36,
    ariaLabel: title,
    x: { type: 'point', domain: places, label: null },
    y: { label: null, nice: true },
    marks: [
      plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      plot.axisY({ tickSize: 0, ticks: 5, tickFormat: format }),
      plot.axisX({ tickSize: 4 }),
      curves.map(({ points }, index) => {
        const colour = curveColour(index);
        const spread = points.filter(({ low, high }) => low !== undefined && high !== undefined);
        return [
          plot.ruleX(spread, {
            x: 'x',
            y1: 'low',
            y2: 'high',
            stroke: colour,
            strokeWidth: 3,
            strokeOpacity: 0.4,
          }),
          plot.line(points, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.5 }),
          plot.dot(points, { x: 'x', y: 'y', fill: colour, r: 3 }),
        ];
      }),
      plot.text([yLabel], {
        frameAnchor: 'top-left',
        dx: -52,
        dy: -20,
        textAnchor: 'start',
        fill: 'var(--muted)',
      }),
      plot.text([xLabel], { frameAnchor: 'bottom', dy: 32, fill: 'var(--muted)' }),
    ],
  });
}
