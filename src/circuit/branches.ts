import { UsageError } from '../errors.ts';
import type { Ohms, Siemens, Volts } from '../units.ts';
import { cellAt, cellName, type Geometry } from '../array/geometry.ts';
import type { LineEnd } from './line-ends.ts';
import { innerResistance, type LineSet } from './line-set.ts';
import type { NodalSystem } from './nodal-system.ts';

/** One source at one end of one line. */
export interface Terminal {
  readonly end: LineEnd;
  readonly line: number;
  readonly volts: Volts;
  /** Number of its node. */
  readonly node: number;
}

/** Every branch of a circuit, between numbered nodes. */
export interface BranchVisitor {
  /** @param name - where the branch is, for an error message */
  (a: number, b: number, siemens: Siemens, name: () => string): void;
}

/** Node of a cell on its word line. */
export function wordNode(geometry: Geometry, word: number, bit: number): number {
  return word * geometry.bitLines + bit;
}

/** Node of a cell on its bit line. */
export function bitNode(geometry: Geometry, word: number, bit: number): number {
  return (geometry.wordLines + word) * geometry.bitLines + bit;
}

/** The sources of a system, numbered after all nodes of the lines. */
export function terminalsOf({ geometry, words, bits }: NodalSystem): Terminal[] {
  const first = 2 * geometry.wordLines * geometry.bitLines;
  const terminals: Terminal[] = [];
  for (const [end, { resistance, volts }] of [
    ['wordLeft', words.first],
    ['wordRight', words.last],
    ['bitTop', bits.first],
    ['bitBottom', bits.last],
  ] as const) {
    resistance.forEach((ohms, line) => {
      if (ohms < Infinity) {
        terminals.push({ end, line, volts: volts[line]!, node: first + terminals.length });
      }
    });
  }
  return terminals;
}

/**
 * Visit segments, the links to the sources and last the cells, for a cell that shorts two lines to be named itself. A
 * branch without resistance has the conductance Infinity.
 */
export function visitBranches(
  system: NodalSystem,
  terminals: readonly Terminal[],
  visit: BranchVisitor,
): void {
  const { geometry, conductances, words, bits } = system;
  const word = (line: number, at: number) => wordNode(geometry, line, at);
  const bit = (line: number, at: number) => bitNode(geometry, at, line);
  visitSegments('word', words, word, visit);
  visitSegments('bit', bits, bit, visit);
  for (const { end, line, node } of terminals) {
    const isWord = end === 'wordLeft' || end === 'wordRight';
    const set = isWord ? words : bits;
    const isFirst = end === 'wordLeft' || end === 'bitTop';
    const nearest = (isWord ? word : bit)(line, isFirst ? 0 : set.cells - 1);
    const ohms = (isFirst ? set.first : set.last).resistance[line]!;
    visit(nearest, node, conductanceOf(ohms), () => `${end} of line ${line}`);
  }
  conductances.forEach((siemens, index) => {
    if (siemens > 0) {
      const { word: i, bit: j } = cellAt(geometry, index);
      visit(word(i, j), bit(j, i), siemens, () => `cell ${cellName({ word: i, bit: j })}`);
    }
  });
}

function visitSegments(
  kind: 'word' | 'bit',
  set: LineSet,
  node: (line: number, at: number) => number,
  visit: BranchVisitor,
): void {
  for (let line = 0; line < set.lines; line++) {
    for (let link = 1; link < set.cells; link++) {
      const siemens = conductanceOf(innerResistance(set, line, link));
      visit(node(line, link - 1), node(line, link), siemens, () => `segment ${link} of ${kind} line ${line}`);
    }
  }
}

function conductanceOf(ohms: Ohms): Siemens {
  return 1 / ohms;
}

/**
 * Name a path without resistance between two sources.
 *
 * @param where - the branch that closes the path
 */
export function shortCircuit(where: string, a: Terminal, b: Terminal): UsageError {
  const name = ({ end, line, volts }: Terminal) => `${end} of line ${line} (${volts} V)`;
  return new UsageError(
    'short',
    `circuit: ${where} closes a path without resistance between the sources ${name(a)} and ${name(b)}`,
    {
      hint: 'Give the sources, the segments or the cell a resistance.',
      details: { where, sources: [a, b].map(({ end, line, volts }) => ({ end, line, volts })) },
    },
  );
}
