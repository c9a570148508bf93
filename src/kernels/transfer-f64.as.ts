// The admittance matrix of a crossbar between its sources, by dissection.
//
// A block of cells is a dense symmetric conductance matrix over its ports, in the order left, right, top, bottom:
//   left    the nodes of the word lines before its first column, or the sources there
//   right   its own last nodes of the word lines; at the edge of the array the sources behind them
//   top     its own first nodes of the bit lines; at the edge the sources before them
//   bottom  the nodes of the bit lines after its last row, or the sources there
// A block owns the segments on the left of its cells and below them, so that neighbours meet in shared nodes and
// nothing is counted twice. Two halves are added and the shared nodes eliminated, from single cells up to the array.
// Only lines with a driven end have a port at the edge of the array.
//
// Of matrices in elimination only the upper triangle is kept. Elimination goes in panels: Cholesky of the diagonal
// block, a triangular solve of the rows beside it, and a symmetric update of the rest, both on tiles of 4 columns.

let wordLines: i32 = 0;
let bitLines: i32 = 0;
let G: usize = 0;
/** [wordLines x (bitLines + 1)], siemens; the outer links are those to the sources, 0 where the end floats. */
let wordLinks: usize = 0;
/** [(wordLines + 1) x bitLines], the same for the bit lines. */
let bitLinks: usize = 0;
/** Where the next matrix is put; matrices are freed in reverse order. */
let stack: usize = 0;
/** Four columns of a panel after the other, 64 bytes a pair of rows. */
let panel: usize = 0;

const panelRows: i32 = 96;
/** Fewer shared nodes than this are eliminated one by one. */
const fewNodes: i32 = 8;
const inverseDiagonal = memory.data(768);

// @ts-ignore: decorator
@inline function L(p: usize): v128 {
  return v128.load(p);
}

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

// @ts-ignore: decorator
@inline function at(matrix: usize, line: i32, ld: i32, column: i32): usize {
  return matrix + ((<usize>line * <usize>ld + <usize>column) << 3);
}

