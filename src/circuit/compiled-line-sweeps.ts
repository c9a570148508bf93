import { type Kernel, loadKernel } from '../kernels/load-kernel.ts';
import { innerResistance } from './line-set.ts';
import {
  bytesPerCell,
  commonResistance,
  endConductances,
  type LineSweeps,
  type SpanPasses,
} from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';

/** Exports of src/kernels/nodal-f64.as.ts. */
interface NodalKernel {
  setup(base: number, wordLines: number, bitLines: number, bitScale: number): number;
  scaleConductances(factor: number): void;
  factorWords(first: number, end: number): void;
  factorBits(): void;
  sweepWords(first: number, end: number, weighted: boolean): void;
  wordPass(first: number, end: number, beta: number, halo: number): void;
  wordPower(): number;
  bitPass(first: number, end: number, alpha: number): void;
  bitPower(): number;
  gatherSpan(first: number, last: number): void;
  spreadSpan(first: number, last: number): void;
}

const base = 1024;
const strips = 8;
const stagger = 320;

/** The sweeps as a compiled kernel in a memory of its own. */
export class CompiledLineSweeps implements LineSweeps {
  readonly stride: number;
  readonly wordScale: number;
  readonly bitScale: number;
  readonly conductances: Float64Array;
  readonly z: Float64Array;
  readonly p: Float64Array;
  readonly s: Float64Array;
  readonly v: Float64Array;
  readonly spans: SpanPasses;
  readonly #system: NodalSystem;
  readonly #kernel: NodalKernel;
  readonly #rows: number;
  readonly #layout: KernelLayout;

  private constructor(system: NodalSystem, kernel: Kernel<NodalKernel>, layout: KernelLayout) {
    const { wordLines, bitLines } = system.geometry;
    this.#system = system;
    this.#kernel = kernel.exports;
    this.#layout = layout;
    this.#rows = layout.rows;
    this.stride = layout.stride;
    this.wordScale = layout.wordOhms;
    this.bitScale = layout.bitOhms;
    this.conductances = layout.matrix(kernel.memory, 0);
    this.z = layout.matrix(kernel.memory, 3);
    this.p = layout.matrix(kernel.memory, 4);
    this.s = layout.matrix(kernel.memory, 5);
    this.v = layout.matrix(kernel.memory, 6);
    this.spans = {
      near: new Float64Array(kernel.memory.buffer, layout.flow, bitLines),
      far: new Float64Array(kernel.memory.buffer, layout.flow + 8 * layout.columns, bitLines),
      gather: this.#kernel.gatherSpan,
      spread: this.#kernel.spreadSpan,
    };
    this.#kernel.setup(base, wordLines, bitLines, layout.bitOhms / layout.wordOhms);
    this.#enterLinks(kernel.memory);
    this.#enterEnds(kernel.memory);
  }

  /** Undefined where the kernel was not built, or the circuit is more than its memory can hold. */
  static create(system: NodalSystem): CompiledLineSweeps | undefined {
    const layout = new KernelLayout(system);
    const kernel = loadKernel<NodalKernel>(layout.kernel, layout.end);
    return kernel === undefined ? undefined : new CompiledLineSweeps(system, kernel, layout);
  }

  setConductances(conductances: Float64Array): Float64Array {
    const { wordLines, bitLines } = this.#system.geometry;
    for (let word = 0; word < wordLines; word++) {
      const line = conductances.subarray(word * bitLines, (word + 1) * bitLines);
      this.conductances.set(line, word * this.stride);
    }
    this.#kernel.scaleConductances(this.wordScale);
    const sums = this.s.slice(0, bitLines);
    this.#kernel.factorWords(0, this.#rows);
    this.#kernel.factorBits();
    return sums;
  }

  sweepWords(weighted: boolean): void {
    this.#kernel.sweepWords(0, this.#rows, weighted);
  }

