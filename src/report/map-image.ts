import { encode } from 'fast-png';
import type { Geometry } from '../array/geometry.ts';
import { paletteStep, type ColourScale } from './colour-scale.ts';

/**
 * Draw a matrix as a PNG of one pixel a cell; cells without a value are transparent.
 *
 * @param values - [wordLines][bitLines]; NaN where a cell has none
 * @returns a data URL
 * @example
 * mapImage(conductances, { wordLines: 256, bitLines: 256 }, scale).slice(0, 22); // "data:image/png;base64,"
 */
export function mapImage(values: Float64Array, geometry: Geometry, scale: ColourScale): string {
  const pixels = new Uint8Array(4 * values.length);
  for (const [index, value] of values.entries()) {
    const step = paletteStep(scale, value);
    if (step !== undefined) {
      pixels.set(scale.palette.subarray(3 * step, 3 * step + 3), 4 * index);
      pixels[4 * index + 3] = 255;
    }
  }
  const png = encode({ width: geometry.bitLines, height: geometry.wordLines, data: pixels, channels: 4 });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
