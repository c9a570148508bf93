import type { Siemens, Volts } from '../units.ts';
import { bitNode, shortCircuit, type Terminal, terminalsOf, visitBranches, wordNode } from './branches.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { NodalSystem } from './nodal-system.ts';

/** Branches with a resistance between merged nodes, as a struct of arrays. */
export interface BranchList {
  /** Merged nodes at both sides. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly siemens: Float64Array;
}

/**
 * A circuit whose branches without resistance have made one node of what they join. Nodes 0 .. free - 1 are
 * unknown, in an order that keeps neighbours close; the others are held by sources.
 */
export interface MergedNodes {
  readonly free: number;
  /** Voltage of each held node, from node number `free` on. */
  readonly heldVolts: readonly Volts[];
  /** Merged node of each node: those of the word lines, those of the bit lines, the sources. */
  readonly nodes: Int32Array;
  readonly branches: BranchList;
  readonly terminals: readonly Terminal[];
}

/**
 * Merge what branches without resistance join, and number the rest.
 *
 * @param byBitLine - number the cells along bit lines, and not along word lines
 * @throws UsageError naming a path without resistance between sources of different voltage
 */
export function mergeNodes(system: NodalSystem, byBitLine: boolean): MergedNodes {
  const terminals = terminalsOf(system);
  const cells = system.conductances.length;
  const sets = new DisjointSets(2 * cells + terminals.length);
  const held = new Map<number, Terminal>(terminals.map((terminal) => [terminal.node, terminal]));
  const found: { from: number[]; to: number[]; siemens: Siemens[] } = { from: [], to: [], siemens: [] };
  visitBranches(system, terminals, (a, b, siemens, name) => {
    if (siemens < Infinity) {
      found.from.push(a);
      found.to.push(b);
      found.siemens.push(siemens);
      return;
    }
    const holderA = held.get(sets.find(a));
    const holderB = held.get(sets.find(b));
    if (holderA !== undefined && holderB !== undefined && holderA.volts !== holderB.volts) {
      throw shortCircuit(name(), holderA, holderB);
    }
    sets.unite(a, b);
    const holder = holderA ?? holderB;
    if (holder !== undefined) {
      held.set(sets.find(a), holder);
    }
  });
  const { number, free, heldVolts } = numberNodes(system, sets, held, byBitLine);
  const nodes = Int32Array.from(
    { length: 2 * cells + terminals.length },
    (_, node) => number[sets.find(node)]!,
  );
  return {
    free,
    heldVolts,
    nodes,
    branches: {
      from: Int32Array.from(found.from, (node) => nodes[node]!),
      to: Int32Array.from(found.to, (node) => nodes[node]!),
      siemens: Float64Array.from(found.siemens),
    },
    terminals,
  };
}

/** Free sets are numbered where their last member comes up, then the held ones. */
function numberNodes(
  { geometry }: NodalSystem,
  sets: DisjointSets,
  held: ReadonlyMap<number, Terminal>,
  byBitLine: boolean,
): { number: Int32Array; free: number; heldVolts: Volts[] } {
  const { wordLines, bitLines } = geometry;
  const cells = wordLines * bitLines;
  const order = new Int32Array(2 * cells);
  const last = new Map<number, number>();
  for (let k = 0; k < cells; k++) {
    const word = byBitLine ? k % wordLines : Math.floor(k / bitLines);
    const bit = byBitLine ? Math.floor(k / wordLines) : k % bitLines;
    order[2 * k] = sets.find(wordNode(geometry, word, bit));
    order[2 * k + 1] = sets.find(bitNode(geometry, word, bit));
    last.set(order[2 * k]!, 2 * k);
    last.set(order[2 * k + 1]!, 2 * k + 1);
  }
  const number = new Int32Array(2 * cells + held.size).fill(-1);
  let free = 0;
  order.forEach((root, at) => {
    if (last.get(root) === at && !held.has(root)) {
      number[root] = free++;
    }
  });
  const heldVolts: Volts[] = [];
  for (const [node, { volts }] of held) {
    const root = sets.find(node);
    if (number[root] === -1) {
      number[root] = free + heldVolts.length;
      heldVolts.push(volts);
    }
  }
  return { number, free, heldVolts };
}
