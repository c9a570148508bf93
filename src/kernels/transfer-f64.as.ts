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

import { cell } from './transfer-cell.as';
import { eliminate, fewNodes } from './transfer-elimination.as';
import { allocate, at, L, resetStack, stack } from './transfer-memory.as';
import { bottomPorts, leftPorts, ports, readCircuit, rightPorts, topPorts } from './transfer-ports.as';

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
  resetStack(before);
}

/**
 * Build the admittance matrix over all sources, in the order left, right, top, bottom. `base` holds the
 * conductances, then the links of the word lines, then those of the bit lines; returns where the matrix is.
 */
export function admittance(m: i32, n: i32, base: usize): usize {
  readCircuit(m, n, base);
  const size = ports(0, m, 0, n);
  const Y = allocate(<usize>(size * size) << 3);
  build(0, m, 0, n, Y);
  return Y;
}
