/**
 * The part of a kernel that is the same for all models: where the cells are, and what one operation does to them. It
 * rests on `exposeStrip`, `modelCurrent` and `modelAdvance`.
 *
 * @param isRestless - whether the state moves at 0 V
 */
export function arrayText(parameters: readonly string[], isRestless: boolean): string[] {
  const text = `
// Row-major states; masks of the cells that move (0: all do); whether parameters differ from cell to cell.
let states: usize = 0;
let freeMasks: usize = 0;
let spread = false;
// Cells of a bit line and of a word line, and bytes from one word line to the next.
let wordLines: i32 = 0;
let bitLines: i32 = 0;
let pitch: usize = 0;
// Where \`select\` leaves its results: energy of all cells and of the selected one, J, and charge of all, C.
let results: usize = 0;

export function heapBase(): usize {
  return __heap_base;
}

export function place(atStates: usize, atFreeMasks: usize, atResults: usize, isSpread: bool): void {
  states = atStates;
  freeMasks = atFreeMasks;
  results = atResults;
  spread = isSpread;
  prepare();
}

export function shape(words: i32, bits: i32, cellsApart: i32): void {
  wordLines = words;
  bitLines = bits;
  pitch = <usize>cellsApart << 3;
}

function loadParameters(at: usize): void {
${parameters.map((name) => `  p_${name} = load<f64>(column_${name} + (at & own_${name}));`).join('\n')}
}

// Current of the cell at a place in the matrices.
function currentAt(place: usize, volts: f64): f64 {
  if (spread) {
    loadParameters(place);
  }
  return modelCurrent(volts, load<f64>(states + place));
}

export function crossAt(at: usize): void {
  placeCross(at, wordLines, bitLines);
}

export function cross(word: i32, bit: i32, scale: f64, enough: f64, wordOhms: f64, bitOhms: f64): f64 {
  return solveCross(currentAt, word, bit, scale, enough, wordOhms, bitOhms);
}

// Advances \`before\` cells and, after one that is left out, \`after\` more; returns the sum of their currents before, A,
// which is not finite where a state or a current is not.
function exposeAround(from: usize, step: usize, before: i32, after: i32, volts: f64, seconds: f64): f64 {
  const amperes = exposeStrip(from, step, before, volts, seconds);
  return after > 0 ? amperes + exposeStrip(from + (before + 1) * step, step, after, volts, seconds) : amperes;
}

// The same from a cell in steps of \`stride\` cells.
export function expose(first: i32, stride: i32, before: i32, after: i32, volts: f64, seconds: f64): f64 {
  return exposeAround(<usize>first << 3, <usize>stride << 3, before, after, volts, seconds);
}

// Energy of one cell by the trapezoid of its current before and after; its change is multiplied by \`factor\`.
function write(at: usize, volts: f64, seconds: f64, factor: f64): f64 {
  const x = load<f64>(states + at);
  const before = exposeStrip(at, 8, 1, volts, seconds);
  if (spread) {
    loadParameters(at);
  }
  if (factor != 1) {
    const scattered = x + (load<f64>(states + at) - x) * factor;
    store<f64>(states + at, Math.min(Math.max(scattered, modelLowerBound()), modelUpperBound()));
  }
  return volts * ((before + modelCurrent(volts, load<f64>(states + at))) / 2) * seconds;
}

let joules: f64 = 0;
let coulombs: f64 = 0;

function book(energy: f64, volts: f64): void {
  joules += energy;
  if (volts != 0) {
    coulombs += energy / Math.abs(volts);
  }
}

// Drives the lines of one cell: the four voltages are those of the cell, of its word line, of its bit line and of all
// other cells. The results are not finite where a state or a current is not.
export function select(
  word: i32,
  bit: i32,
  selected: f64,
  sameWord: f64,
  sameBit: f64,
  other: f64,
  seconds: f64,
  factor: f64,
): void {
  const row = <usize>word * pitch;
  const column = <usize>bit << 3;
  joules = 0;
  coulombs = 0;
  book(write(row + column, selected, seconds, factor), selected);
  const addressed = joules;
  if (${isRestless ? 'true' : 'sameWord != 0'}) {
    book(sameWord * exposeAround(row, 8, bit, bitLines - bit - 1, sameWord, seconds) * seconds, sameWord);
  }
  if (${isRestless ? 'true' : 'sameBit != 0'}) {
    book(sameBit * exposeAround(column, pitch, word, wordLines - word - 1, sameBit, seconds) * seconds, sameBit);
  }
  if (${isRestless ? 'true' : 'other != 0'}) {
    for (let line = 0; line < wordLines; line++) {
      if (line != word) {
        const from = <usize>line * pitch;
        book(other * exposeAround(from, 8, bit, bitLines - bit - 1, other, seconds) * seconds, other);
      }
    }
  }
  store<f64>(results, joules);
  store<f64>(results, addressed, 8);
  store<f64>(results, coulombs, 16);
}`;
  return text.trim().split('\n');
}
