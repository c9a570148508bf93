import type { Amperes } from '../units.ts';
import { lineEnds, type LineEnd } from './line-ends.ts';
import { mergeNodes, type MergedNodes } from './merged-nodes.ts';
import type { NodalSolution } from './nodal-solution.ts';
import type { NodalSystem } from './nodal-system.ts';
import { StarMesh } from './star-mesh.ts';

/** Corrections after the first solution; the second is already below the last place of the voltages. */
const refinements = 3;

/**
 * Solve a circuit by elimination: any ratio of conductances, any resistance of 0. Voltages are kept as sums of two
 * doubles and refined, so that the current of a branch that takes next to no voltage is as exact as all others.
 *
 * @throws UsageError naming a path without resistance between sources, or when the memory that it takes is too much
 * @example
 * solveDirect(connectSources(circuit, drive)).currentIntoEnd.bitBottom;
 */
export function solveDirect(system: NodalSystem): NodalSolution {
  const circuit = narrowest(system);
  const mesh = new StarMesh(circuit);
  const volts = new PairedVolts(circuit);
  for (let pass = 0; pass <= refinements; pass++) {
    const currents = volts.currentsInto();
    mesh.solve(currents);
    volts.add(currents);
  }
  const inflow = volts.currentsInto();
  const cells = system.conductances.length;
  return {
    wordNodeVolts: volts.at(circuit.nodes.subarray(0, cells)),
    bitNodeVolts: volts.at(circuit.nodes.subarray(cells, 2 * cells)),
    currentIntoEnd: currentsIntoSources(system, circuit, inflow),
    kclResidual: inflow
      .subarray(0, circuit.free)
      .reduce((most, amperes) => Math.max(most, Math.abs(amperes)), 0),
    method: 'direct',
    iterations: refinements,
  };
}

/** The circuit in the order of nodes that is cheaper to eliminate. */
function narrowest(system: NodalSystem): MergedNodes {
  const byWordLine = mergeNodes(system, false);
  const byBitLine = mergeNodes(system, true);
  return StarMesh.cost(byBitLine) < StarMesh.cost(byWordLine) ? byBitLine : byWordLine;
}

/** Voltages of all merged nodes as unevaluated sums of two doubles. */
class PairedVolts {
  readonly #circuit: MergedNodes;
  readonly #high: Float64Array;
  readonly #low: Float64Array;

  constructor(circuit: MergedNodes) {
    this.#circuit = circuit;
    this.#high = new Float64Array(circuit.free + circuit.heldVolts.length);
    this.#low = new Float64Array(this.#high.length);
    this.#high.set(circuit.heldVolts, circuit.free);
  }

  /** Sum of the currents that flow into each node over its branches. */
  currentsInto(): Float64Array {
    const { from, to, siemens } = this.#circuit.branches;
    const currents = new Float64Array(this.#high.length);
    siemens.forEach((value, branch) => {
      const a = from[branch]!;
      const b = to[branch]!;
      const drop = this.#high[a]! - this.#high[b]! + (this.#low[a]! - this.#low[b]!);
      currents[a]! -= value * drop;
      currents[b]! += value * drop;
    });
    return currents;
  }

  /** Correct the free nodes. */
  add(corrections: Float64Array): void {
    for (let node = 0; node < this.#circuit.free; node++) {
      const high = this.#high[node]!;
      const change = this.#low[node]! + corrections[node]!;
      const sum = high + change;
      const shifted = sum - high;
      this.#low[node] = high - (sum - shifted) + (change - shifted);
      this.#high[node] = sum;
    }
  }

  at(nodes: Int32Array): Float64Array {
    return Float64Array.from(nodes, (node) => this.#high[node]!);
  }
}

/** Sources that no resistance keeps apart share their current equally. */
function currentsIntoSources(
  system: NodalSystem,
  { terminals, nodes }: MergedNodes,
  inflow: Float64Array,
): NodalSolution['currentIntoEnd'] {
  const sharers = new Map<number, number>();
  for (const { node } of terminals) {
    sharers.set(nodes[node]!, (sharers.get(nodes[node]!) ?? 0) + 1);
  }
  const currents: Record<LineEnd, Float64Array | null> = {
    wordLeft: null,
    wordRight: null,
    bitTop: null,
    bitBottom: null,
  };
  const lengths: Record<LineEnd, number> = {
    wordLeft: system.words.lines,
    wordRight: system.words.lines,
    bitTop: system.bits.lines,
    bitBottom: system.bits.lines,
  };
  for (const end of lineEnds) {
    if (terminals.some((terminal) => terminal.end === end)) {
      currents[end] = new Float64Array(lengths[end]);
    }
  }
  for (const { end, line, node } of terminals) {
    const merged = nodes[node]!;
    const share: Amperes = inflow[merged]! / sharers.get(merged)!;
    currents[end]![line] = share;
  }
  return currents;
}
