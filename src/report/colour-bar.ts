import { cssColour, type ColourScale } from './colour-scale.ts';
import { mapMargins } from './conductance-map.ts';
import type { Plotter } from './plotter.ts';

const shownSteps = 64;

/**
 * Draw the legend of a map, as wide as the map: a bar of colours over an axis with the unit.
 *
 * @param width - of the cells' area, pixels
 * @returns SVG
 * @example
 * colourBar(plotter, errorScale(0.02), 320);
 */
export function colourBar({ plot, draw }: Plotter, scale: ColourScale, width: number): string {
  const { marginLeft, marginRight } = mapMargins;
  const min = scale.min / scale.unit.factor;
  const max = scale.max / scale.unit.factor;
  const edge = (step: number): number => min + ((max - min) * step) / shownSteps;
  const barWidth = Math.max(width, 140);
  return draw({
    marginLeft,
    marginRight,
    marginTop: 2,
    marginBottom: 32,
    width: barWidth + marginLeft + marginRight,
    height: 44,
    ariaLabel: `Colours from ${min} to ${max}: ${scale.label}`,
    x: { domain: [min, max], label: null, ticks: barWidth / 60, tickSize: 4 },
    marks: [
      plot.rectX(
        Array.from({ length: shownSteps }, (_, step) => step),
        {
          x1: edge,
          x2: (step: number) => edge(step + 1),
          fill: (step: number) => cssColour(scale, Math.round((255 * step) / (shownSteps - 1))),
          shapeRendering: 'crispEdges',
        },
      ),
      plot.text([scale.label], { frameAnchor: 'bottom', dy: 28, fill: 'var(--muted)' }),
    ],
  });
}
