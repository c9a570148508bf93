// Where the sweeps keep what, and how they read it; src/circuit/compiled-line-sweeps.ts lays out the same.

// Whether links differ; a constant, so that the other branch is not compiled.
// @ts-ignore: set on the command line
export const perSegment: bool = isDefined(PER_SEGMENT);

export const blockRows: i32 = 8;
export const strips: i32 = 8;
/** Distance of the matrices from a multiple of the page, for no two of them to fall into the same cache sets. */
const stagger: usize = 320;

export let wordLines: i32 = 0;
/** Filled up. */
export let rows: i32 = 0;
export let bitLines: i32 = 0;
/** Filled up. */
export let columns: i32 = 0;
/** Bytes from row to row. */
export let row: usize = 0;
/** Scale of the bit lines over that of the word lines. */
export let scale: f64 = 1;

export let G: usize = 0;
export let wordShares: usize = 0;
export let bitShares: usize = 0;
export let Z: usize = 0;
export let P: usize = 0;
export let S: usize = 0;
export let V: usize = 0;
export let H: usize = 0;
export let wordLinks: usize = 0;
export let bitLinks: usize = 0;
export let bitSiemens: usize = 0;
/** Conductances at the ends: of the word lines, then of the bit lines. */
export let left: usize = 0;
export let right: usize = 0;
export let top: usize = 0;
export let bottom: usize = 0;
/** Power of each block of word lines and of each strip of bit lines, a vector each. */
export let blockSums: usize = 0;
export let stripSums: usize = 0;
/** Currents along 8 word lines: 4 pairs. */
export let flow: usize = 0;

/** Lay out the memory from `base`; returns its end. */
export function setup(base: usize, m: i32, n: i32, bitScale: f64): usize {
  wordLines = m;
  rows = (m + 7) & ~7;
  bitLines = n;
  columns = (n + 3) & ~3;
  row = (<usize>columns + 8) << 3;
  scale = bitScale;
  const matrix = <usize>rows * row + stagger;
  G = base;
  wordShares = G + matrix;
  bitShares = wordShares + matrix;
  Z = bitShares + matrix;
  P = Z + matrix;
  S = P + matrix;
  V = S + matrix;
  H = V + matrix;
  let next = H + matrix;
  if (perSegment) {
    wordLinks = next;
    bitLinks = wordLinks + matrix;
    bitSiemens = bitLinks + matrix;
    next = bitSiemens + matrix;
  }
  left = next;
  right = left + (<usize>rows << 3);
  top = right + (<usize>rows << 3);
  bottom = top + (<usize>columns << 3);
  blockSums = bottom + (<usize>columns << 3);
  stripSums = blockSums + (<usize>rows << 1);
  flow = stripSums + (<usize>strips << 4);
  return flow + (<usize>columns << 6);
}

// @ts-ignore: decorator
@inline export function at(matrix: usize, line: i32): usize {
  return matrix + <usize>line * row;
}

// @ts-ignore: decorator
@inline export function L(p: usize): v128 {
  return v128.load(p);
}

// @ts-ignore: decorator
@inline export function sum(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

// @ts-ignore: decorator
@inline export function square(v: v128): v128 {
  return f64x2.mul(v, v);
}

// @ts-ignore: decorator
@inline export function gather(p: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(p)), 1, load<f64>(p + row));
}

export const one: v128 = f64x2.splat(1);
