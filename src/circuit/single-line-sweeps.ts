import { type Kernel, loadKernel } from '../kernels/load-kernel.ts';
import { hasJoinedNodes } from './line-set.ts';
import { commonResistance, endConductances, type LineSweeps } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';

/** Exports of src/kernels/nodal-f32.as.ts. */
interface SingleKernel {
  setup(base: number, wordLines: number, bitLines: number, bitScale: number): number;
  scaleConductances(factor: number): void;
  factorWords(): void;
  factorBits(): void;
  sweepWords(weighted: boolean): void;
  wordPass(beta: number): number;
  bitPass(alpha: number): number;
}

const base = 1024;
const stagger = 320;
const matrices = 8;

/** The sweeps as a compiled kernel in float32, for links that are all alike. */
export class SingleLineSweeps implements LineSweeps {
  readonly stride: number;
  readonly wordScale: number;
  readonly bitScale: number;
  readonly conductances: Float32Array;
  readonly z: Float32Array;
  readonly p: Float32Array;
  readonly s: Float32Array;
  readonly v: Float32Array;
  readonly spans = null;
  readonly #system: NodalSystem;
  readonly #kernel: SingleKernel;

  private constructor(
    system: NodalSystem,
    { exports, memory }: Kernel<SingleKernel>,
    { rows, columns, stride, pitch, wordOhms, bitOhms }: SingleLayout,
  ) {
    const { wordLines, bitLines } = system.geometry;
    this.#system = system;
    this.#kernel = exports;
    this.stride = stride;
    this.wordScale = wordOhms;
    this.bitScale = bitOhms;
    const matrix = (index: number) => new Float32Array(memory.buffer, base + index * pitch, rows * stride);
    this.conductances = matrix(0);
    this.z = matrix(3);
    this.p = matrix(4);
    this.s = matrix(5);
    this.v = matrix(6);
    exports.setup(base, wordLines, bitLines, bitOhms / wordOhms);
    let place = base + matrices * pitch;
    const enter = (length: number, siemens: Float64Array, scale: number, rest: number) => {
      const ends = new Float32Array(memory.buffer, place, length).fill(rest);
      ends.set(siemens.map((value) => scale * value));
      place += 4 * length;
    };
    // Lines that only fill up end on a source, for their equations to have a solution: 0.
    enter(rows, endConductances(system.words.first), wordOhms, 0);
    enter(rows, endConductances(system.words.last), wordOhms, 1);
    enter(columns, endConductances(system.bits.first), bitOhms, 0);
    enter(columns, endConductances(system.bits.last), bitOhms, 1);
  }

  /**
   * Undefined where links differ or have no resistance, the kernel was not built, or the circuit is more than its
   * memory can hold.
   */
  static create(system: NodalSystem): SingleLineSweeps | undefined {
    const layout = layoutOf(system);
    const kernel = layout && loadKernel<SingleKernel>('nodal-f32', layout.end);
    return layout && kernel && new SingleLineSweeps(system, kernel, layout);
  }

  setConductances(conductances: Float64Array): Float64Array {
    const { wordLines, bitLines } = this.#system.geometry;
    for (let word = 0; word < wordLines; word++) {
      const line = conductances.subarray(word * bitLines, (word + 1) * bitLines);
      this.conductances.set(line, word * this.stride);
    }
    this.#kernel.scaleConductances(this.wordScale);
    const sums = Float64Array.from(this.s.subarray(0, bitLines));
    this.#kernel.factorWords();
    this.#kernel.factorBits();
    return sums;
  }

  sweepWords(weighted: boolean): void {
    this.#kernel.sweepWords(weighted);
  }

  wordPass(beta: number): number {
    return this.#kernel.wordPass(beta);
  }

  bitPass(alpha: number): number {
    return this.#kernel.bitPass(alpha);
  }
}

/** Where the kernel keeps what; `setup` of the kernel says the same. */
interface SingleLayout {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  /** Bytes from matrix to matrix. */
  readonly pitch: number;
  readonly end: number;
  readonly wordOhms: number;
  readonly bitOhms: number;
}

function layoutOf({ geometry, words, bits }: NodalSystem): SingleLayout | undefined {
  const wordOhms = commonResistance(words);
  const bitOhms = commonResistance(bits);
  if (wordOhms === null || bitOhms === null || hasJoinedNodes(words) || hasJoinedNodes(bits)) {
    return undefined;
  }
  const rows = Math.ceil(geometry.wordLines / 16) * 16;
  const columns = Math.ceil(geometry.bitLines / 8) * 8;
  const stride = columns + 16;
  const pitch = 4 * rows * stride + stagger;
  const end = base + matrices * pitch + 8 * rows + 8 * columns + 64 + 64 * columns;
  return { rows, columns, stride, pitch, end, wordOhms, bitOhms };
}
