import type { LineSweeps } from './line-sweeps.ts';

/** Behind the last word line of a span; the last row of knots belongs to the span before it. */
function behind(last: number, wordLines: number): number {
  return last === wordLines - 1 ? wordLines : last;
}

/** `gatherSpan` of {@link LineSweeps} in siemens, for any links of the bit lines. */
export function gatherSpan(
  { conductances: g, z, stride, near, far }: LineSweeps,
  linkSiemens: Float64Array,
  wordLines: number,
  first: number,
  last: number,
): void {
  const links = last - first;
  near.fill(0);
  far.fill(0);
  for (let word = first; word < behind(last, wordLines); word++) {
    const share = (word - first) / links;
    const isLast = word === last ? 0 : 1;
    const below = word === last ? 0 : stride;
    for (let bit = 0, at = word * stride; bit < stride; bit++, at++) {
      const current = g[at]! * z[at]!;
      // The weight of a row of knots falls by the same step at every link.
      const flow = (isLast * linkSiemens[at]! * (z[at]! - z[at + below]!)) / links;
      near[bit]! += (1 - share) * current + flow;
      far[bit]! += share * current - flow;
    }
  }
}

/** `spreadSpan` of {@link LineSweeps}. */
export function spreadSpan(
  { p, stride, near, far }: LineSweeps,
  wordLines: number,
  first: number,
  last: number,
): void {
  for (let word = first; word < behind(last, wordLines); word++) {
    const share = (word - first) / (last - first);
    for (let bit = 0, at = word * stride; bit < stride; bit++, at++) {
      p[at]! += (1 - share) * near[bit]! + share * far[bit]!;
    }
  }
}