  wordPass(beta: number): number {
    this.#kernel.wordPass(0, this.#rows, beta, 0);
    return this.#kernel.wordPower();
  }

  bitPass(alpha: number): number {
    this.#kernel.bitPass(0, strips, alpha);
    return this.#kernel.bitPower();
  }

  #enterLinks(memory: WebAssembly.Memory): void {
    const { words, bits, geometry } = this.#system;
    if (!this.#layout.perSegment) {
      return;
    }
    const wordLinks = this.#layout.matrix(memory, 8).fill(1);
    const bitLinks = this.#layout.matrix(memory, 9).fill(1);
    const bitSiemens = this.#layout.matrix(memory, 10);
    for (let word = 0; word < geometry.wordLines; word++) {
      for (let bit = 0; bit < geometry.bitLines; bit++) {
        const at = word * this.stride + bit;
        if (bit < geometry.bitLines - 1) {
          // Interleaved by pairs of lines, like the shares.
          wordLinks[(word & ~1) * this.stride + 2 * bit + (word & 1)] = innerResistance(words, word, bit + 1);
        }
        if (word < geometry.wordLines - 1) {
          const ohms = innerResistance(bits, bit, word + 1);
          bitLinks[at] = ohms;
          // Nodes that no resistance keeps apart never differ, so that the link takes no power.
          bitSiemens[at] = ohms > 0 ? 1 / ohms : 0;
        }
      }
    }
  }

  #enterEnds(memory: WebAssembly.Memory): void {
    const { words, bits } = this.#system;
    const { wordOhms, bitOhms, left, right, top, bottom, rows, columns } = this.#layout;
    const enter = (offset: number, length: number, siemens: Float64Array, scale: number, rest: number) => {
      const ends = new Float64Array(memory.buffer, offset, length).fill(rest);
      ends.set(siemens.map((value) => scale * value));
    };
    // Lines that only fill up end on a source, for their equations to have a solution: 0.
    enter(left, rows, endConductances(words.first), wordOhms, 0);
    enter(right, rows, endConductances(words.last), wordOhms, 1);
    enter(top, columns, endConductances(bits.first), bitOhms, 0);
    enter(bottom, columns, endConductances(bits.last), bitOhms, 1);
  }
}

/** Where the kernel keeps what; `setup` of the kernel says the same. */
class KernelLayout {
  readonly kernel: 'nodal-f64' | 'nodal-f64-segments';
  readonly perSegment: boolean;
  /** Resistances that links are scaled by; 1 where they differ. */
  readonly wordOhms: number;
  readonly bitOhms: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly flow: number;
  readonly end: number;
  readonly #pitch: number;

  constructor(system: NodalSystem) {
    const { wordLines, bitLines } = system.geometry;
    const wordOhms = commonResistance(system.words);
    const bitOhms = commonResistance(system.bits);
    this.perSegment = wordOhms === null || bitOhms === null;
    this.kernel = this.perSegment ? 'nodal-f64-segments' : 'nodal-f64';
    this.wordOhms = wordOhms === null || bitOhms === null ? 1 : wordOhms;
    this.bitOhms = wordOhms === null || bitOhms === null ? 1 : bitOhms;
    this.rows = Math.ceil(wordLines / 8) * 8;
    this.columns = Math.ceil(bitLines / 4) * 4;
    this.stride = this.columns + 8;
    this.#pitch = 8 * this.rows * this.stride + stagger;
    this.left = base + (bytesPerCell(system) / 8) * this.#pitch;
    this.right = this.left + 8 * this.rows;
    this.top = this.right + 8 * this.rows;
    this.bottom = this.top + 8 * this.columns;
    this.flow = this.bottom + 8 * this.columns + 2 * this.rows + 16 * strips;
    this.end = this.flow + 64 * this.columns;
  }

  matrix(memory: WebAssembly.Memory, index: number): Float64Array {
    return new Float64Array(memory.buffer, base + index * this.#pitch, this.rows * this.stride);
  }
}
