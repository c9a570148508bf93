import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CellResult } from '../../../src/run/backend.ts';
import { colourBar } from '../../../src/report/colour-bar.ts';
import { conductanceScale, errorScale } from '../../../src/report/colour-scale.ts';
import { conductanceMap } from '../../../src/report/conductance-map.ts';
import { errorQuantiles } from '../../../src/report/error-quantiles.ts';
import { mapPanels } from '../../../src/report/map-panels.ts';
import { axisUnit } from '../../../src/report/number-format.ts';
import { loadPlotter, type Plotter } from '../../../src/report/plotter.ts';
import { programmingTrace } from '../../../src/report/programming-trace.ts';
import { pulsesHistogram } from '../../../src/report/pulses-histogram.ts';

let plotter: Plotter;
beforeAll(async () => {
  plotter = await loadPlotter();
});

const { document } = new JSDOM('').window;

function parse(markup: string): HTMLElement {
  const holder = document.createElement('div');
  holder.innerHTML = markup;
  return holder;
}

function elements(root: HTMLElement, selector: string): Element[] {
  return [...root.querySelectorAll(selector)];
}

function attribute(element: Element | undefined, name: string): number {
  return Number(element?.getAttribute(name) ?? Number.NaN);
}

const scale = conductanceScale(0, 5, axisUnit(5, 'S'));

describe('a conductance map', () => {
  const values = new Float64Array([0, 1, 2, 3, 4, Number.NaN]);
  const map = { geometry: { wordLines: 2, bitLines: 3 }, values, scale, description: 'Target', marked: [] };

  test('draws each cell with a value once, w0 b0 at the top left', () => {
    const root = parse(conductanceMap(plotter, map));
    const paths = elements(root, 'g[shape-rendering] path');
    expect(paths).toHaveLength(5);
    const corner = /^M([\d.]+),([\d.]+)H/u;
    const corners = paths.map((path) =>
      corner
        .exec(path.getAttribute('d') ?? '')
        ?.slice(1)
        .map(Number),
    );
    const [left, top] = corners[0] ?? [];
    expect(paths[0]?.getAttribute('fill')).toBe('#440154');
    expect(corners).toEqual([
      [left, top],
      [left! + 40, top],
      [left! + 80, top],
      [left, top! + 40],
      [left! + 40, top! + 40],
    ]);
  });

  test('marks cells with a text for the pointer', () => {
    const marked = [{ cell: { word: 1, bit: 0 }, text: 'w1 b0: <stuck>' }];
    const root = parse(conductanceMap(plotter, { ...map, marked }));
    expect(elements(root, 'title').map((title) => title.textContent)).toEqual(['w1 b0: <stuck>']);
  });

  test.each([
    [64, 'shapes'],
    [65, 'image'],
  ])('of %i lines is made of %s', (lines, kind) => {
    const geometry = { wordLines: lines, bitLines: 2 };
    const root = parse(conductanceMap(plotter, { ...map, geometry, values: new Float64Array(2 * lines) }));
    expect(elements(root, 'image')).toHaveLength(kind === 'image' ? 1 : 0);
    expect(elements(root, 'g[shape-rendering] path')).toHaveLength(kind === 'image' ? 0 : 1);
  });

  test('names its axes and what it shows', () => {
    const svg = parse(conductanceMap(plotter, map)).querySelector('svg');
    expect(svg?.getAttribute('aria-label')).toBe('Target');
    expect(svg?.textContent).toContain('bit line');
    expect(svg?.textContent).toContain('word line');
  });
});

test('a colour bar has the ends of its scale in the unit of its axis', () => {
  const root = parse(colourBar(plotter, errorScale(0.02), 304));
  expect(root.textContent).toContain('(G − target) / target (%)');
  expect(root.textContent).toContain('−2');
  expect(elements(root, 'rect')).toHaveLength(64);
});

test('the three maps say how many cells lie beyond their scale', () => {
  const targets = new Float64Array([1e-5, 2e-5, 3e-5, 4e-5]);
  const conductances = new Float64Array([1e-5, 2e-5, 3e-5, 9e-5]);
  const root = parse(
    mapPanels(plotter, {
      geometry: { wordLines: 2, bitLines: 2 },
      targets,
      conductances,
      errors: new Float64Array([0, 0, 0, 1.25]),
      tolerance: 0.01,
      failed: (index) => index === 3,
    }).text,
  );
  const captions = elements(root, 'figcaption').map((caption) =>
    caption.textContent?.replaceAll(/\s+/gu, ' '),
  );
  expect(captions).toEqual(['Target', 'Achieved1 cell beyond the scale', expect.stringMatching(/^Error/u)]);
  expect(root.querySelector('title')?.textContent).toMatch(
    /^w1 b1: 90\.0.µS, target 40\.0.µS, error 125.%$/u,
  );
});

test('cells without targets are shown as they are', () => {
  const none = new Float64Array(2).fill(NaN);
  const root = parse(
    mapPanels(plotter, {
      geometry: { wordLines: 1, bitLines: 2 },
      targets: none,
      conductances: new Float64Array([1e-5, 2e-5]),
      errors: none,
      tolerance: undefined,
      failed: () => false,
    }).text,
  );
  expect(elements(root, 'figcaption').map(({ textContent }) => textContent)).toEqual(['Achieved']);
});

