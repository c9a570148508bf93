import type { Siemens } from '../units.ts';
import { innerResistance, linkResistance, type LineSet } from './line-set.ts';

/** Nodes of a set of lines that a source holds without resistance, and the first free nodes beside them. */
export interface HeldNodes {
  /** Line and position of each held node, and whether it hangs on the last end. */
  readonly held: readonly { readonly line: number; readonly at: number; readonly last: boolean }[];
  /** Free nodes next to held ones, or to a source behind a resistance. */
  readonly fed: readonly {
    readonly line: number;
    readonly at: number;
    readonly last: boolean;
    readonly siemens: Siemens;
  }[];
}

/** Tell apart the nodes of a set of lines that sources hold from those that they feed. */
export function heldNodes(set: LineSet): HeldNodes {
  const held: HeldNodes['held'][number][] = [];
  const fed: HeldNodes['fed'][number][] = [];
  for (let line = 0; line < set.lines; line++) {
    const heldByFirst = heldFrom(set, line, false);
    const heldByLast = heldByFirst === set.cells ? 0 : heldFrom(set, line, true);
    for (let k = 0; k < heldByFirst; k++) {
      held.push({ line, at: k, last: false });
    }
    for (let k = 0; k < heldByLast; k++) {
      held.push({ line, at: set.cells - 1 - k, last: true });
    }
    if (heldByFirst < set.cells) {
      const ends = [
        { at: heldByFirst, last: false, ohms: linkResistance(set, line, heldByFirst) },
        {
          at: set.cells - 1 - heldByLast,
          last: true,
          ohms: linkResistance(set, line, set.cells - heldByLast),
        },
      ];
      for (const { at, last, ohms } of ends) {
        if (ohms < Infinity) {
          fed.push({ line, at, last, siemens: 1 / ohms });
        }
      }
    }
  }
  return { held, fed };
}

/** How many nodes from one end of a line hang on its source without resistance. */
function heldFrom(set: LineSet, line: number, last: boolean): number {
  if ((last ? set.last : set.first).resistance[line] !== 0) {
    return 0;
  }
  let count = 1;
  while (count < set.cells && innerResistance(set, line, last ? set.cells - count : count) === 0) {
    count += 1;
  }
  return count;
}
