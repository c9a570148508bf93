// The circuit, and the ports of its blocks.

import { allocate, resetStack } from './transfer-memory.as';

export let wordLines: i32 = 0;
export let bitLines: i32 = 0;
export let G: usize = 0;
/** [wordLines x (bitLines + 1)], siemens; the outer links are those to the sources, 0 where the end floats. */
export let wordLinks: usize = 0;
/** [(wordLines + 1) x bitLines], the same for the bit lines. */
export let bitLinks: usize = 0;

/** Lines before each line that are driven at a side: [wordLines + 1] for left and right, [bitLines + 1] for the others. */
let leftCount: usize = 0;
let rightCount: usize = 0;
let topCount: usize = 0;
let bottomCount: usize = 0;

// @ts-ignore: decorator
@inline function between(count: usize, first: i32, end: i32): i32 {
  return load<i32>(count + (<usize>end << 2)) - load<i32>(count + (<usize>first << 2));
}

// @ts-ignore: decorator
@inline export function leftPorts(i0: i32, i1: i32, j0: i32): i32 {
  return j0 > 0 ? i1 - i0 : between(leftCount, i0, i1);
}

// @ts-ignore: decorator
@inline export function rightPorts(i0: i32, i1: i32, j1: i32): i32 {
  return j1 < bitLines ? i1 - i0 : between(rightCount, i0, i1);
}

// @ts-ignore: decorator
@inline export function topPorts(i0: i32, j0: i32, j1: i32): i32 {
  return i0 > 0 ? j1 - j0 : between(topCount, j0, j1);
}

// @ts-ignore: decorator
@inline export function bottomPorts(i1: i32, j0: i32, j1: i32): i32 {
  return i1 < wordLines ? j1 - j0 : between(bottomCount, j0, j1);
}

export function ports(i0: i32, i1: i32, j0: i32, j1: i32): i32 {
  return leftPorts(i0, i1, j0) + rightPorts(i0, i1, j1) + topPorts(i0, j0, j1) + bottomPorts(i1, j0, j1);
}

function countDriven(count: usize, links: usize, lines: i32, step: usize): void {
  store<i32>(count, 0);
  for (let k = 0; k < lines; k++) {
    const driven = load<f64>(links + <usize>k * step) > 0 ? 1 : 0;
    store<i32>(count + (<usize>(k + 1) << 2), load<i32>(count + (<usize>k << 2)) + driven);
  }
}

/** Take a crossbar whose conductances, links of the word lines and links of the bit lines lie one after the other. */
export function readCircuit(m: i32, n: i32, base: usize): void {
  wordLines = m;
  bitLines = n;
  G = base;
  wordLinks = G + (<usize>(m * n) << 3);
  bitLinks = wordLinks + (<usize>(m * (n + 1)) << 3);
  resetStack(bitLinks + (<usize>((m + 1) * n) << 3));
  leftCount = allocate(<usize>(m + 1) << 2);
  rightCount = allocate(<usize>(m + 1) << 2);
  topCount = allocate(<usize>(n + 1) << 2);
  bottomCount = allocate(<usize>(n + 1) << 2);
  countDriven(leftCount, wordLinks, m, <usize>(n + 1) << 3);
  countDriven(rightCount, wordLinks + (<usize>n << 3), m, <usize>(n + 1) << 3);
  countDriven(topCount, bitLinks, n, 8);
  countDriven(bottomCount, bitLinks + (<usize>(m * n) << 3), n, 8);
}
