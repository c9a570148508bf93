import type { GridAxis } from './grid-axis.ts';
import type { LineMatrix } from './line-sweeps.ts';

/** A quadratic form of the values at the knots of one axis, of which each meets its two neighbours. */
export class TriDiagonal {
  readonly diagonal: Float64Array;
  /** Between each knot and the next. */
  readonly beside: Float64Array;
  readonly #axis: GridAxis;

  constructor(axis: GridAxis) {
    this.#axis = axis;
    this.diagonal = new Float64Array(axis.knots.length);
    this.beside = new Float64Array(axis.spans);
  }

  clear(): void {
    this.diagonal.fill(0);
    this.beside.fill(0);
  }

  addScaled(other: TriDiagonal, factor: number): void {
    for (let knot = 0; knot < this.diagonal.length; knot++) {
      this.diagonal[knot]! += factor * other.diagonal[knot]!;
    }
    for (let span = 0; span < this.beside.length; span++) {
      this.beside[span]! += factor * other.beside[span]!;
    }
  }

  /** Add the sum of weight * value^2 over all nodes, the weights from a place in an array on. */
  addMass(weights: LineMatrix, from: number, factor: number): void {
    const { shares, knots } = this.#axis;
    for (let span = 0; span < this.beside.length; span++) {
      let all = 0;
      let once = 0;
      let twice = 0;
      const end = this.#axis.end(span);
      for (let node = knots[span]!; node < end; node++) {
        const weight = weights[from + node]!;
        const share = shares[node]!;
        const shared = weight * share;
        all += weight;
        once += shared;
        twice += shared * share;
      }
      this.diagonal[span]! += factor * (all - 2 * once + twice);
      this.beside[span]! += factor * (once - twice);
      this.diagonal[span + 1]! += factor * twice;
    }
  }

  /** Add weight * (difference of the values at the ends of a span)^2. */
  addDifference(span: number, weight: number): void {
    this.diagonal[span]! += weight;
    this.beside[span]! -= weight;
    this.diagonal[span + 1]! += weight;
  }
}
