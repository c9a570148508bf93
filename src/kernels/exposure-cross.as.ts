/**
 * The two lines of a selected cell as chains of non-linear cells, by Newton's method: step by step what
 * `PlainCrossing` in src/array/plain-crossing.ts does.
 */

const maxSteps: i32 = 8;
const slopeStep: f64 = 1e-6;

/** Row and column of the cross: cells in all, of the word line, of the bit line. */
let cells: i32 = 0;
let bits: i32 = 0;
let words: i32 = 0;
/** Bytes of an array over the cross. */
let span: usize = 0;

// Addresses of arrays in the order of the cross; the order in memory is that of CrossMemory in src/kernels/cross-memory.ts.
let volts: usize = 0;
let currents: usize = 0;
let slopes: usize = 0;
let baseVolts: usize = 0;
let baseCurrents: usize = 0;
let ohms: usize = 0;
let nextVolts: usize = 0;
let nextCurrents: usize = 0;
let shares: usize = 0;
let excess: usize = 0;
/** Where in the matrices a cell is: bytes, as whole doubles. */
let places: usize = 0;
// Addresses of arrays over the nodes of one line: links, then feeds, pivots, voltages, voltages for 1 A.
let wordLine: usize = 0;
let bitLine: usize = 0;

export function placeCross(at: usize, wordLines: i32, bitLines: i32): void {
  words = wordLines;
  bits = bitLines;
  cells = words + bits - 1;
  span = <usize>cells << 3;
  volts = at;
  currents = volts + span;
  slopes = currents + span;
  baseVolts = slopes + span;
  baseCurrents = baseVolts + span;
  ohms = baseCurrents + span;
  places = ohms + span;
  nextVolts = places + span;
  nextCurrents = nextVolts + span;
  shares = nextCurrents + span;
  excess = shares + span;
  wordLine = excess + span;
  bitLine = wordLine + ((<usize>(6 * bits + 1)) << 3);
}

// @ts-ignore: decorator
@inline
function get(base: usize, k: i32): f64 {
  return load<f64>(base + (<usize>k << 3));
}

// @ts-ignore: decorator
@inline
function set(base: usize, k: i32, value: f64): void {
  store<f64>(base + (<usize>k << 3), value);
}

// Arrays of a line of `nodes` nodes: links [nodes + 1], then five of [nodes].
// @ts-ignore: decorator
@inline
function part(line: usize, nodes: i32, index: i32): usize {
  return line + (<usize>(nodes + 1 + index * nodes) << 3);
}

/** Voltages of the nodes for their feeds, and for 1 A into one of them. */
function solveLine(line: usize, nodes: i32, selected: i32): void {
  const loads = part(line, nodes, 0);
  const feeds = part(line, nodes, 1);
  const pivots = part(line, nodes, 2);
  const found = part(line, nodes, 3);
  const unit = part(line, nodes, 4);
  let pivot: f64 = 0;
  let value: f64 = 0;
  let one: f64 = 0;
  for (let node = 0; node < nodes; node++) {
    const link = get(line, node);
    pivot = 1 / (link + get(line, node + 1) + get(loads, node) - link * link * pivot);
    set(pivots, node, pivot);
    value = (get(feeds, node) + link * value) * pivot;
    set(found, node, value);
    one = ((node == selected ? <f64>1 : <f64>0) + link * one) * pivot;
    set(unit, node, one);
  }
  for (let node = nodes - 2; node >= 0; node--) {
    const share = get(line, node + 1) * get(pivots, node);
    value = get(found, node) + share * value;
    set(found, node, value);
    one = get(unit, node) + share * one;
    set(unit, node, one);
  }
}

