// The conductance matrix of one cell over its ports.

import { at } from './transfer-memory.as';
import { bitLines, bitLinks, bottomPorts, G, leftPorts, rightPorts, topPorts, wordLinks } from './transfer-ports.as';

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
export function cell(i: i32, j: i32, Y: usize): void {
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
