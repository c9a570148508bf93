// Elimination of the first nodes of a conductance matrix, of which only the upper triangle is kept. It goes in panels:
// Cholesky of the diagonal block, a triangular solve of the rows beside it, and a symmetric update of the rest, both on
// tiles of 4 columns.

import { allocate, at, L } from './transfer-memory.as';

/** Four columns of a panel after the other, 64 bytes a pair of rows. */
let panel: usize = 0;

const panelRows: i32 = 96;
/** Fewer shared nodes than this are eliminated one by one. */
export const fewNodes: i32 = 8;
const inverseDiagonal = memory.data(768);

// @ts-ignore: decorator
@inline function splat(p: usize, offset: usize = 0): v128 {
  return v128.load64_splat(p + offset);
}

// @ts-ignore: decorator
@inline function less(a: v128, b: v128, c: v128): v128 {
  return f64x2.sub(a, f64x2.mul(b, c));
}

// @ts-ignore: decorator
@inline function more(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, c));
}

/**
 * Eliminate the first `count` of `size` nodes; the conductances between the others stay in their place. `count` is
 * below `fewNodes` or a multiple of 4, `ld` a multiple of 4. What it allocates is left on the stack.
 */
export function eliminate(Z: usize, size: i32, count: i32, ld: i32): void {
  if (count < fewNodes) {
    eliminateFew(Z, size, count, ld);
    return;
  }
  panel = allocate((<usize>ld * panelRows) << 3);
  for (let p = 0; p < count; p += panelRows) {
    const end = min(p + panelRows, count);
    factorDiagonal(Z, p, end, ld);
    const tiles = (ld - end) >> 2;
    for (let tile = 0; tile < tiles; tile++) solveTile(Z, p, end, ld, tile);
    updateRest(Z, p, end, ld, tiles);
  }
}

function eliminateFew(Z: usize, size: i32, count: i32, ld: i32): void {
  for (let a = 0; a < count; a++) {
    const line = at(Z, a, ld, 0);
    const end = at(Z, a, ld, ld);
    const inverse = 1.0 / load<f64>(at(line, 0, 0, a));
    for (let b = a + 1; b < size; b++) {
      const factor = f64x2.splat(load<f64>(at(line, 0, 0, b)) * inverse);
      const even = b & ~1;
      let to = at(Z, b, ld, even);
      for (let from = at(line, 0, 0, even); from < end; from += 16) {
        v128.store(to, less(L(to), factor, L(from)));
        to += 16;
      }
    }
  }
}

/** Cholesky factor of the rows and columns p .. end. */
function factorDiagonal(Z: usize, p: i32, end: i32, ld: i32): void {
  for (let a = p; a < end; a++) {
    const line = at(Z, a, ld, 0);
    const last = at(line, 0, 0, end);
    const inverse = 1.0 / Math.sqrt(load<f64>(at(line, 0, 0, a)));
    const by = f64x2.splat(inverse);
    for (let x = at(line, 0, 0, a & ~1); x < last; x += 16) v128.store(x, f64x2.mul(L(x), by));
    store<f64>(inverseDiagonal + (<usize>(a - p) << 3), inverse);
    for (let b = a + 1; b < end; b++) {
      const factor = splat(at(line, 0, 0, b));
      const even = b & ~1;
      let to = at(Z, b, ld, even);
      for (let x = at(line, 0, 0, even); x < last; x += 16) {
        v128.store(to, less(L(to), factor, L(x)));
        to += 16;
      }
    }
  }
}

