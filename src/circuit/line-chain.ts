import type { Ohms, Siemens } from '../units.ts';
import { linkResistance, type LineSet } from './line-set.ts';

/** Stands for a source without resistance. */
const idealSource: Siemens = 1e12;

/** One line by itself: nodes in a chain of links, each loaded to 0 V, its sources at 0 V. */
export class LineChain {
  /** Conductance of each link, the outer two to the sources included, [nodes + 1]. */
  readonly links: Float64Array;
  readonly #pivots: Float64Array;

  /** @param nodes - of the lines that are entered */
  constructor(nodes: number) {
    this.links = new Float64Array(nodes + 1);
    this.#pivots = new Float64Array(nodes);
  }

  /** Take a line, no inner link of which is without resistance. */
  enter(set: LineSet, line: number): void {
    for (let link = 0; link <= set.cells; link++) {
      this.links[link] = Math.min(1 / linkResistance(set, line, link), idealSource);
    }
  }

  /** @param loads - [nodes], siemens */
  factor(loads: Float64Array): void {
    let before = 0;
    for (let node = 0; node < this.#pivots.length; node++) {
      const link = this.links[node]!;
      before = 1 / (link + this.links[node + 1]! + loads[node]! - link * link * before);
      this.#pivots[node] = before;
    }
  }

  /**
   * Solve for the voltages of the nodes.
   *
   * @param feeds - [nodes], current into each node, ampere
   */
  solve(feeds: Float64Array, volts: Float64Array): void {
    const last = volts.length - 1;
    let value = 0;
    for (let node = 0; node <= last; node++) {
      value = (feeds[node]! + this.links[node]! * value) * this.#pivots[node]!;
      volts[node] = value;
    }
    for (let node = last - 1; node >= 0; node--) {
      value = volts[node]! + this.links[node + 1]! * this.#pivots[node]! * value;
      volts[node] = value;
    }
  }
}

/** Resistance from every node of a set of lines to the sources of its line, with no cell connected, [lines x cells]. */
export function nodeResistances(set: LineSet): Float64Array {
  const resistances = new Float64Array(set.lines * set.cells);
  for (let line = 0; line < set.lines; line++) {
    const nodes = resistances.subarray(line * set.cells, (line + 1) * set.cells);
    let toFirst: Ohms = 0;
    for (let at = 0; at < set.cells; at++) {
      toFirst += linkResistance(set, line, at);
      nodes[at] = toFirst;
    }
    let toLast: Ohms = 0;
    for (let at = set.cells - 1; at >= 0; at--) {
      toLast += linkResistance(set, line, at + 1);
      nodes[at] = inParallel(nodes[at]!, toLast);
    }
  }
  return resistances;
}

function inParallel(a: Ohms, b: Ohms): Ohms {
  return Math.max(a, b) === Infinity ? Math.min(a, b) : (a * b) / (a + b) || 0;
}
