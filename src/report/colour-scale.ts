import { interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import type { AxisUnit } from './number-format.ts';

const steps = 256;

/** Colours of a map: 256 steps over a range; what lies outside takes the colour of the nearer end. */
export interface ColourScale {
  readonly min: number;
  readonly max: number;
  /** How the numbers of the scale are written. */
  readonly unit: AxisUnit;
  readonly label: string;
  /** Red, green and blue, 0 to 255, one triple after the other. */
  readonly palette: Uint8Array;
}

/**
 * Make the scale of a conductance map. Viridis rises evenly in lightness, so it survives colour blindness and grey
 * printing.
 *
 * @param min - siemens
 * @param max - siemens
 * @example
 * conductanceScale(1e-6, 1e-4, axisUnit(1e-4, 'S')).label; // "conductance (µS)"
 */
export function conductanceScale(min: number, max: number, unit: AxisUnit): ColourScale {
  return { min, max, unit, label: `conductance (${unit.symbol})`, palette: sample(interpolateViridis) };
}

/**
 * Make the scale of an error map: blue where the conductance is too low, red where it is too high.
 *
 * @param largest - share of the target at both ends
 * @example
 * errorScale(0.02).label; // "(G − target) / target (%)"
 */
export function errorScale(largest: number): ColourScale {
  return {
    min: -largest,
    max: largest,
    unit: { factor: 0.01, symbol: '%' },
    label: '(G − target) / target (%)',
    palette: sample((position) => interpolateRdBu(1 - position)),
  };
}

/**
 * Find a value's step in the palette.
 *
 * @returns from 0 to 255, or undefined for a value that is not a number
 * @example
 * paletteStep(errorScale(0.02), 0); // 128
 */
export function paletteStep(scale: ColourScale, value: number): number | undefined {
  if (Number.isNaN(value)) {
    return undefined;
  }
  const position = scale.max > scale.min ? (value - scale.min) / (scale.max - scale.min) : 0.5;
  return Math.round(Math.min(Math.max(position, 0), 1) * (steps - 1));
}

/**
 * Write one step of the palette as a CSS colour.
 *
 * @example
 * cssColour(conductanceScale(0, 1, axisUnit(1, 'S')), 0); // "#440154"
 */
export function cssColour(scale: ColourScale, step: number): string {
  return `#${Buffer.from(scale.palette.subarray(3 * step, 3 * step + 3)).toString('hex')}`;
}

/** d3 writes colours as `#rrggbb` or `rgb(r, g, b)`. */
function sample(interpolate: (position: number) => string): Uint8Array {
  return Uint8Array.from(
    Array.from({ length: steps }, (_, step) => {
      const colour = interpolate(step / (steps - 1));
      return colour.startsWith('#')
        ? [...Buffer.from(colour.slice(1), 'hex')]
        : (colour.match(/\d+/gu) ?? []).map(Number);
    }).flat(),
  );
}
