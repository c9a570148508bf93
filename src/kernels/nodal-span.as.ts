// What a coarse grid asks of the matrices: sums over the word lines between two rows of knots, and values
// interpolated between them. The lanes are neighbouring bit lines.

import { at, bitSiemens, columns, flow, G, L, P, perSegment, row, rows, scale, wordLines, Z } from './nodal-memory.as';

/** Behind the last word line of a span; the last row of knots belongs to the span before it. */
// @ts-ignore: decorator
@inline function behind(last: i32): i32 {
  return last == wordLines - 1 ? wordLines : last;
}

/** Two rows, [columns] each: of the first knots and of the last ones. */
// @ts-ignore: decorator
@inline function near(): usize {
  return flow;
}

// @ts-ignore: decorator
@inline function far(): usize {
  return flow + (<usize>columns << 3);
}

/** The two rows take the currents B z out of the nodes of the word lines from one row of knots to the next. */
export function gatherSpan(first: i32, last: i32): void {
  const end = <usize>columns << 3;
  const step = 1.0 / <f64>(last - first);
  memory.fill(near(), 0, end << 1);
  for (let i = first; i < behind(last); i++) {
    const share = <f64>(i - first) * step;
    const ofFar = f64x2.splat(share * scale);
    const ofNear = f64x2.splat((1 - share) * scale);
    const g = at(G, i);
    const z = at(Z, i);
    for (let o: usize = 0; o < end; o += 16) {
      const current = f64x2.mul(L(g + o), L(z + o));
      v128.store(near() + o, f64x2.add(L(near() + o), f64x2.mul(ofNear, current)));
      v128.store(far() + o, f64x2.add(L(far() + o), f64x2.mul(ofFar, current)));
    }
  }
  // The weight of a row of knots falls by the same step at every link, so that links in a row add up.
  if (perSegment) {
    for (let i = first; i < last; i++) addFlow(i, i + 1, at(bitSiemens, i), step);
  } else {
    addFlow(first, last, 0, step);
  }
}

// @ts-ignore: decorator
@inline function addFlow(from: i32, to: i32, siemens: usize, step: f64): void {
  const steps = f64x2.splat(step);
  const a = at(Z, from);
  const b = at(Z, to);
  for (let o: usize = 0; o < <usize>columns << 3; o += 16) {
    let current = f64x2.mul(f64x2.sub(L(a + o), L(b + o)), steps);
    if (perSegment) current = f64x2.mul(current, L(siemens + o));
    v128.store(near() + o, f64x2.add(L(near() + o), current));
    v128.store(far() + o, f64x2.sub(L(far() + o), current));
  }
}

/** P of the word lines of a span grows by what is interpolated between the two rows. */
export function spreadSpan(first: i32, last: i32): void {
  const end = <usize>columns << 3;
  const step = 1.0 / <f64>(last - first);
  for (let i = first; i < behind(last); i++) {
    const share = <f64>(i - first) * step;
    const ofFar = f64x2.splat(share);
    const ofNear = f64x2.splat(1 - share);
    const p = at(P, i);
    for (let o: usize = 0; o < end; o += 16) {
      const rise = f64x2.add(f64x2.mul(ofNear, L(near() + o)), f64x2.mul(ofFar, L(far() + o)));
      v128.store(p + o, f64x2.add(L(p + o), rise));
    }
  }
  // Lines that fill up follow the last one.
  if (last == wordLines - 1) {
    for (let i = wordLines; i < rows; i++) memory.copy(at(P, i), at(P, last), end);
  }
}