// @ts-ignore: decorator
@inline function allocate(bytes: usize): usize {
  const place = stack;
  stack = (stack + bytes + 127) & ~127;
  const missing = <i32>((stack + 65535) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return place;
}

// ---- Ports

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
@inline function leftPorts(i0: i32, i1: i32, j0: i32): i32 {
  return j0 > 0 ? i1 - i0 : between(leftCount, i0, i1);
}

// @ts-ignore: decorator
@inline function rightPorts(i0: i32, i1: i32, j1: i32): i32 {
  return j1 < bitLines ? i1 - i0 : between(rightCount, i0, i1);
}

// @ts-ignore: decorator
@inline function topPorts(i0: i32, j0: i32, j1: i32): i32 {
  return i0 > 0 ? j1 - j0 : between(topCount, j0, j1);
}

// @ts-ignore: decorator
@inline function bottomPorts(i1: i32, j0: i32, j1: i32): i32 {
  return i1 < wordLines ? j1 - j0 : between(bottomCount, j0, j1);
}

function ports(i0: i32, i1: i32, j0: i32, j1: i32): i32 {
  return leftPorts(i0, i1, j0) + rightPorts(i0, i1, j1) + topPorts(i0, j0, j1) + bottomPorts(i1, j0, j1);
}

function countDriven(count: usize, links: usize, lines: i32, step: usize): void {
  store<i32>(count, 0);
  for (let k = 0; k < lines; k++) {
    const driven = load<f64>(links + <usize>k * step) > 0 ? 1 : 0;
    store<i32>(count + (<usize>(k + 1) << 2), load<i32>(count + (<usize>k << 2)) + driven);
  }
}

// ---- Elimination

/**
 * Eliminate the first `count` of `size` nodes; the conductances between the others stay in their place. `count` is
 * below `fewNodes` or a multiple of 4, `ld` a multiple of 4.
 */
export function eliminate(Z: usize, size: i32, count: i32, ld: i32): void {
  if (count < fewNodes) {
    eliminateFew(Z, size, count, ld);
    return;
  }
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

// ---- Blocks

// @ts-ignore: decorator
@inline function addTo(p: usize, value: f64): void {
  store<f64>(p, load<f64>(p) + value);
}

/** Nodes of a cell with their conductances to each other; those on the diagonal follow from them. */
const cellNodes = memory.data(288);

// @ts-ignore: decorator
@inline function link(a: i32, b: i32, siemens: f64): void {
  addTo(at(cellNodes, a, 6, b), siemens);
  addTo(at(cellNodes, b, 6, a), siemens);
}

/** One cell. Its two nodes are ports, but for those at the right and upper edge of the array. */
function cell(i: i32, j: i32, Y: usize): void {
  const left = leftPorts(i, i + 1, j);
  const right = rightPorts(i, i + 1, j + 1);
  const top = topPorts(i, j, j + 1);
  const size = left + right + top + bottomPorts(i + 1, j, j + 1);
  const inner = j + 1 == bitLines ? 1 : 0;
  const outer = i == 0 ? 1 : 0;
  const hidden = inner + outer;
  const all = hidden + size;
  // Hidden nodes come first, for them to be eliminated.
  const word = inner == 1 ? 0 : hidden + left;
  const bit = outer == 1 ? inner : hidden + left + right;
  memory.fill(cellNodes, 0, 288);
  link(word, bit, load<f64>(at(G, i, bitLines, j)));
  if (left == 1) link(hidden, word, load<f64>(at(wordLinks, i, bitLines + 1, j)));
  if (inner == 1 && right == 1) link(word, hidden + left, load<f64>(at(wordLinks, i, bitLines + 1, bitLines)));
  if (outer == 1 && top == 1) link(hidden + left + right, bit, load<f64>(at(bitLinks, 0, bitLines, j)));
  if (hidden + left + right + top < all) link(bit, all - 1, load<f64>(at(bitLinks, i + 1, bitLines, j)));
  for (let a = 0; a < hidden; a++) hide(a, all);
  for (let a = 0; a < size; a++) {
    let total: f64 = 0;
    for (let b = 0; b < size; b++) {
      const siemens = load<f64>(at(cellNodes, hidden + a, 6, hidden + b));
      store<f64>(at(Y, a, size, b), -siemens);
      total += siemens;
    }
    store<f64>(at(Y, a, size, a), total);
  }
}

/** Turn the star of conductances around a node into a mesh, which takes no differences. */
function hide(a: i32, all: i32): void {
  let total: f64 = 0;
  for (let b = a + 1; b < all; b++) total += load<f64>(at(cellNodes, a, 6, b));
  for (let b = a + 1; b < all && total > 0; b++) {
    const share = load<f64>(at(cellNodes, a, 6, b)) / total;
    for (let c = b + 1; c < all; c++) link(b, c, share * load<f64>(at(cellNodes, a, 6, c)));
  }
}

/** Where up to five groups of ports of a block go in a merged matrix: from, to, count. */
const moves = memory.data(60);
let moveCount: i32 = 0;
let moveFrom: i32 = 0;

function beginMoves(): void {
  moveCount = 0;
  moveFrom = 0;
}

function move(to: i32, count: i32): void {
  const p = moves + <usize>moveCount * 12;
  store<i32>(p, moveFrom);
  store<i32>(p, to, 4);
  store<i32>(p, count, 8);
  moveFrom += count;
  moveCount++;
}

/** Add a block to the upper triangle of a merged matrix. */
function addBlock(Y: usize, Z: usize, ld: i32): void {
  const size = moveFrom;
  for (let a = 0; a < moveCount; a++) {
    const ma = moves + <usize>a * 12;
    const fromLine = load<i32>(ma);
    const toLine = load<i32>(ma, 4);
    for (let r = 0; r < load<i32>(ma, 8); r++) {
      for (let b = 0; b < moveCount; b++) {
        const mb = moves + <usize>b * 12;
        const toColumn = load<i32>(mb, 4);
        const count = load<i32>(mb, 8);
        if (toColumn + count <= toLine + r) continue;
        addRun(at(Y, fromLine + r, size, load<i32>(mb)), at(Z, toLine + r, ld, toColumn), count);
      }
    }
  }
}

// @ts-ignore: decorator
@inline function addRun(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 3);
  while (to + 16 <= end) {
    v128.store(to, f64x2.add(L(to), L(from)));
    to += 16;
    from += 16;
  }
  if (to < end) store<f64>(to, load<f64>(to) + load<f64>(from));
}

/** Copy what is left after elimination out of the upper triangle, and mirror it, tile by tile. */
function takeOut(Z: usize, first: i32, size: i32, ld: i32, Y: usize): void {
  for (let a = 0; a < size; a++) {
    memory.copy(at(Y, a, size, a), at(Z, first + a, ld, first + a), <usize>(size - a) << 3);
  }
  const tile = 16;
  for (let a0 = 0; a0 < size; a0 += tile) {
    for (let b0 = 0; b0 <= a0; b0 += tile) {
      for (let a = a0; a < min(a0 + tile, size); a++) {
        for (let b = b0; b < min(b0 + tile, a); b++) {
          store<f64>(at(Y, a, size, b), load<f64>(at(Y, b, size, a)));
        }
      }
    }
  }
}

/** The matrix of the cells of rows i0 .. i1 and columns j0 .. j1. */
function build(i0: i32, i1: i32, j0: i32, j1: i32, Y: usize): void {
  const h = i1 - i0;
  const w = j1 - j0;
  if (h == 1 && w == 1) {
    cell(i0, j0, Y);
    return;
  }
  const before = stack;
  const beside = w >= h;
  const im = beside ? i1 : (i0 + i1) >> 1;
  const jm = beside ? (j0 + j1) >> 1 : j1;
  const size = ports(i0, i1, j0, j1);
  const sizeA = ports(i0, im, j0, jm);
  const sizeB = beside ? ports(i0, i1, jm, j1) : ports(im, i1, j0, j1);
  const A = allocate(<usize>(sizeA * sizeA) << 3);
  const B = allocate(<usize>(sizeB * sizeB) << 3);
  build(i0, im, j0, jm, A);
  if (beside) build(i0, i1, jm, j1, B);
  else build(im, i1, j0, j1, B);

  const shared = beside ? h : w;
  const count = shared < fewNodes ? shared : (shared + 3) & ~3;
  const ld = (count + size + 3) & ~3;
  const Z = allocate((<usize>ld * <usize>(ld + 4)) << 3);
  memory.fill(Z, 0, (<usize>ld * <usize>(ld + 4)) << 3);
  panel = allocate((<usize>ld * panelRows) << 3);
  for (let k = shared; k < count; k++) store<f64>(at(Z, k, ld, k), 1);

  const left = count;
  const right = left + leftPorts(i0, i1, j0);
  const top = right + rightPorts(i0, i1, j1);
  const bottom = top + topPorts(i0, j0, j1);
  beginMoves();
  if (beside) {
    move(left, leftPorts(i0, i1, j0));
    move(0, shared);
    move(top, topPorts(i0, j0, jm));
    move(bottom, bottomPorts(i1, j0, jm));
    addBlock(A, Z, ld);
    beginMoves();
    move(0, shared);
    move(right, rightPorts(i0, i1, j1));
    move(top + topPorts(i0, j0, jm), topPorts(i0, jm, j1));
    move(bottom + bottomPorts(i1, j0, jm), bottomPorts(i1, jm, j1));
  } else {
    move(left, leftPorts(i0, im, j0));
    move(right, rightPorts(i0, im, j1));
    move(top, topPorts(i0, j0, j1));
    move(0, shared);
    addBlock(A, Z, ld);
    beginMoves();
    move(left + leftPorts(i0, im, j0), leftPorts(im, i1, j0));
    move(right + rightPorts(i0, im, j1), rightPorts(im, i1, j1));
    move(0, shared);
    move(bottom, bottomPorts(i1, j0, j1));
  }
  addBlock(B, Z, ld);
  eliminate(Z, count + size, count, ld);
  takeOut(Z, count, size, ld, Y);
  stack = before;
}

/**
 * Build the admittance matrix over all sources, in the order left, right, top, bottom. `base` holds the
 * conductances, then the links of the word lines, then those of the bit lines; returns where the matrix is.
 */
export function admittance(m: i32, n: i32, base: usize): usize {
  wordLines = m;
  bitLines = n;
  G = base;
  wordLinks = G + (<usize>(m * n) << 3);
  bitLinks = wordLinks + (<usize>(m * (n + 1)) << 3);
  stack = bitLinks + (<usize>((m + 1) * n) << 3);
  leftCount = allocate(<usize>(m + 1) << 2);
  rightCount = allocate(<usize>(m + 1) << 2);
  topCount = allocate(<usize>(n + 1) << 2);
  bottomCount = allocate(<usize>(n + 1) << 2);
  countDriven(leftCount, wordLinks, m, <usize>(n + 1) << 3);
  countDriven(rightCount, wordLinks + (<usize>n << 3), m, <usize>(n + 1) << 3);
  countDriven(topCount, bitLinks, n, 8);
  countDriven(bottomCount, bitLinks + (<usize>(m * n) << 3), n, 8);
  const size = ports(0, m, 0, n);
  const Y = allocate(<usize>(size * size) << 3);
  build(0, m, 0, n, Y);
  return Y;
}
