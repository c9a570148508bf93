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
  const first = new Float64Array(set.lines);
  const last = new Float64Array(set.lines);
  for (let line = 0; line < set.lines; line++) {
    const drivenFirst = set.first.resistance[line]! < Infinity;
    const drivenLast = set.last.resistance[line]! < Infinity;
    let sum = 0;
    let ohms = drivenFirst ? set.first.resistance[line]! : 0;
    let drop = 0;
    for (let at = 0; at < set.cells; at++) {
      sum += sign * cellCurrents[line * lineStride + at * nodeStride]!;
      if (drivenFirst && drivenLast) {
        const link = linkResistance(set, line, at + 1);
        ohms += link;
        drop += link * sum;
      }
    }
    if (drivenFirst && drivenLast) {
      const difference = set.last.volts[line]! - set.first.volts[line]!;
      first[line] = ohms > 0 ? (difference + drop) / ohms : sum / 2;
      last[line] = sum - first[line]!;
    } else {
      (drivenFirst ? first : last)[line] = sum;
    }
  }
  return { first, last };
}
