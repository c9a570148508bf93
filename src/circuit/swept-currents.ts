import { type EndCurrents, endCurrents } from './line-currents.ts';
import { isWordEnd, type LineEnd } from './line-ends.ts';
import type { LineSet } from './line-set.ts';
import type { LineSweeps } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';

/** Currents into the sources of one side, [lines], from the voltages that the sweeps hold: s of word lines, v of bit lines. */
export function sweptCurrents(sweeps: LineSweeps, { words, bits }: NodalSystem, end: LineEnd): Float64Array {
  const ofWords = isWordEnd(end);
  const set = ofWords ? words : bits;
  const isFirst = end === 'wordLeft' || end === 'bitTop';
  if (hasTwoEnds(set)) {
    const both = dividedCurrents(sweeps, words, set, ofWords);
    return isFirst ? both.first : both.last;
  }
  const sums = ofWords ? wordSums(sweeps, words) : bitSums(sweeps, words);
  const { resistance } = isFirst ? set.first : set.last;
  return sums.map((amperes, line) => (resistance[line]! < Infinity ? amperes : 0));
}

function hasTwoEnds({ first, last }: LineSet): boolean {
  return first.resistance.some((ohms, line) => Math.max(ohms, last.resistance[line]!) < Infinity);
}

function wordSums({ conductances: g, s, v, stride, wordScale }: LineSweeps, words: LineSet): Float64Array {
  return Float64Array.from({ length: words.lines }, (_, word) => {
    let sum = 0;
    for (let at = word * stride; at < word * stride + words.cells; at++) {
      sum -= g[at]! * (s[at]! - v[at]!);
    }
    return sum / wordScale;
  });
}

function bitSums({ conductances: g, s, v, stride, wordScale }: LineSweeps, words: LineSet): Float64Array {
  const sums = new Float64Array(words.cells);
  for (let word = 0; word < words.lines; word++) {
    for (let bit = 0, at = word * stride; bit < words.cells; bit++, at++) {
      sums[bit]! += g[at]! * (s[at]! - v[at]!);
    }
  }
  return sums.map((sum) => sum / wordScale);
}

/** Where a line has two sources, how its current divides depends on every cell. */
function dividedCurrents(
  { conductances: g, s, v, stride, wordScale }: LineSweeps,
  words: LineSet,
  set: LineSet,
  ofWords: boolean,
): EndCurrents {
  const cellCurrents = new Float64Array(words.lines * words.cells);
  for (let word = 0, cell = 0; word < words.lines; word++) {
    for (let at = word * stride; at < word * stride + words.cells; at++, cell++) {
      cellCurrents[cell] = (g[at]! * (s[at]! - v[at]!)) / wordScale;
    }
  }
  return ofWords
    ? endCurrents(set, cellCurrents, -1, words.cells, 1)
    : endCurrents(set, cellCurrents, 1, 1, words.cells);
}
