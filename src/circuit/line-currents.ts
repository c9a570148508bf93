import type { Ohms } from '../units.ts';
import { linkResistance, type LineSet } from './line-set.ts';

/** Currents out of both ends of every line into the sources, ampere. */
export interface EndCurrents {
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/**
 * Find the currents at the ends of lines from those that the cells feed into them. The drops along a line between
 * two sources add up to the difference of their voltages, which says how the sum divides; no small difference of
 * node voltages is taken, so that low resistances cost no digits.
 *
 * @param cellCurrents - from word line to bit line, [wordLines x bitLines]
 * @param sign - whether the cells feed these lines or load them
 * @param lineStride - distance in `cellCurrents` from line to line
 * @param nodeStride - distance from node to node along a line
 */
export function endCurrents(
  set: LineSet,
  cellCurrents: Float64Array,
  sign: 1 | -1,
  lineStride: number,
  nodeStride: number,
): EndCurrents {
  const { lines, cells } = set;
  const sums = new Float64Array(lines);
  // Node by node over all lines: bit lines lie side by side in memory.
  for (let at = 0; at < cells; at++) {
    for (let line = 0, cell = at * nodeStride; line < lines; line++, cell += lineStride) {
      sums[line]! += sign * cellCurrents[cell]!;
    }
  }
  const first = new Float64Array(lines);
  const last = new Float64Array(lines);
  for (let line = 0; line < lines; line++) {
    const drivenFirst = set.first.resistance[line]! < Infinity;
    const drivenLast = set.last.resistance[line]! < Infinity;
    const sum = sums[line]!;
    if (drivenFirst && drivenLast) {
      const cellsOfLine = (at: number) => sign * cellCurrents[line * lineStride + at * nodeStride]!;
      first[line] = intoFirst(set, line, sum, cellsOfLine);
      last[line] = sum - first[line]!;
    } else {
      (drivenFirst ? first : last)[line] = sum;
    }
  }
  return { first, last };
}

/** Part of a sum of currents that leaves a line between two sources at its first end. */
function intoFirst(set: LineSet, line: number, total: number, feed: (at: number) => number): number {
  let ohms: Ohms = set.first.resistance[line]!;
  let drop = 0;
  let sum = 0;
  for (let at = 0; at < set.cells; at++) {
    sum += feed(at);
    const link = linkResistance(set, line, at + 1);
    ohms += link;
    drop += link * sum;
  }
  const difference = set.last.volts[line]! - set.first.volts[line]!;
  return ohms > 0 ? (difference + drop) / ohms : total / 2;
}
