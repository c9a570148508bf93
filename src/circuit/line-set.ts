import { UsageError } from '../errors.ts';
import type { Ohms, Volts } from '../units.ts';
import { requireResistance } from './circuit.ts';
import type { EndDrive, LineEnd } from './line-ends.ts';

/** One side of a set of lines. */
export interface LineSide {
  /** [lines], from the source to the node of the nearest cell, ohm; Infinity where the end floats. */
  readonly resistance: Float64Array;
  /** [lines], volt; 0 where the end floats. */
  readonly volts: Float64Array;
}

/** Parallel lines as chains of nodes: link 0, node 0, link 1, node 1, ... the last node, link `cells`. */
export interface LineSet {
  readonly lines: number;
  /** Nodes of each line. */
  readonly cells: number;
  /** Links between nodes: one resistance for all, or [lines x (cells + 1)], whose outer two the sides hold. */
  readonly segments: Ohms | Float64Array;
  readonly first: LineSide;
  readonly last: LineSide;
}

/** Resistance of a link between two nodes of a line, 0 < link < cells. */
export function innerResistance(set: LineSet, line: number, link: number): Ohms {
  return typeof set.segments === 'number' ? set.segments : set.segments[line * (set.cells + 1) + link]!;
}

/** Resistance of any link of a line, the outer two included. */
export function linkResistance(set: LineSet, line: number, link: number): Ohms {
  if (link === 0) {
    return set.first.resistance[line]!;
  }
  return link === set.cells ? set.last.resistance[line]! : innerResistance(set, line, link);
}

/** Whether some nodes of the lines, or a source, have no resistance between them. */
export function hasJoinedNodes({ segments, first, last }: LineSet): boolean {
  const inner = typeof segments === 'number' ? segments : segments.reduce((a, b) => Math.min(a, b));
  const ends = (resistance: Float64Array) => resistance.reduce((a, b) => Math.min(a, b));
  return Math.min(inner, ends(first.resistance), ends(last.resistance)) === 0;
}

/**
 * Connect sources to one side of a set of lines.
 *
 * @throws UsageError for another number of voltages, or a voltage or resistance that is not one
 */
export function createLineSide(
  end: LineEnd,
  drive: EndDrive | null,
  segments: Ohms | Float64Array,
  lines: number,
  cells: number,
): LineSide {
  const resistance = new Float64Array(lines).fill(Infinity);
  const volts = new Float64Array(lines);
  if (drive === null) {
    return { resistance, volts };
  }
  requireCount(`${end}.volts`, drive.volts.length, lines);
  const series = seriesOf(end, drive, lines);
  const link = end === 'wordLeft' || end === 'bitTop' ? 0 : cells;
  for (let line = 0; line < lines; line++) {
    const value = drive.volts[line];
    if (value !== null && value !== undefined) {
      requireVolts(end, line, value);
      const segment = typeof segments === 'number' ? segments : segments[line * (cells + 1) + link]!;
      resistance[line] = segment + series(line);
      volts[line] = value;
    }
  }
  return { resistance, volts };
}

function seriesOf(end: LineEnd, { seriesResistance }: EndDrive, lines: number): (line: number) => Ohms {
  const where = `${end}.seriesResistance`;
  if (typeof seriesResistance === 'number') {
    requireResistance(where, seriesResistance);
    return () => seriesResistance;
  }
  requireCount(where, seriesResistance.length, lines);
  seriesResistance.forEach((ohms, line) => {
    requireResistance(`${where}[${line}]`, ohms);
  });
  return (line) => seriesResistance[line]!;
}

function requireCount(where: string, found: number, lines: number): void {
  if (found !== lines) {
    throw new UsageError('drive-shape', `circuit, ${where}: found ${found} values, expected ${lines}`, {
      details: { where, found, allowed: lines },
    });
  }
}

function requireVolts(end: LineEnd, line: number, value: Volts): void {
  if (!Number.isFinite(value)) {
    throw new UsageError(
      'volts',
      `circuit, ${end}.volts[${line}]: found ${value} V, expected a finite voltage`,
    );
  }
}
