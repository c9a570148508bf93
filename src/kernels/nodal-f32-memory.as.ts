// Where the sweeps in float32 keep what; src/circuit/single-line-sweeps.ts lays out the same.

export const blockRows: i32 = 16;
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
export let scale: f32 = 1;

export let G: usize = 0;
/** Of four lines interleaved, [column][line]. */
export let wordShares: usize = 0;
export let bitShares: usize = 0;
export let Z: usize = 0;
export let P: usize = 0;
export let S: usize = 0;
export let V: usize = 0;
export let H: usize = 0;
/** Conductances at the ends: of the word lines, then of the bit lines. */
export let left: usize = 0;
export let right: usize = 0;
export let top: usize = 0;
export let bottom: usize = 0;
/** Powers of the four quads of a block, a vector each. */
export let quadSums: usize = 0;
/** Currents along 16 word lines: 4 quads. */
export let flow: usize = 0;

/** Lay out the memory from `base`; returns its end. */
export function setup(base: usize, m: i32, n: i32, bitScale: f32): usize {
  wordLines = m;
  rows = (m + 15) & ~15;
  bitLines = n;
  columns = (n + 7) & ~7;
  row = (<usize>columns + 16) << 2;
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
  left = H + matrix;
  right = left + (<usize>rows << 2);
  top = right + (<usize>rows << 2);
  bottom = top + (<usize>columns << 2);
  quadSums = bottom + (<usize>columns << 2);
  flow = quadSums + 64;
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
@inline export function square(v: v128): v128 {
  return f32x4.mul(v, v);
}

/** Sum of the lanes, in float64. */
// @ts-ignore: decorator
@inline export function sum(v: v128): f64 {
  const low = f64x2.promote_low_f32x4(v);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1));
  const pair = f64x2.add(low, high);
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
