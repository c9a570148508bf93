import type { Verdict } from '../run/backend.ts';
import { formatRoundShare } from './number-format.ts';
import { outcomes } from './outcome.ts';
import type { Plotter } from './plotter.ts';
import { quantile, sortedFinite } from './quantile.ts';

const points = 240;
/** Smallest error that is told apart from none, as a share of the middle one. */
const floorShare = 1e-2;

/**
 * Draw the share of cells within an error: the quantile line of |G - target| / target for all cells and for each
 * outcome, with the tolerance.
 *
 * @param errors - [cells], share of the target; NaN where there is none
 * @param ends - [cells]
 * @param tolerance - largest accepted error, where the cells share one
 * @returns SVG
 * @example
 * errorQuantiles(plotter, new Float64Array([0.001, -0.02]), ['converged', 'gave-up'], 0.01);
 */
export function errorQuantiles(
  { plot, draw }: Plotter,
  errors: Float64Array,
  ends: readonly (Verdict | undefined)[],
  tolerance: number | undefined,
): string {
  const magnitudes = errors.map(Math.abs);
  const all = sortedFinite(magnitudes);
  const [low, high] = errorDomain(all, tolerance);
  const line = (sorted: Float64Array) => quantileLine(sorted, low);
  const present = outcomes.filter(({ verdict }) => ends.includes(verdict));
  const stroke = { x: 'error', y: 'share' } as const;
  return draw({
    width: 500,
    height: 250,
    marginLeft: 52,
    marginRight: 12,
    marginTop: 24,
    marginBottom: 36,
    ariaLabel: 'Share of cells within an error',
    x: { type: 'log', domain: [low, high], label: null },
    y: { domain: [0, 1], label: null },
    marks: [
      plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      plot.axisY({ tickSize: 0, ticks: 5, tickFormat: (share: number) => `${Math.round(100 * share)} %` }),
      plot.axisX({ tickSize: 4, ticks: 5, tickFormat: formatRoundShare }),
      plot.ruleX(tolerance === undefined ? [] : [tolerance], { stroke: 'var(--target)', strokeWidth: 1.5 }),
      plot.text(
        tolerance === undefined ? [] : [{ x: tolerance, text: `tolerance ${formatRoundShare(tolerance)}` }],
        {
          x: 'x',
          text: 'text',
          frameAnchor: 'top',
          dy: -14,
          fill: 'var(--ink)',
        },
      ),
      plot.line(line(all), { ...stroke, stroke: 'var(--all)', strokeWidth: 4 }),
      present.map(({ verdict, colour }) =>
        plot.line(line(sortedFinite(magnitudes.filter((_, index) => ends[index] === verdict))), {
          ...stroke,
          stroke: colour,
          strokeWidth: 1.5,
        }),
      ),
      plot.text(['cells within'], { frameAnchor: 'top-left', dx: -52, dy: -20, fill: 'var(--muted)' }),
      plot.text(['|G − target| / target'], { frameAnchor: 'bottom', dy: 32, fill: 'var(--muted)' }),
    ],
  });
}

function errorDomain(sorted: Float64Array, tolerance: number | undefined): [number, number] {
  const middle = quantile(sorted, 0.5);
  const largest = Math.max(sorted.at(-1) ?? 0, tolerance ?? 0);
  const reference = middle > 0 ? middle : (tolerance ?? largest);
  if (!(largest > 0) || !(reference > 0)) {
    return [1e-6, 1];
  }
  return [Math.min(floorShare * reference, largest / 2), 1.2 * largest];
}

/** Points of the line; the first stands on the left edge, with the cells whose error is smaller than the axis shows. */
function quantileLine(sorted: Float64Array, low: number): { error: number; share: number }[] {
  const last = Math.min(points, Math.max(sorted.length - 1, 1));
  return Array.from({ length: sorted.length === 0 ? 0 : last + 1 }, (_, index) => {
    const share = index / last;
    return { error: Math.max(quantile(sorted, share), low), share };
  });
}
