import type * as Plot from '@observablehq/plot';

/** Observable Plot with the document that it draws in. Loading it takes half a second, so only reports do. */
export interface Plotter {
  readonly plot: typeof Plot;
  /** Draw one SVG. */
  draw(options: Plot.PlotOptions): string;
}

/**
 * Load the drawing library and give it a document.
 *
 * @example
 * const plotter = await loadPlotter();
 */
export async function loadPlotter(): Promise<Plotter> {
  const [plot, { JSDOM }] = await Promise.all([import('@observablehq/plot'), import('jsdom')]);
  const { document } = new JSDOM('').window;
  return {
    plot,
    draw: (options) =>
      plot.plot({
        document,
        className: 'plot',
        style: { fontFamily: 'inherit', fontSize: '11px', background: 'none' },
        ...options,
      }).outerHTML,
  };
}