/** Copy 4 columns of the panel and solve with the factor of the diagonal block, 4 rows at a time. */
function solveTile(Z: usize, p: i32, end: i32, ld: i32, tile: i32): void {
  const rows = end - p;
  const line = <usize>ld << 3;
  const first = panel + <usize>tile * (<usize>rows << 5);
  let from = at(Z, p, ld, end + tile * 4);
  for (let y = first; y < first + (<usize>rows << 5); y += 32) {
    v128.store(y, L(from));
    v128.store(y, v128.load(from, 16), 16);
    from += line;
  }
  const diagonal = at(Z, p, ld, p);
  for (let a = 0; a < rows; a += 4) {
    const y = first + (<usize>a << 5);
    let r00 = L(y);
    let r01 = v128.load(y, 16);
    let r10 = v128.load(y, 32);
    let r11 = v128.load(y, 48);
    let r20 = v128.load(y, 64);
    let r21 = v128.load(y, 80);
    let r30 = v128.load(y, 96);
    let r31 = v128.load(y, 112);
    let u = diagonal + (<usize>a << 3);
    for (let x = first; x < y; x += 32) {
      const x0 = L(x);
      const x1 = v128.load(x, 16);
      let f = splat(u);
      r00 = less(r00, f, x0);
      r01 = less(r01, f, x1);
      f = splat(u, 8);
      r10 = less(r10, f, x0);
      r11 = less(r11, f, x1);
      f = splat(u, 16);
      r20 = less(r20, f, x0);
      r21 = less(r21, f, x1);
      f = splat(u, 24);
      r30 = less(r30, f, x0);
      r31 = less(r31, f, x1);
      u += line;
    }
    const inverse = inverseDiagonal + (<usize>a << 3);
    let by = splat(inverse);
    r00 = f64x2.mul(r00, by);
    r01 = f64x2.mul(r01, by);
    let f = splat(u, 8);
    r10 = less(r10, f, r00);
    r11 = less(r11, f, r01);
    f = splat(u, 16);
    r20 = less(r20, f, r00);
    r21 = less(r21, f, r01);
    f = splat(u, 24);
    r30 = less(r30, f, r00);
    r31 = less(r31, f, r01);
    u += line;
    by = splat(inverse, 8);
    r10 = f64x2.mul(r10, by);
    r11 = f64x2.mul(r11, by);
    f = splat(u, 16);
    r20 = less(r20, f, r10);
    r21 = less(r21, f, r11);
    f = splat(u, 24);
    r30 = less(r30, f, r10);
    r31 = less(r31, f, r11);
    u += line;
    by = splat(inverse, 16);
    r20 = f64x2.mul(r20, by);
    r21 = f64x2.mul(r21, by);
    f = splat(u, 24);
    r30 = less(r30, f, r20);
    r31 = less(r31, f, r21);
    by = splat(inverse, 24);
    r30 = f64x2.mul(r30, by);
    r31 = f64x2.mul(r31, by);
    v128.store(y, r00);
    v128.store(y, r01, 16);
    v128.store(y, r10, 32);
    v128.store(y, r11, 48);
    v128.store(y, r20, 64);
    v128.store(y, r21, 80);
    v128.store(y, r30, 96);
    v128.store(y, r31, 112);
  }
}

/** Z <- Z - P^T P on and above the diagonal, in groups of columns that stay in the cache. */
function updateRest(Z: usize, p: i32, end: i32, ld: i32, tiles: i32): void {
  const bytes = <usize>(end - p) << 5;
  const line = <usize>ld << 3;
  const group = 64;
  for (let t0 = 0; t0 < tiles; t0 += group) {
    const t1 = min(t0 + group, tiles);
    for (let ta = 0; ta < t1; ta++) {
      const rows = panel + <usize>ta * bytes;
      for (let tb = max(ta, t0); tb < t1; tb++) {
        let b = panel + <usize>tb * bytes;
        let c00 = f64x2.splat(0);
        let c01 = c00;
        let c10 = c00;
        let c11 = c00;
        let c20 = c00;
        let c21 = c00;
        let c30 = c00;
        let c31 = c00;
        for (let a = rows; a < rows + bytes; a += 32) {
          const b0 = L(b);
          const b1 = v128.load(b, 16);
          let f = splat(a);
          c00 = more(c00, f, b0);
          c01 = more(c01, f, b1);
          f = splat(a, 8);
          c10 = more(c10, f, b0);
          c11 = more(c11, f, b1);
          f = splat(a, 16);
          c20 = more(c20, f, b0);
          c21 = more(c21, f, b1);
          f = splat(a, 24);
          c30 = more(c30, f, b0);
          c31 = more(c31, f, b1);
          b += 32;
        }
        let to = at(Z, end + ta * 4, ld, end + tb * 4);
        subtract(to, c00, c01);
        to += line;
        subtract(to, c10, c11);
        to += line;
        subtract(to, c20, c21);
        to += line;
        subtract(to, c30, c31);
      }
    }
  }
}

// @ts-ignore: decorator
@inline function subtract(to: usize, a: v128, b: v128): void {
  v128.store(to, f64x2.sub(L(to), a));
  v128.store(to, f64x2.sub(v128.load(to, 16), b), 16);
}
