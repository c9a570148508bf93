import { type CrossMemory, crossWords, layOutCross } from './cross-memory.ts';
import type { Kernel } from './load-kernel.ts';

/** The cells that a kernel is to keep. */
export interface ExposureRequest {
  /** Name of the model that the kernel was compiled from. */
  readonly kernel: string;
  readonly geometry: { readonly wordLines: number; readonly bitLines: number };
  /** What all cells have that have no column. */
  readonly published: Readonly<Record<string, number>>;
  /** Parameters that differ from cell to cell, each [wordLines x bitLines]. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** [wordLines x bitLines], 0 for a cell that moves. */
  readonly faults: Uint8Array;
}

/**
 * What a generated kernel exports, beside one global for each parameter; hdl-gen/targets/assemblyscript.ts writes it.
 */
export interface ExposureExports {
  heapBase(): number;
  /** Addresses in bytes. */
  place(states: number, freeMasks: number, results: number, spread: number): void;
  shape(wordLines: number, bitLines: number, pitch: number): void;
  /** `before` cells, and after one that is left out `after` more; none if that is negative. */
  expose(
    first: number,
    stride: number,
    before: number,
    after: number,
    volts: number,
    seconds: number,
  ): number;
  select(
    word: number,
    bit: number,
    selected: number,
    sameWord: number,
    sameBit: number,
    other: number,
    seconds: number,
    factor: number,
  ): void;
  /** Address in bytes of the arrays over a selected cell's lines. */
  crossAt(cross: number): void;
  cross(word: number, bit: number, scale: number, enough: number, wordOhms: number, bitOhms: number): number;
  modelRate(v: number, x: number): number;
  modelCurrent(v: number, x: number): number;
  modelAdvance(v: number, x: number, dt: number): number;
  modelLowerBound(): number;
  modelUpperBound(): number;
}

/** Views of a kernel's memory. */
export interface ExposureMemory {
  /** [wordLines x pitch] */
  readonly states: Float64Array;
  /** Joules of all cells and of the selected one, and coulombs of all, of the last selection. */
  readonly results: Float64Array;
  readonly cross: CrossMemory;
}

type Globals = Readonly<Record<string, { value: number }>>;

const wordBytes = 8;
const cacheLineWords = 8;
const resultWords = 3;
/** Room for what a kernel keeps below its heap: tables of its functions, less than a page. */
const staticBytes = 65_536;

/**
 * Distance in memory of neighbours on a bit line. Where word lines are a power of two long, a whole bit line maps to a
 * few sets of the cache and drives itself out of it; one line of the cache between them spreads it.
 */
export function pitchFor(bitLines: number): number {
  return bitLines % (8 * cacheLineWords) === 0 ? bitLines + cacheLineWords : bitLines;
}

/** Memory that a kernel needs, bytes. */
export function bytesFor({ geometry, faults, columns, published }: ExposureRequest): number {
  const matrices = 1 + columns.size + (hasFaults(faults) ? 1 : 0);
  const words = geometry.wordLines * pitchFor(geometry.bitLines) * matrices;
  const others = resultWords + crossWords(geometry.wordLines, geometry.bitLines);
  return staticBytes + wordBytes * (words + others + Object.keys(published).length);
}

/** Lay out the memory: states, results, masks of the cells that move, each parameter once or as a matrix. */
export function layOut(
  request: ExposureRequest,
  { exports, memory }: Kernel<ExposureExports>,
): ExposureMemory {
  const { geometry, faults, columns, published } = request;
  const { wordLines, bitLines } = geometry;
  const pitch = pitchFor(bitLines);
  let address = Math.ceil(exports.heapBase() / wordBytes) * wordBytes;
  if (address > staticBytes) {
    throw new RangeError(
      `kernel ${request.kernel}: its own data takes ${address} bytes; this is a defect of ohmloom`,
    );
  }
  const take = (words: number): Float64Array => {
    const taken = new Float64Array(memory.buffer, address, words);
    address += words * wordBytes;
    return taken;
  };
  const takeMatrix = (cells: ArrayLike<number>): Float64Array => {
    const matrix = take(wordLines * pitch);
    for (let index = 0; index < cells.length; index++) {
      matrix[index + Math.floor(index / bitLines) * (pitch - bitLines)] = cells[index]!;
    }
    return matrix;
  };

  const states = take(wordLines * pitch);
  const results = take(resultWords);
  const globals = exports as unknown as Globals;
  for (const [name, value] of Object.entries(published)) {
    const column = columns.get(name);
    const own = column === undefined ? take(1).fill(value) : takeMatrix(column);
    setGlobal(globals, `p_${name}`, value);
    setGlobal(globals, `column_${name}`, own.byteOffset);
    setGlobal(globals, `own_${name}`, column === undefined ? 0 : -1);
  }
  const masks = hasFaults(faults) ? freeMasks(takeMatrix(faults)) : undefined;
  exports.shape(wordLines, bitLines, pitch);
  const cross = layOutCross(take(crossWords(wordLines, bitLines)), wordLines, bitLines);
  exports.place(states.byteOffset, masks?.byteOffset ?? 0, results.byteOffset, columns.size > 0 ? 1 : 0);
  exports.crossAt(cross.address);
  return { states, results, cross };
}

function hasFaults(faults: Uint8Array): boolean {
  return faults.some((fault) => fault !== 0);
}

/** Turn a matrix of fault codes, in place, into masks: all ones for a cell that moves, else zeros. */
function freeMasks(matrix: Float64Array): Float64Array {
  const halves = new Int32Array(matrix.buffer, matrix.byteOffset, 2 * matrix.length);
  matrix.forEach((fault, at) => {
    halves.fill(fault === 0 ? -1 : 0, 2 * at, 2 * at + 2);
  });
  return matrix;
}

/** A parameter that the kernel does not know is left out: the comparison of the equations finds it. */
function setGlobal(globals: Globals, name: string, value: number): void {
  const global = globals[name];
  if (global !== undefined) {
    global.value = value;
  }
}
