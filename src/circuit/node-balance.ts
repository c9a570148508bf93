import type { Amperes } from '../units.ts';
import { type LineSet, linkResistance } from './line-set.ts';
import type { NodalSystem } from './nodal-system.ts';

/**
 * Largest sum of the currents into any node, from its voltage and those of its neighbours. Nodes that no resistance
 * keeps apart count as one; those that a source holds take any current.
 *
 * @param wordNodeVolts - [wordLines x bitLines]
 * @param bitNodeVolts - [wordLines x bitLines]
 * @param cellCurrents - from word line to bit line, [wordLines x bitLines]
 */
export function largestImbalance(
  { words, bits }: NodalSystem,
  wordNodeVolts: Float64Array,
  bitNodeVolts: Float64Array,
  cellCurrents: Float64Array,
): Amperes {
  const inWords = imbalanceOf(words, wordNodeVolts, cellCurrents, -1, words.cells, 1);
  return Math.max(inWords, imbalanceOf(bits, bitNodeVolts, cellCurrents, 1, 1, bits.lines));
}

function imbalanceOf(
  set: LineSet,
  volts: Float64Array,
  cellCurrents: Float64Array,
  sign: 1 | -1,
  lineStride: number,
  nodeStride: number,
): Amperes {
  let largest = 0;
  for (let line = 0; line < set.lines; line++) {
    const firstOhms = set.first.resistance[line]!;
    let held = firstOhms === 0;
    let sum = (set.first.volts[line]! - volts[line * lineStride]!) / (held ? Infinity : firstOhms);
    for (let at = 0; at < set.cells; at++) {
      const node = line * lineStride + at * nodeStride;
      sum += sign * cellCurrents[node]!;
      const ohms = linkResistance(set, line, at + 1);
      if (ohms > 0) {
        const beyond = at + 1 < set.cells ? volts[node + nodeStride]! : set.last.volts[line]!;
        const flow = (beyond - volts[node]!) / ohms;
        largest = held ? largest : Math.max(largest, Math.abs(sum + flow));
        sum = -flow;
        held = false;
      }
    }
  }
  return largest;
}
