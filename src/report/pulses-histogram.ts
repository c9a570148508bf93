import type { Verdict } from '../run/backend.ts';
import { formatNumber } from './number-format.ts';
import { outcomes } from './outcome.ts';
import type { Plotter } from './plotter.ts';
import { quantile } from './quantile.ts';

const mostBins = 48;

/**
 * Draw how many pulses the cells took, coloured by how their write-verify loop ended.
 *
 * @param pulses - [cells]
 * @param ends - [cells]; cells without an outcome are left out
 * @returns SVG
 * @example
 * pulsesHistogram(plotter, new Uint32Array([3, 4]), ['converged', 'gave-up']);
 */
export function pulsesHistogram(
  { plot, draw }: Plotter,
  pulses: Uint32Array,
  ends: readonly (Verdict | undefined)[],
): string {
  const counted = pulses.filter((_, index) => ends[index] !== undefined).sort();
  const most = counted.at(-1) ?? 0;
  const binWidth = Math.ceil((most + 1) / mostBins);
  const bars = countBars(pulses, ends, binWidth);
  const highest = tallestBar(bars);
  const ticks = Math.min(5, highest);
  const median = quantile(Float64Array.from(counted), 0.5);
  return draw({
    width: 500,
    height: 250,
    marginLeft: 52,
    marginRight: 12,
    marginTop: 24,
    marginBottom: 36,
    ariaLabel: 'Number of cells by pulses needed',
    x: {
      domain: [-0.5, Math.max(binWidth * Math.ceil((most + 1) / binWidth), 5) - 0.5],
      label: null,
    },
    y: { label: null, domain: [0, 1.05 * highest] },
    marks: [
      plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks }),
      plot.axisY({ tickSize: 0, ticks, tickFormat: formatNumber }),
      plot.axisX({ tickSize: 4, tickFormat: formatNumber, ticks: Math.min(8, most + 1) }),
      plot.rectY(bars, { x1: 'from', x2: 'to', y: 'cells', fill: 'colour', insetLeft: 0.5, insetRight: 0.5 }),
      plot.ruleY([0], { stroke: 'var(--muted)' }),
      plot.ruleX([median], { stroke: 'var(--ink)', strokeDasharray: '3,3' }),
      plot.text([{ x: median, text: `median ${median}` }], {
        x: 'x',
        text: 'text',
        frameAnchor: 'top',
        dy: -14,
        fill: 'var(--ink)',
      }),
      plot.text(['cells'], { frameAnchor: 'top-left', dx: -52, dy: -20, fill: 'var(--muted)' }),
      plot.text([binWidth === 1 ? 'pulses on the cell' : `pulses on the cell, ${binWidth} to a bar`], {
        frameAnchor: 'bottom',
        dy: 32,
        fill: 'var(--muted)',
      }),
    ],
  });
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly cells: number;
  readonly colour: string;
}

function tallestBar(bars: readonly Bar[]): number {
  const stacked = new Map<number, number>();
  for (const { from, cells } of bars) {
    stacked.set(from, (stacked.get(from) ?? 0) + cells);
  }
  return Math.max(1, ...stacked.values());
}

/** In the order of outcomes, which is the order of stacking. */
function countBars(pulses: Uint32Array, ends: readonly (Verdict | undefined)[], binWidth: number): Bar[] {
  return outcomes.flatMap(({ verdict, colour }) => {
    const bins = new Map<number, number>();
    for (const [index, end] of ends.entries()) {
      if (end === verdict) {
        const bin = Math.floor((pulses[index] ?? 0) / binWidth);
        bins.set(bin, (bins.get(bin) ?? 0) + 1);
      }
    }
    return Array.from(bins, ([bin, cells]) => ({
      from: bin * binWidth - 0.5,
      to: (bin + 1) * binWidth - 0.5,
      cells,
      colour,
    }));
  });
}
