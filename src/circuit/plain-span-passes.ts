import type { LineSweeps, SpanPasses } from './line-sweeps.ts';

/** The passes in TypeScript, in siemens, for any links of the bit lines. */
export class PlainSpanPasses implements SpanPasses {
  readonly near: Float64Array;
  readonly far: Float64Array;
  readonly #sweeps: LineSweeps;
  readonly #linkSiemens: Float64Array;
  readonly #wordLines: number;

  /** @param linkSiemens - of the links of the bit lines behind each node, like the matrices of the sweeps */
  constructor(sweeps: LineSweeps, linkSiemens: Float64Array, wordLines: number) {
    this.#sweeps = sweeps;
    this.#linkSiemens = linkSiemens;
    this.#wordLines = wordLines;
    this.near = new Float64Array(sweeps.stride);
    this.far = new Float64Array(sweeps.stride);
  }

  gather(first: number, last: number): void {
    const { near, far } = this;
    const { conductances: g, z, stride } = this.#sweeps;
    const links = last - first;
    near.fill(0);
    far.fill(0);
    for (let word = first; word < this.#behind(last); word++) {
      const share = (word - first) / links;
      const below = word === last ? 0 : stride;
      for (let bit = 0, at = word * stride; bit < stride; bit++, at++) {
        const current = g[at]! * z[at]!;
        // The weight of a row of knots falls by the same step at every link.
        const flow = (this.#linkSiemens[at]! * (z[at]! - z[at + below]!)) / links;
        near[bit]! += (1 - share) * current + flow;
        far[bit]! += share * current - flow;
      }
    }
  }

  spread(first: number, last: number): void {
    const { near, far } = this;
    const { p, stride } = this.#sweeps;
    for (let word = first; word < this.#behind(last); word++) {
      const share = (word - first) / (last - first);
      for (let bit = 0, at = word * stride; bit < stride; bit++, at++) {
        p[at]! += (1 - share) * near[bit]! + share * far[bit]!;
      }
    }
  }

  /** Behind the last word line of a span; the last row of knots belongs to the span before it. */
  #behind(last: number): number {
    return last === this.#wordLines - 1 ? this.#wordLines : last;
  }
}
