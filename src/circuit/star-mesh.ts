import { SolverError, UsageError } from '../errors.ts';
import type { MergedNodes } from './merged-nodes.ts';

const largestBytes = 2 ** 32;

/**
 * Conductances between nodes, eliminated one node after the other by the transform of a star of conductances into
 * a mesh. It only ever adds, multiplies and divides positive numbers, so that the factors are exact to a few units
 * in the last place for any ratio of conductances.
 *
 * @source W. K. Grassmann, M. I. Taksar, D. P. Heyman, "Regenerative analysis and steady state distributions for
 * Markov chains", doi 10.1287/opre.33.5.1107; entrywise accuracy: C. A. O'Cinneide, doi 10.1007/BF01385632
 */
export class StarMesh {
  readonly #size: number;
  /** Last node that elimination may join to a node; it never falls from one node to the next. */
  readonly #reach: Int32Array;
  readonly #offset: Float64Array;
  /** Row i: shares of the star of node i, to nodes i + 1 .. reach. */
  readonly #shares: Float64Array;
  readonly #pivots: Float64Array;

  /** @throws UsageError when the factors need more than 4 GiB */
  constructor(circuit: MergedNodes) {
    this.#size = circuit.free;
    this.#reach = reachOf(circuit);
    this.#offset = new Float64Array(this.#size + 1);
    for (let node = 0; node < this.#size; node++) {
      this.#offset[node + 1] = this.#offset[node]! + this.#reach[node]! - node;
    }
    const entries = this.#offset[this.#size]!;
    if (8 * entries > largestBytes) {
      const gibibytes = ((8 * entries) / 2 ** 30).toFixed(1);
      throw new UsageError('memory', `circuit: elimination needs ${gibibytes} GiB, allowed 4 GiB`, {
        hint: 'Make the circuit smaller, or its conductances less unequal, for the iterative solver to take it.',
        details: { bytes: 8 * entries },
      });
    }
    this.#shares = new Float64Array(entries);
    this.#pivots = this.#fill(circuit);
    this.#eliminate();
  }

  /** Number of multiplications that the elimination of a circuit takes. */
  static cost(circuit: MergedNodes): number {
    return reachOf(circuit).reduce((sum, reach, node) => sum + (reach - node) ** 2 / 2, 0);
  }

  /**
   * Solve for the voltages that currents into the nodes cause, in place.
   *
   * @param values - currents in, voltages out
   */
  solve(values: Float64Array): void {
    for (let node = 0; node < this.#size; node++) {
      const row = this.#offset[node]! - node - 1;
      const value = values[node]!;
      if (value !== 0) {
        for (let to = node + 1; to <= this.#reach[node]!; to++) {
          values[to]! += this.#shares[row + to]! * value;
        }
      }
    }
    for (let node = this.#size - 1; node >= 0; node--) {
      const row = this.#offset[node]! - node - 1;
      let value = values[node]! / this.#pivots[node]!;
      for (let to = node + 1; to <= this.#reach[node]!; to++) {
        value += this.#shares[row + to]! * values[to]!;
      }
      values[node] = value;
    }
  }

  /** Enter the branches, and return the conductance of each node to the sources. */
  #fill({ free, branches: { from, to, siemens } }: MergedNodes): Float64Array {
    const toSources = new Float64Array(free);
    siemens.forEach((value, branch) => {
      const a = Math.min(from[branch]!, to[branch]!);
      const b = Math.max(from[branch]!, to[branch]!);
      if (a < free && b >= free) {
        toSources[a]! += value;
      } else if (a < b && b < free) {
        this.#shares[this.#offset[a]! + b - a - 1]! += value;
      }
    });
    return toSources;
  }

  #eliminate(): void {
    const shares = this.#shares;
    for (let node = 0; node < this.#size; node++) {
      const first = this.#offset[node]!;
      const end = this.#offset[node + 1]!;
      const toSources = this.#pivots[node]!;
      let pivot = toSources;
      for (let at = first; at < end; at++) {
        pivot += shares[at]!;
      }
      if (!(pivot > 0 && pivot < Infinity)) {
        throw new SolverError(
          'pivot',
          `circuit: conductance ${pivot} S around a node, expected a finite one`,
        );
      }
      this.#pivots[node] = pivot;
      for (let at = first; at < end; at++) {
        const siemens = shares[at]!;
        if (siemens !== 0) {
          const share = siemens / pivot;
          const to = node + 1 + at - first;
          this.#pivots[to]! += share * toSources;
          const shift = this.#offset[to]! - at - 1;
          for (let other = at + 1; other < end; other++) {
            shares[shift + other]! += share * shares[other]!;
          }
        }
      }
      for (let at = first; at < end; at++) {
        shares[at]! /= pivot;
      }
    }
  }
}

function reachOf({ free, branches: { from, to } }: MergedNodes): Int32Array {
  const reach = Int32Array.from({ length: free }, (_, node) => node);
  from.forEach((a, branch) => {
    const b = to[branch]!;
    if (a < free && b < free) {
      const low = Math.min(a, b);
      reach[low] = Math.max(reach[low]!, a, b);
    }
  });
  for (let node = 1; node < free; node++) {
    reach[node] = Math.max(reach[node]!, reach[node - 1]!);
  }
  return reach;
}