function solveTangents(row: i32, selected: i32, scale: f64): void {
  const wordLoads = part(wordLine, bits, 0);
  const wordFeeds = part(wordLine, bits, 1);
  const bitLoads = part(bitLine, words, 0);
  const bitFeeds = part(bitLine, words, 1);
  let node = 0;
  for (let k = 0; k < cells; k++) {
    const slope = get(slopes, k);
    const held = 1 / (1 + slope * get(ohms, k));
    const share = slope * held;
    const over =
      (get(currents, k) - scale * get(baseCurrents, k) + slope * (scale * get(baseVolts, k) - get(volts, k))) *
      held;
    set(shares, k, share);
    set(excess, k, over);
    if (k < bits) {
      set(wordLoads, k, share);
      set(wordFeeds, k, -over);
    } else {
      node += node == row ? 1 : 0;
      set(bitLoads, node, share);
      set(bitFeeds, node, over);
      node += 1;
    }
  }
  const siemens = get(shares, selected);
  set(bitLoads, row, siemens);
  set(bitFeeds, row, get(excess, selected));
  solveLine(wordLine, bits, selected);
  solveLine(bitLine, words, row);
  const wordVolts = part(wordLine, bits, 3);
  const wordUnit = part(wordLine, bits, 4);
  const bitVolts = part(bitLine, words, 3);
  const bitUnit = part(bitLine, words, 4);
  // The selected cell hands the voltage of either line on to the other.
  const ofWord = get(wordUnit, selected) * siemens;
  const ofBit = get(bitUnit, row) * siemens;
  const atWord = (get(wordVolts, selected) + ofWord * get(bitVolts, row)) / (1 - ofWord * ofBit);
  const atBit = get(bitVolts, row) + ofBit * atWord;
  for (let k = 0; k < bits; k++) {
    const shift = get(wordVolts, k) + siemens * atBit * get(wordUnit, k);
    enterVolts(k, scale, shift);
  }
  node = 0;
  for (let k = bits; k < cells; k++) {
    node += node == row ? 1 : 0;
    const shift = -(get(bitVolts, node) + siemens * atWord * get(bitUnit, node));
    enterVolts(k, scale, shift);
    node += 1;
  }
  set(nextVolts, selected, get(nextVolts, selected) - (get(bitVolts, row) + siemens * atWord * get(bitUnit, row)));
}

// @ts-ignore: decorator
@inline
function enterVolts(k: i32, scale: f64, shift: f64): void {
  const beyond = get(ohms, k) * (get(excess, k) + get(shares, k) * shift);
  set(nextVolts, k, scale * get(baseVolts, k) + shift - beyond);
}

/**
 * Solve the two lines for the tangents that are in memory and go on by Newton's method; tangents, voltages and currents
 * are left there. Returns a bound on the voltages that the difference between cells and tangents still makes: at most
 * `enough`, or more where the steps ran out, or not finite.
 */
export function solveCross(
  current: (place: usize, volts: f64) => f64,
  row: i32,
  selected: i32,
  scale: f64,
  enough: f64,
  wordOhms: f64,
  bitOhms: f64,
): f64 {
  let left: f64 = 0;
  for (let step = 1; step <= maxSteps; step++) {
    solveTangents(row, selected, scale);
    let ofWord: f64 = 0;
    let ofBit: f64 = 0;
    for (let k = 0; k < cells; k++) {
      const v = get(nextVolts, k);
      const amperes = current(<usize>get(places, k), v);
      set(nextCurrents, k, amperes);
      const off = Math.abs(amperes - get(currents, k) - get(slopes, k) * (v - get(volts, k)));
      if (k < bits) {
        ofWord += off;
      } else {
        ofBit += off;
      }
      if (k == selected) {
        ofBit += off;
      }
    }
    left = 2 * (ofWord * wordOhms + ofBit * bitOhms);
    memory.copy(volts, nextVolts, span);
    memory.copy(currents, nextCurrents, span);
    if (!isFinite(left) || left <= enough) {
      return left;
    }
    if (step > 1) {
      enterSlopes(current);
    }
  }
  return left;
}

function enterSlopes(current: (place: usize, volts: f64) => f64): void {
  for (let k = 0; k < cells; k++) {
    const v = get(volts, k);
    const reached = v + (v < 0 ? -slopeStep : slopeStep);
    const slope = (current(<usize>get(places, k), reached) - get(currents, k)) / (reached - v);
    const chord = v == 0 ? <f64>0 : Math.max(get(currents, k) / v, 0);
    set(slopes, k, slope >= 0 ? slope : chord);
  }
}
