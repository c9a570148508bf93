import { UsageError } from '../errors.ts';
import type { Ohms, Siemens } from '../units.ts';
import { cellAt, cellCount, cellName, type Geometry } from '../array/geometry.ts';

/**
 * Resistance of the wire between neighbouring cells of a line, and between its ends and the cells next to them:
 * one for all; one for each of the `cells + 1` segments along every line; or one for each segment of each line,
 * [lines][cells + 1]. Segment k lies before cell k. 0 makes one node of the cells that it joins.
 */
export type SegmentResistance = Ohms | readonly Ohms[] | readonly (readonly Ohms[])[] | Float64Array;

export interface CircuitDescription {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens; 0 is an open cell, Infinity one without resistance. */
  readonly conductances: Float64Array;
  readonly wordSegmentResistance: SegmentResistance;
  readonly bitSegmentResistance: SegmentResistance;
  /** In series with every cell, as of an access transistor that is on: for all cells, or [wordLines x bitLines]. */
  readonly cellSeriesResistance?: Ohms | Float64Array;
}

/** Linear cells between resistive lines: two nodes for each cell, without what is connected to the ends. */
export interface Circuit {
  readonly geometry: Geometry;
  /** [wordLines x bitLines], siemens, series elements included. */
  readonly conductances: Float64Array;
  /** One for all, or [wordLines x (bitLines + 1)], ohm. */
  readonly wordSegments: Ohms | Float64Array;
  /** One for all, or [bitLines x (wordLines + 1)], ohm. */
  readonly bitSegments: Ohms | Float64Array;
}

/**
 * Describe the resistive circuit of a crossbar.
 *
 * @throws UsageError for a resistance or conductance that is negative or not a number, or a matrix of another size
 * @example
 * createCircuit({
 *   geometry: createGeometry(1, 2),
 *   conductances: Float64Array.of(1e-6, 1e-4),
 *   wordSegmentResistance: 1,
 *   bitSegmentResistance: 1,
 * });
 */
export function createCircuit(description: CircuitDescription): Circuit {
  const { geometry, conductances, cellSeriesResistance = 0 } = description;
  requireConductances(geometry, conductances);
  const { wordLines, bitLines } = geometry;
  return {
    geometry,
    conductances: withSeries(geometry, conductances, cellSeriesResistance),
    wordSegments: segments('word', description.wordSegmentResistance, wordLines, bitLines),
    bitSegments: segments('bit', description.bitSegmentResistance, bitLines, wordLines),
  };
}

/**
 * Refuse a matrix that does not describe cells.
 *
 * @throws UsageError naming the first cell whose conductance is negative or not a number
 */
export function requireConductances(geometry: Geometry, conductances: Float64Array): void {
  const { wordLines, bitLines } = geometry;
  if (conductances.length !== cellCount(geometry)) {
    throw new UsageError(
      'conductance-shape',
      `circuit: found ${conductances.length} conductances, expected ${wordLines} x ${bitLines}`,
    );
  }
  const wrong = conductances.findIndex((siemens) => !(siemens >= 0));
  if (wrong !== -1) {
    const cell = cellName(cellAt(geometry, wrong));
    throw new UsageError(
      'conductance',
      `circuit, cell ${cell}: conductance is ${conductances[wrong]} S, expected 0 S or more`,
      { details: { cell, found: conductances[wrong] } },
    );
  }
}

/** @throws UsageError unless the resistance is finite and not negative */
export function requireResistance(where: string, ohms: Ohms): void {
  if (!(ohms >= 0 && ohms < Infinity)) {
    throw new UsageError(
      'resistance',
      `circuit, ${where}: resistance is ${ohms} ohm, expected a finite one of 0 ohm or more`,
      { details: { where, found: ohms } },
    );
  }
}

function withSeries(
  geometry: Geometry,
  conductances: Float64Array,
  series: Ohms | Float64Array,
): Float64Array {
  if (typeof series === 'number') {
    requireResistance('series element of the cells', series);
    return series === 0 ? conductances : conductances.map((siemens) => inSeries(siemens, series));
  }
  if (series.length !== conductances.length) {
    throw new UsageError(
      'resistance-shape',
      `circuit: found ${series.length} series elements, expected ${geometry.wordLines} x ${geometry.bitLines}`,
    );
  }
  return conductances.map((siemens, index) => {
    const ohms = series[index]!;
    requireResistance(`series element of cell ${cellName(cellAt(geometry, index))}`, ohms);
    return inSeries(siemens, ohms);
  });
}

function inSeries(siemens: Siemens, ohms: Ohms): Siemens {
  return 1 / (1 / siemens + ohms);
}

function segments(
  kind: 'word' | 'bit',
  given: SegmentResistance,
  lines: number,
  cells: number,
): Ohms | Float64Array {
  const where = `${kind}-line segments`;
  if (typeof given === 'number') {
    requireResistance(where, given);
    return given;
  }
  const flat = given instanceof Float64Array ? given : flatten(given);
  const links = cells + 1;
  if (flat.length === links && lines !== 1 && typeof given[0] === 'number') {
    return segments(
      kind,
      Float64Array.from({ length: lines * links }, (_, k) => flat[k % links]!),
      lines,
      cells,
    );
  }
  const ragged = given.findIndex((line) => typeof line !== 'number' && line.length !== links);
  if (flat.length !== lines * links || ragged !== -1) {
    const found =
      ragged === -1 ? `${flat.length} resistances` : `${lengthOf(given[ragged])} in line ${ragged}`;
    throw new UsageError(
      'resistance-shape',
      `circuit, ${where}: found ${found}, expected one for all, ${links} along every line, or ${lines} x ${links}`,
      { details: { where, allowed: [1, links, [lines, links]] } },
    );
  }
  flat.forEach((ohms, k) => {
    requireResistance(`segment ${k % links} of ${kind} line ${Math.floor(k / links)}`, ohms);
  });
  return flat.every((ohms) => ohms === flat[0]) ? flat[0]! : flat;
}

function flatten(given: readonly Ohms[] | readonly (readonly Ohms[])[]): Float64Array {
  return Float64Array.from(given.flat());
}

function lengthOf(line: Ohms | readonly Ohms[] | undefined): number {
  return typeof line === 'object' ? line.length : 1;
}
