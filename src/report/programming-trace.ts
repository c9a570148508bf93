import { cellName } from '../array/geometry.ts';
import type { CellResult } from '../run/backend.ts';
import { axisUnit } from './number-format.ts';
import type { Plotter } from './plotter.ts';

const width = 340;
const margins = { marginLeft: 44, marginRight: 8 };
/** More pulses than this cannot be told apart; then the last ones are drawn. */
const maxDrawnPulses = 1000;
const maxDots = 80;

/**
 * Draw how one cell was programmed: its conductance after each pulse with the band of its target, and below it the
 * voltage of each pulse, against the same pulse numbers.
 *
 * @param tolerance - largest accepted |G - target| / target, if there is one
 * @returns two SVGs, one above the other
 * @example
 * programmingTrace(plotter, cell, 0.01);
 */
export function programmingTrace(plotter: Plotter, cell: CellResult, tolerance: number | undefined): string {
  return drawConductance(plotter, cell, tolerance) + drawVoltage(plotter, cell);
}

function firstDrawn(cell: CellResult): number {
  return Math.max(0, cell.trace.length - maxDrawnPulses);
}

function pulseAxis(cell: CellResult) {
  const last = cell.trace.length;
  return {
    domain: [firstDrawn(cell) - 0.5, last + 0.5],
    label: null,
    ticks: Math.min(last, 8),
    tickFormat: 'd',
  };
}

function drawConductance({ plot, draw }: Plotter, cell: CellResult, tolerance: number | undefined): string {
  const first = firstDrawn(cell);
  const readings = [cell.before, ...cell.trace.map((step) => step.conductance)];
  const largest = Math.max(cell.target, ...readings);
  const unit = axisUnit(largest, 'S');
  const points = readings.map((conductance, pulse) => ({ pulse, conductance: conductance / unit.factor }));
  const target = cell.target / unit.factor;
  const half = target * (tolerance ?? 0);
  return draw({
    ...margins,
    width,
    height: 150,
    marginTop: 20,
    marginBottom: 6,
    ariaLabel: `Conductance of cell ${cellName(cell.cell)} after each pulse`,
    x: { ...pulseAxis(cell), axis: null },
    y: { label: null, domain: [0, (1.12 * largest) / unit.factor], ticks: 5 },
    marks: [
      plot.text([`conductance (${unit.symbol})`], label('top-left')),
      plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.axisY({ ticks: 5, tickSize: 0 }),
      plot.rect([0], { y1: target - half, y2: target + half, fill: 'var(--target)', fillOpacity: 0.25 }),
      plot.ruleY([target], { stroke: 'var(--target)', strokeWidth: 1.2 }),
      plot.line(points.slice(first), {
        x: 'pulse',
        y: 'conductance',
        stroke: 'var(--accent)',
        strokeWidth: 1.5,
      }),
      plot.dot(points.length <= maxDots ? points : [], {
        x: 'pulse',
        y: 'conductance',
        r: 2,
        fill: 'var(--accent)',
      }),
      plot.text([{ y: target, text: 'target' }], {
        y: 'y',
        text: 'text',
        frameAnchor: 'left',
        dx: 3,
        dy: -7,
        fill: 'var(--muted)',
      }),
    ],
  });
}

function drawVoltage({ plot, draw }: Plotter, cell: CellResult): string {
  const pulses = cell.trace
    .map((step, index) => ({ pulse: index + 1, volts: step.volts, colour: polarityColour(step.volts) }))
    .slice(firstDrawn(cell));
  const largest = Math.max(0, ...pulses.map((pulse) => Math.abs(pulse.volts))) || 1;
  const lowest = Math.min(0, ...pulses.map((pulse) => pulse.volts));
  const highest = Math.max(0, ...pulses.map((pulse) => pulse.volts));
  return draw({
    ...margins,
    width,
    height: 110,
    marginTop: 20,
    marginBottom: 32,
    ariaLabel: `Voltage of each pulse on cell ${cellName(cell.cell)}`,
    x: pulseAxis(cell),
    y: { label: null, domain: [lowest - 0.08 * largest, highest + 0.08 * largest], ticks: 3 },
    marks: [
      plot.text(['pulse voltage (V)'], label('top-left')),
      plot.gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.axisY({ ticks: 3, tickSize: 0 }),
      plot.ruleX(pulses, {
        x: 'pulse',
        y1: 0,
        y2: 'volts',
        stroke: 'colour',
        strokeWidth: Math.min(4, Math.max(1, 180 / pulses.length)),
      }),
      plot.ruleY([0], { stroke: 'var(--muted)' }),
      plot.text(['pulse number'], { frameAnchor: 'bottom', dy: 28, fill: 'var(--muted)' }),
    ],
  });
}

function label(frameAnchor: 'top-left') {
  return { frameAnchor, dx: -margins.marginLeft, dy: -18, fill: 'var(--muted)' } as const;
}

function polarityColour(volts: number): string {
  return volts > 0 ? 'var(--positive)' : 'var(--negative)';
}
