import { CoarseMatrix } from './coarse-matrix.ts';
import { GridAxis } from './grid-axis.ts';
import { hasJoinedNodes } from './line-set.ts';
import { endConductances, type LineMatrix, type LineSweeps, type SpanPasses } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';

/** Knots along each kind of line. */
const knots = 16;

/**
 * A second level for arrays with a strong drop, where errors that vary slowly along and across the lines leave the
 * iteration last: the circuit with all voltages interpolated between 16 x 16 knots on the word lines and as many on
 * the bit lines, solved exactly for the currents that are not balanced yet.
 *
 * @source J. Xu, "Iterative methods by space decomposition and subspace correction", doi 10.1137/1034116, additive
 * form with the Galerkin matrix of bilinear interpolation
 */
export class CoarseGrid {
  readonly #sweeps: LineSweeps;
  readonly #spans: SpanPasses;
  /** Over the word lines, and over the bit lines. */
  readonly #rows: GridAxis;
  readonly #columns: GridAxis;
  readonly #matrix: CoarseMatrix;
  /** Siemens of the ends of the bit lines. */
  readonly #top: Float64Array;
  readonly #bottom: Float64Array;
  /** Unbalanced currents into the knots, and the voltages that balance them. */
  readonly #currents: Float64Array;
  readonly #volts: Float64Array;

  private constructor(system: NodalSystem, sweeps: LineSweeps, spans: SpanPasses) {
    this.#sweeps = sweeps;
    this.#spans = spans;
    this.#rows = new GridAxis(system.geometry.wordLines, knots);
    this.#columns = new GridAxis(system.geometry.bitLines, knots);
    this.#top = endConductances(system.bits.first);
    this.#bottom = endConductances(system.bits.last);
    this.#matrix = new CoarseMatrix(system, sweeps.bitScale, this.#rows, this.#columns);
    this.#currents = new Float64Array(this.#matrix.size);
    this.#volts = new Float64Array(this.#matrix.size);
  }

  /** Null for fewer lines than knots, and where a link or an end has no resistance: nodes that it joins are one. */
  static create(system: NodalSystem, sweeps: LineSweeps): CoarseGrid | null {
    const { words, bits } = system;
    const { spans } = sweeps;
    const isTooSmall = Math.min(words.lines, bits.lines) < knots;
    return spans === null || isTooSmall || hasJoinedNodes(words) || hasJoinedNodes(bits)
      ? null
      : new CoarseGrid(system, sweeps, spans);
  }

  /** Take the conductances that the sweeps have; returns false where rounding leaves nothing to solve. */
  update(): boolean {
    const { conductances, stride, wordScale, bitScale } = this.#sweeps;
    return this.#matrix.setConductances(conductances, stride, bitScale / wordScale);
  }

  /** Solve for the currents that z, preconditioned by the bit lines, leaves unbalanced; returns the power they take. */
  solve(): number {
    this.#gatherCurrents();
    this.#volts.set(this.#currents);
    this.#matrix.solve(this.#volts);
    let power = 0;
    for (let k = 0; k < this.#volts.length; k++) {
      power += this.#currents[k]! * this.#volts[k]!;
    }
    return power;
  }

  /** p <- p + factor * what was solved for. */
  addTo(factor: number): void {
    const { near, far } = this.#spans;
    const { knots, spans } = this.#rows;
    for (let span = 0; span < spans; span++) {
      this.#interpolate(span, factor, near);
      this.#interpolate(span + 1, factor, far);
      this.#spans.spread(knots[span]!, knots[span + 1]!);
    }
  }

  /** Voltages of the bit lines at a row of knots. */
  #interpolate(knotRow: number, factor: number, volts: Float64Array): void {
    const columns = this.#columns;
    for (let span = 0; span < columns.spans; span++) {
      const own = factor * this.#volts[this.#matrix.at(knotRow, span, 'bit')]!;
      const rise = factor * this.#volts[this.#matrix.at(knotRow, span + 1, 'bit')]! - own;
      for (let bit = columns.knots[span]!; bit < columns.end(span); bit++) {
        volts[bit] = own + columns.shares[bit]! * rise;
      }
    }
  }

  /** P^T B z: what flows out of every node through its cell, along its bit line and into the sources. */
  #gatherCurrents(): void {
    const { z, stride, bitScale } = this.#sweeps;
    const { near, far } = this.#spans;
    const { knots } = this.#rows;
    const lastSpan = this.#rows.spans - 1;
    this.#currents.fill(0);
    for (let span = 0; span <= lastSpan; span++) {
      this.#spans.gather(knots[span]!, knots[span + 1]!);
      if (span === 0) {
        addProduct(near, bitScale, this.#top, z, 0);
      }
      if (span === lastSpan) {
        addProduct(far, bitScale, this.#bottom, z, knots[span + 1]! * stride);
      }
      this.#gather(near, span);
      this.#gather(far, span + 1);
    }
  }

  /** Add the values of a row of nodes to the currents of the knots of the bit lines. */
  #gather(values: Float64Array, knotRow: number): void {
    const columns = this.#columns;
    for (let span = 0; span < columns.spans; span++) {
      let all = 0;
      let ofNext = 0;
      for (let bit = columns.knots[span]!; bit < columns.end(span); bit++) {
        all += values[bit]!;
        ofNext += columns.shares[bit]! * values[bit]!;
      }
      this.#currents[this.#matrix.at(knotRow, span, 'bit')]! += all - ofNext;
      this.#currents[this.#matrix.at(knotRow, span + 1, 'bit')]! += ofNext;
    }
  }
}

function addProduct(
  sum: Float64Array,
  scale: number,
  factors: Float64Array,
  values: LineMatrix,
  from: number,
): void {
  for (let at = 0; at < sum.length; at++) {
    sum[at]! += scale * factors[at]! * values[from + at]!;
  }
}
