/** Nodes of a line between a few of them, the knots, from which values are interpolated linearly. */
export class GridAxis {
  /** Node of each knot; the first and the last node are knots. */
  readonly knots: Int32Array;
  /** How far each node lies from the knot before it towards the next, from 0 to 1. */
  readonly shares: Float64Array;

  /** @param knots - from 2 to as many as there are nodes */
  constructor(nodes: number, knots: number) {
    this.knots = Int32Array.from({ length: knots }, (_, k) => Math.round((k * (nodes - 1)) / (knots - 1)));
    this.shares = new Float64Array(nodes);
    for (let span = 0; span < knots - 1; span++) {
      for (let node = this.knots[span]!; node < this.end(span); node++) {
        this.shares[node] = (node - this.knots[span]!) / this.links(span);
      }
    }
  }

  /** Number of spans, each from a knot to the next. */
  get spans(): number {
    return this.knots.length - 1;
  }

  /** Number of links of a span. */
  links(span: number): number {
    return this.knots[span + 1]! - this.knots[span]!;
  }

  /** Behind the last node of a span; each knot belongs to the span that it begins, the last one to that before it. */
  end(span: number): number {
    return this.knots[span + 1]! + (span === this.spans - 1 ? 1 : 0);
  }
}
