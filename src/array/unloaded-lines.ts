import type { Volts } from '../units.ts';
import { linkResistance, type LineSet } from './line-set.ts';
import type { NodalSystem } from './nodal-system.ts';

/**
 * Voltages of the bit-line nodes while no current flows through the cells, for an iteration to begin with: what is
 * left to find is then of the size of the currents, however far the sources lie from 0 V. Lines that float take the
 * mean of all sources.
 *
 * @param volts - receives the voltages, node (word, bit) at word * stride + bit
 */
export function enterUnloadedBitLines(system: NodalSystem, volts: Float64Array, stride: number): void {
  const { mean } = sourceSpread(system);
  for (let line = 0; line < system.bits.lines; line++) {
    enterUnloadedLine(system.bits, line, mean, volts.subarray(line), stride);
  }
}

/** Voltages over the cells while no current flows through them, [wordLines x bitLines]. */
export function enterUnloadedCells(system: NodalSystem, cellVolts: Float64Array): void {
  const { words, bits } = system;
  const { mean } = sourceSpread(system);
  enterUnloadedBitLines(system, cellVolts, bits.lines);
  const ofWord = new Float64Array(words.cells);
  for (let word = 0, cell = 0; word < words.lines; word++) {
    enterUnloadedLine(words, word, mean, ofWord, 1);
    for (let at = 0; at < words.cells; at++, cell++) {
      cellVolts[cell] = ofWord[at]! - cellVolts[cell]!;
    }
  }
}

function enterUnloadedLine(
  set: LineSet,
  line: number,
  mean: Volts,
  volts: Float64Array,
  stride: number,
): void {
  const first = set.first.resistance[line]! < Infinity;
  const last = set.last.resistance[line]! < Infinity;
  const from = first ? set.first.volts[line]! : last ? set.last.volts[line]! : mean;
  const to = last ? set.last.volts[line]! : from;
  if (from !== to) {
    enterSlope(set, line, from, to, volts, stride);
    return;
  }
  for (let at = 0; at < set.cells; at++) {
    volts[at * stride] = from;
  }
}

/** The voltage falls along the line in proportion to its resistance. */
function enterSlope(
  set: LineSet,
  line: number,
  from: number,
  to: number,
  volts: Float64Array,
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