describe('a programming trace', () => {
  const cell: CellResult = {
    cell: { word: 0, bit: 0 },
    target: 4e-5,
    outcome: 'converged',
    before: 1e-5,
    conductance: 4e-5,
    reads: 4,
    trace: [
      { volts: 1, width: 1e-7, conductance: 3e-5 },
      { volts: 1.1, width: 1e-7, conductance: 5e-5 },
      { volts: -1, width: 1e-7, conductance: 4e-5 },
    ],
  };

  test('places the reading before and after each pulse to scale', () => {
    const dots = elements(parse(programmingTrace(plotter, cell, 0.05)), 'circle');
    expect(dots).toHaveLength(4);
    const y = dots.map((dot) => attribute(dot, 'cy'));
    const x = dots.map((dot) => attribute(dot, 'cx'));
    expect((y[0]! - y[2]!) / (y[0]! - y[1]!)).toBeCloseTo(2, 6);
    expect(y[3]).toBeCloseTo((y[1]! + y[2]!) / 2, 6);
    expect((x[3]! - x[0]!) / (x[1]! - x[0]!)).toBeCloseTo(3, 6);
  });

  test('draws the band of the tolerance around the target', () => {
    const root = parse(programmingTrace(plotter, cell, 0.25));
    const band = elements(root, 'rect').find(
      (rect) =>
        rect.closest('[fill="var(--target)"]') !== null || rect.getAttribute('fill') === 'var(--target)',
    );
    const y = elements(root, 'circle').map((dot) => attribute(dot, 'cy'));
    expect(attribute(band, 'y')).toBeCloseTo(y[2]!, 6);
    expect(attribute(band, 'height')).toBeCloseTo(y[1]! - y[2]!, 6);
  });

  test('draws each pulse from 0 V, in the colour of its polarity', () => {
    const root = parse(programmingTrace(plotter, cell, undefined));
    const stems = elements(root, 'line[stroke="var(--positive)"], line[stroke="var(--negative)"]');
    expect(stems.map((stem) => stem.getAttribute('stroke'))).toEqual([
      'var(--positive)',
      'var(--positive)',
      'var(--negative)',
    ]);
    const lengths = stems.map((stem) => attribute(stem, 'y1') - attribute(stem, 'y2'));
    expect(lengths[1]! / lengths[0]!).toBeCloseTo(1.1, 6);
    expect(lengths[2]! / lengths[0]!).toBeCloseTo(-1, 6);
  });

  test('of a cell that needed no pulse, or ten thousand, is drawn all the same', () => {
    const still = programmingTrace(plotter, { ...cell, trace: [] }, 0.01);
    expect(still).not.toMatch(/NaN|Infinity/u);
    const trace = Array.from({ length: 10_000 }, () => ({ volts: 1, width: 1e-7, conductance: 3e-5 }));
    const long = programmingTrace(plotter, { ...cell, trace }, 0.01);
    expect(elements(parse(long), 'line[stroke="var(--positive)"]')).toHaveLength(1000);
  });
});

describe('the histogram of pulses', () => {
  test('has bars whose heights are the numbers of cells, stacked by outcome', () => {
    const pulses = new Uint32Array([3, 3, 3, 5, 5, 9]);
    const ends = ['converged', 'converged', 'gave-up', 'converged', 'stuck-high', undefined] as const;
    const root = parse(pulsesHistogram(plotter, pulses, ends));
    const bars = elements(root, 'rect').map(
      (bar) => [bar.getAttribute('fill'), attribute(bar, 'height')] as const,
    );
    const unit = bars[0]![1] / 2;
    expect(bars.map(([colour, height]) => [colour, Math.round((height / unit) * 100) / 100])).toEqual([
      ['var(--converged)', 2],
      ['var(--converged)', 1],
      ['var(--gave-up)', 1],
      ['var(--stuck-high)', 1],
    ]);
    expect(root.textContent).toContain('median 3');
  });

  test('joins pulses into bars when there are many', () => {
    const pulses = Uint32Array.from({ length: 480 }, (_, index) => index);
    const root = parse(
      pulsesHistogram(
        plotter,
        pulses,
        Array.from(pulses, () => 'converged' as const),
      ),
    );
    expect(elements(root, 'rect')).toHaveLength(48);
    expect(root.textContent).toContain('10 to a bar');
  });
});

describe('the quantile line of errors', () => {
  test('passes the share of cells that are within the tolerance', () => {
    // Errors spread evenly in the logarithm from 0.1 % to 10 %: half of them lie within 1 %.
    const errors = Float64Array.from(
      { length: 201 },
      (_, index) => (index % 2 === 0 ? 1 : -1) * 10 ** (-3 + index / 100),
    );
    const root = parse(
      errorQuantiles(
        plotter,
        errors,
        Array.from(errors, () => undefined),
        0.01,
      ),
    );
    const rule = attribute(
      root.querySelector('line[stroke="var(--target)"], [stroke="var(--target)"] line') ?? undefined,
      'x1',
    );
    const path = elements(root, 'path').find(
      (line) => line.getAttribute('d')?.includes('L') === true && line.getAttribute('d')!.length > 500,
    );
    const points = [...(path?.getAttribute('d') ?? '').matchAll(/([\d.]+),([\d.]+)/gu)].map(
      (match) => [Number(match[1]), Number(match[2])] as const,
    );
    const lowest = points[0]!;
    const highest = points[points.length - 1]!;
    const middle = points.reduce((near, point) =>
      Math.abs(point[0] - rule) < Math.abs(near[0] - rule) ? point : near,
    );
    expect((lowest[1] - middle[1]) / (lowest[1] - highest[1])).toBeCloseTo(0.5, 1);
    expect(root.textContent).toMatch(/tolerance 1.%/u);
  });

  test.each([
    ['no targets', new Float64Array(3).fill(Number.NaN)],
    ['no errors at all', new Float64Array(3)],
    ['one cell', new Float64Array([0.02])],
  ])('is drawn for an array with %s', (_, errors) => {
    const svg = errorQuantiles(
      plotter,
      errors,
      Array.from(errors, () => undefined),
      0.01,
    );
    expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
  });
});
