import type { Siemens } from '../units.ts';
import { innerResistance, type LineSet, type LineSide } from './line-set.ts';
import type { NodalSystem } from './nodal-system.ts';

/** A row for each word line, at the distance of the stride. */
export type LineMatrix = Float64Array | Float32Array;

/** What a coarse grid asks of the sweeps: about the word lines between two of them, `first` and `last`, that are knots. */
export interface SpanPasses {
  /** Values at the two, [bitLines]; no other pass may come between filling and using them. */
  readonly near: Float64Array;
  readonly far: Float64Array;
  /**
   * near, far <- B z, without the ends, each line by how near it lies. The last word line of all is taken in; other
   * last ones belong to the next span.
   */
  gather(first: number, last: number): void;
  /** p <- p + what lies between near and far, for the same word lines. */
  spread(first: number, last: number): void;
}

/**
 * The two sweeps of which every iteration consists, over matrices with a row for each word line.
 *
 * With D = diag(G), W and B the conductance matrices of all word lines and of all bit lines, each including D, the
 * voltages of the bit-line nodes solve S v = f with S = B - D W^-1 D. Each line is a tridiagonal system by itself.
 * Kept of each are the shares c of the current that reaches a node which flows on into the next link, from the
 * first end of the line to its last.
 */
export interface LineSweeps {
  /** Distance between the rows of all matrices. */
  readonly stride: number;
  /** Factor from siemens into the unit of `conductances`, and from ampere into that of `z` in a start. */
  readonly wordScale: number;
  /** Factor from ampere into the unit of `s`. */
  readonly bitScale: number;
  readonly conductances: LineMatrix;
  /** Preconditioned residual B^-1 (f - S v). */
  readonly z: LineMatrix;
  /** Search direction. */
  readonly p: LineMatrix;
  /** What the word pass hands to the bit pass. */
  readonly s: LineMatrix;
  /** Voltages of the bit-line nodes. */
  readonly v: LineMatrix;
  /** Null where there can be no coarse grid. */
  readonly spans: SpanPasses | null;

  /** Take new conductances of the cells, [wordLines x bitLines] in siemens; returns their sum for each bit line. */
  setConductances(conductances: Float64Array): Float64Array;
  /** s <- W^-1 (z + D p), or D times that. */
  sweepWords(weighted: boolean): void;
  /** p <- z + beta p; s <- D W^-1 D p. Returns p . S p. */
  wordPass(beta: number): number;
  /** h <- B^-1 s; z <- z - alpha (p - h); v <- v + alpha p. Returns z . B z. */
  bitPass(alpha: number): number;
}

/** A source without resistance, as a conductance that no other can be compared with; its square overflows. */
const idealSource: Siemens = 1e150;

/** Conductances from one side of a set of lines to their sources, 0 where the end floats. */
export function endConductances({ resistance }: LineSide): Float64Array {
  return resistance.map((ohms) => Math.min(1 / ohms, idealSource));
}

/**
 * The resistance that all links between nodes of a set of lines have, if it is one and not 0. A line with a single
 * node has no such link, and takes any.
 */
export function commonResistance(set: LineSet): number | null {
  if (set.cells === 1) {
    return 1;
  }
  const first = innerResistance(set, 0, 1);
  for (let line = 0; line < set.lines && typeof set.segments !== 'number'; line++) {
    for (let link = 1; link < set.cells; link++) {
      if (innerResistance(set, line, link) !== first) {
        return null;
      }
    }
  }
  return first > 0 ? first : null;
}

/** Bytes of matrices that the sweeps of a system keep for each cell. */
export function bytesPerCell(system: NodalSystem): number {
  return commonResistance(system.words) !== null && commonResistance(system.bits) !== null ? 64 : 88;
}
