import type { Markish, RenderFunction } from '@observablehq/plot';
import { cellAt, type Cell, type Geometry } from '../array/geometry.ts';
import { cssColour, paletteStep, type ColourScale } from './colour-scale.ts';
import { lineTicks } from './line-ticks.ts';
import { mapImage } from './map-image.ts';
import type { Plotter } from './plotter.ts';

export interface MarkedCell {
  readonly cell: Cell;
  readonly text: string;
}

/** A value per cell, and how to colour it. */
export interface CellMap {
  readonly geometry: Geometry;
  /** [wordLines][bitLines]; NaN where a cell has none. */
  readonly values: Float64Array;
  readonly scale: ColourScale;
  /** What the map shows, for those who cannot see it. */
  readonly description: string;
  /** Cells that get a cross, with a text for the pointer. */
  readonly marked: readonly MarkedCell[];
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const maxDrawnLines = 64;
const widest = 304;
const tallest = 380;
const largestCell = 40;

/** Margins around a map, so that the colour bar below it aligns. */
export const mapMargins = { marginLeft: 50, marginRight: 8, marginTop: 8, marginBottom: 34 };

/**
 * Draw a map of the array: word lines down, bit lines across, cell w0 b0 at the top left. Up to 64 x 64 cells are
 * shapes; larger arrays are an image inside the same axes.
 *
 * @returns SVG
 * @example
 * conductanceMap(plotter, { geometry, values, scale, description: 'Target', marked: [] });
 */
export function conductanceMap({ plot, draw }: Plotter, map: CellMap): string {
  const { geometry } = map;
  const { wordLines, bitLines } = geometry;
  const { width, height } = mapSize(geometry);
  const { marginLeft, marginRight, marginTop, marginBottom } = mapMargins;
  const drawn = Math.max(wordLines, bitLines) <= maxDrawnLines;
  const marks: Markish[] = [
    plot.frame({ fill: 'var(--missing)', stroke: 'none' }),
    drawn ? cellPaths(map) : cellImage(plot, map, width, height),
    plot.frame({
      stroke: 'var(--line)',
      insetTop: -0.5,
      insetBottom: -0.5,
      insetLeft: -0.5,
      insetRight: -0.5,
    }),
    plot.axisX(lineTicks(bitLines), { anchor: 'bottom', tickSize: 4, label: null }),
    plot.axisY(lineTicks(wordLines), { anchor: 'left', tickSize: 4, label: null }),
    plot.text(['bit line'], { frameAnchor: 'bottom', dy: 30, fill: 'var(--muted)' }),
    plot.text(['word line'], {
      frameAnchor: 'left',
      rotate: -90,
      dx: -42,
      textAnchor: 'middle',
      fill: 'var(--muted)',
    }),
    ...(drawn ? crosses(plot, map.marked, width / bitLines) : []),
  ];
  return draw({
    ...mapMargins,
    width: width + marginLeft + marginRight,
    height: height + marginTop + marginBottom,
    ariaLabel: map.description,
    x: { domain: [-0.5, bitLines - 0.5], range: [marginLeft, marginLeft + width] },
    y: { domain: [-0.5, wordLines - 0.5], range: [marginTop, marginTop + height] },
    marks,
  });
}

/**
 * Choose the size of the cells' area in pixels. Cells are square, and a whole or half number of pixels wide so that
 * all of them look alike; those of a long and narrow array are stretched.
 *
 * @example
 * mapSize({ wordLines: 32, bitLines: 32 }); // { width: 304, height: 304 }
 */
export function mapSize({ wordLines, bitLines }: Geometry): { width: number; height: number } {
  const side = Math.min(largestCell, widest / bitLines, tallest / wordLines);
  const square = side >= 1 ? Math.floor(2 * side) / 2 : side;
  const shortest = Math.max(wordLines, bitLines) * square * 0.6;
  const stretch = (lines: number): number =>
    Math.max(lines * square, Math.min(lines * largestCell, shortest));
  return { width: stretch(bitLines), height: stretch(wordLines) };
}

/** One path for each colour: far fewer elements than one a cell, and no seams between cells. */
function cellPaths({ geometry, values, scale }: CellMap): RenderFunction {
  return (_index, scales, _values, _dimensions, { document }) => {
    const { x, y } = scales as Record<'x' | 'y', (line: number) => number>;
    const outlines = new Map<number, string[]>();
    for (const [index, value] of values.entries()) {
      const step = paletteStep(scale, value);
      if (step !== undefined) {
        const shapes = outlines.get(step) ?? [];
        shapes.push(outline(cellAt(geometry, index), x, y));
        outlines.set(step, shapes);
      }
    }
    const group = document.createElementNS(svgNamespace, 'g');
    group.setAttribute('shape-rendering', 'crispEdges');
    for (const [step, shapes] of outlines) {
      const path = document.createElementNS(svgNamespace, 'path');
      path.setAttribute('fill', cssColour(scale, step));
      path.setAttribute('d', shapes.join(''));
      group.append(path);
    }
    return group;
  };
}

function outline({ word, bit }: Cell, x: (line: number) => number, y: (line: number) => number): string {
  const left = x(bit - 0.5);
  const top = y(word - 0.5);
  return `M${left},${top}H${x(bit + 0.5)}V${y(word + 0.5)}H${left}Z`;
}

function cellImage(plot: Plotter['plot'], map: CellMap, width: number, height: number): Markish {
  const { geometry, values, scale } = map;
  const pixelated = width >= geometry.bitLines && height >= geometry.wordLines;
  return plot.image([0], {
    x: (geometry.bitLines - 1) / 2,
    y: (geometry.wordLines - 1) / 2,
    width,
    height,
    src: mapImage(values, geometry, scale),
    preserveAspectRatio: 'none',
    imageRendering: pixelated ? 'pixelated' : 'auto',
  });
}

function crosses(plot: Plotter['plot'], cells: readonly MarkedCell[], cellPixels: number): Markish[] {
  const options = {
    x: ({ cell }: MarkedCell) => cell.bit,
    y: ({ cell }: MarkedCell) => cell.word,
    symbol: 'times',
    r: Math.min(4, cellPixels / 3),
  } as const;
  return [
    plot.dot(cells, { ...options, stroke: 'white', strokeWidth: 3 }),
    plot.dot(cells, { ...options, stroke: 'black', strokeWidth: 1.2, title: ({ text }: MarkedCell) => text }),
  ];
}
