import { UsageError } from '../errors.ts';
import type { Circuit } from './circuit.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { LineSet } from './line-set.ts';

/**
 * Refuse a circuit in which the voltage of some node is not defined. Every line hangs together, so that paths lead
 * from line to line over cells that conduct.
 *
 * @throws UsageError when no end is driven at all, or naming the first group of lines without a path to a source
 */
export function requireSources(circuit: Circuit, words: LineSet, bits: LineSet): void {
  const wordDriven = drivenLines(words);
  const bitDriven = drivenLines(bits);
  if (!wordDriven.includes(1) && !bitDriven.includes(1)) {
    throw new UsageError('no-source', 'circuit: no end of any line is driven', {
      hint: 'Give volts for at least one line at wordLeft, wordRight, bitTop or bitBottom.',
    });
  }
  if (!wordDriven.includes(0) && !bitDriven.includes(0)) {
    return;
  }
  const floating = floatingGroup(circuit, wordDriven, bitDriven);
  if (floating !== null) {
    const group = [lineList('word', floating.words), lineList('bit', floating.bits)]
      .filter(Boolean)
      .join(' and ');
    const verb = floating.words.length + floating.bits.length === 1 ? 'has' : 'have';
    throw new UsageError('floating', `circuit: ${group} ${verb} no path to a source`, {
      hint: 'Drive one of their ends, or give one of their cells a conductance towards a driven line.',
      details: { wordLines: floating.words, bitLines: floating.bits },
    });
  }
}

function drivenLines({ lines, first, last }: LineSet): Uint8Array {
  return Uint8Array.from({ length: lines }, (_, line) =>
    first.resistance[line]! < Infinity || last.resistance[line]! < Infinity ? 1 : 0,
  );
}

interface LineGroup {
  readonly words: number[];
  readonly bits: number[];
}

/** Lines that are joined to each other and to no driven line. */
function floatingGroup(
  { geometry, conductances }: Circuit,
  wordDriven: Uint8Array,
  bitDriven: Uint8Array,
): LineGroup | null {
  const { wordLines, bitLines } = geometry;
  const sets = new DisjointSets(wordLines + bitLines + 1);
  const ground = wordLines + bitLines;
  wordDriven.forEach((driven, word) => driven === 1 && sets.unite(ground, word));
  bitDriven.forEach((driven, bit) => driven === 1 && sets.unite(ground, wordLines + bit));
  for (let word = 0; word < wordLines; word++) {
    for (let bit = 0; bit < bitLines; bit++) {
      if (conductances[word * bitLines + bit]! > 0) {
        sets.unite(word, wordLines + bit);
      }
    }
  }
  const adrift = range(wordLines + bitLines).find((line) => sets.find(line) !== sets.find(ground));
  if (adrift === undefined) {
    return null;
  }
  const members = (first: number, count: number) =>
    range(count).filter((line) => sets.find(first + line) === sets.find(adrift));
  return { words: members(0, wordLines), bits: members(wordLines, bitLines) };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

function lineList(kind: 'word' | 'bit', lines: readonly number[]): string {
  if (lines.length === 0) {
    return '';
  }
  const shown = lines.slice(0, 8).join(', ');
  const more = lines.length > 8 ? ` and ${lines.length - 8} more` : '';
  return `${kind} line${lines.length > 1 ? 's' : ''} ${shown}${more}`;
}
