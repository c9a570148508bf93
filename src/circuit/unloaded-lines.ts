import type { Volts } from '../units.ts';
import { linkResistance, type LineSet } from './line-set.ts';
import type { LineMatrix } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';

/**
 * Voltages of the bit-line nodes while no current flows through the cells, for an iteration to begin with: what is
 * left to find is then of the size of the currents, however far the sources lie from 0 V. Lines that float take the
 * mean of all sources.
 *
 * @param volts - receives the voltages, node (word, bit) at word * stride + bit
 */
export function enterUnloadedBitLines(system: NodalSystem, volts: LineMatrix, stride: number): void {
  const { bits } = system;
  const { mean } = sourceSpread(system);
  for (let line = 0; line < bits.lines; line++) {
    volts[line] = unloadedEnds(bits, line, mean).from;
  }
  for (let at = 1; at < bits.cells; at++) {
    volts.copyWithin(at * stride, 0, bits.lines);
  }
  for (let line = 0; line < bits.lines; line++) {
    const { from, to } = unloadedEnds(bits, line, mean);
    if (from !== to) {
      enterSlope(bits, line, from, to, volts.subarray(line), stride);
    }
  }
}

/** Voltages over the cells while no current flows through them, [wordLines x bitLines]. */
export function enterUnloadedCells(system: NodalSystem, cellVolts: Float64Array): void {
  const { words, bits } = system;
  const { mean } = sourceSpread(system);
  enterUnloadedBitLines(system, cellVolts, bits.lines);
  const ofWord = new Float64Array(words.cells);
  for (let word = 0, cell = 0; word < words.lines; word++) {
    const { from, to } = unloadedEnds(words, word, mean);
    if (from === to) {
      ofWord.fill(from);
    } else {
      enterSlope(words, word, from, to, ofWord, 1);
    }
    for (let at = 0; at < words.cells; at++, cell++) {
      cellVolts[cell] = ofWord[at]! - cellVolts[cell]!;
    }
  }
}

/** Voltages at the two ends of a line without current. */
function unloadedEnds(set: LineSet, line: number, mean: Volts): { readonly from: Volts; readonly to: Volts } {
  const first = set.first.resistance[line]! < Infinity;
  const last = set.last.resistance[line]! < Infinity;
  const from = first ? set.first.volts[line]! : last ? set.last.volts[line]! : mean;
  return { from, to: last ? set.last.volts[line]! : from };
}

/** The voltage falls along the line in proportion to its resistance. */
function enterSlope(
  set: LineSet,
  line: number,
  from: number,
  to: number,
  volts: LineMatrix,
  stride: number,
): void {
  let total = 0;
  for (let link = 0; link <= set.cells; link++) {
    total += linkResistance(set, line, link);
  }
  let passed = 0;
  for (let at = 0; at < set.cells; at++) {
    passed += linkResistance(set, line, at);
    volts[at * stride] = from + ((to - from) * passed) / total;
  }
}

/** Mean voltage of the sources, and the sum of the squares of their distances from it. */
export function sourceSpread({ words, bits }: NodalSystem): {
  readonly mean: Volts;
  readonly squares: number;
} {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (const { resistance, volts } of [words.first, words.last, bits.first, bits.last]) {
    for (let line = 0; line < resistance.length; line++) {
      if (resistance[line]! < Infinity) {
        sum += volts[line]!;
        squares += volts[line]! ** 2;
        count += 1;
      }
    }
  }
  const mean = sum / count;
  return { mean, squares: Math.max(squares - count * mean * mean, 0) };
}
