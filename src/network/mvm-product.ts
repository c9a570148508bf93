import { cellCount, type Geometry } from '../array/geometry.ts';
import { UsageError } from '../errors.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import type { AdcConfig } from '../periphery/adc.ts';
import { CodeScale } from '../periphery/code-scale.ts';
import type { DacConfig } from '../periphery/dac.ts';
import type { GainRange } from '../periphery/transimpedance.ts';
import { streamKey } from '../random.ts';
import type { Volts } from '../units.ts';
import { largestInput, type MvmKernel, type OpenMvmKernel } from './mvm-kernel.ts';
import { createMvmScript } from './mvm-script.ts';

/** What stands around a product; what is left out is not there. */
export interface ProductPeriphery {
  /** Without a table of non-linearity. */
  readonly dac?: DacConfig;
  /** Relative standard deviation of every cell's conductance from one product to the next. */
  readonly readNoise?: number;
  readonly readout?: ProductReadout;
  /** Integer from 0 to 2^53 - 1. */
  readonly seed: number;
}

/** Amplifier and converter of every bit line. */
export interface ProductReadout {
  readonly range: GainRange;
  /** The amplifier saturates at this magnitude. */
  readonly maxVolts: Volts;
  /** Without a table of non-linearity. */
  readonly adc: AdcConfig;
}

/** Byte addresses of the arrays of a kernel. */
interface Places {
  readonly volts: number;
  readonly tiles: number;
  readonly panels: number;
  readonly sums: number;
  readonly squares: number;
  readonly out: number;
  readonly bytes: number;
}

/** Rows that are multiplied at once: their inputs stay in the second cache. */
const chunkRows = 128;
/** Beyond the static data of the kernel. */
const base = 8192;
const largestBytes = 2 ** 32;
const panelBits = 8;
const two32 = 2 ** 32;

/** Batches of voltages times one matrix, in float32, with converters and noise that the kernel computes by itself. */
export class MvmProduct {
  readonly #geometry: Geometry;
  /** Counts that the kernel sees: even word lines, bit lines in eights. */
  readonly #words: number;
  readonly #bits: number;
  readonly #places: Places;
  readonly #kernel: OpenMvmKernel;
  readonly #isNoisy: boolean;

  /**
   * @param conductances - [wordLines x bitLines], siemens, finite
   * @param open - what multiplies: the compiled kernel, or its twin where it was not built
   * @throws UsageError saying how much memory the matrix would need
   */
  constructor(
    geometry: Geometry,
    conductances: Float64Array,
    periphery: ProductPeriphery,
    open: (bytes: number) => OpenMvmKernel = openMvmKernel,
  ) {
    this.#geometry = geometry;
    this.#words = roundedUp(geometry.wordLines, 2);
    this.#bits = roundedUp(geometry.bitLines, panelBits);
    this.#places = placesFor(this.#words, this.#bits);
    requireMemory(geometry, this.#places.bytes);
    this.#kernel = open(this.#places.bytes);
    this.#isNoisy = (periphery.readNoise ?? 0) > 0;
    this.#kernel.exports.setScale(this.#fillPanels(conductances));
    connect(this.#kernel.exports, periphery);
  }

  /**
   * @param wordVolts - [batch x wordLines], volt
   * @param event - of the first row; the rows count on from it
   * @returns [batch x bitLines], ampere
   * @throws UsageError for a voltage that is no number, or beyond 1e12 V
   */
  currents(wordVolts: Float64Array, event: number): Float64Array {
    const { wordLines, bitLines } = this.#geometry;
    const batch = wordVolts.length / wordLines;
    const currents = new Float64Array(batch * bitLines);
    for (let row = 0; row < batch; row += chunkRows) {
      const rows = Math.min(chunkRows, batch - row);
      this.#multiply(wordVolts.subarray(row * wordLines, (row + rows) * wordLines), rows, event + row);
      this.#readRows(currents.subarray(row * bitLines, (row + rows) * bitLines), rows);
    }
    return currents;
  }

  #multiply(wordVolts: Float64Array, rows: number, event: number): void {
    const { exports, memory } = this.#kernel;
    const { volts, tiles, panels, sums, squares, out } = this.#places;
    const { wordLines } = this.#geometry;
    const inputs = new Float64Array(memory.buffer, volts, rows * this.#words);
    copyRows(wordVolts, wordLines, inputs, this.#words, rows);
    if (exports.fillTiles(volts, rows, this.#words, tiles) === 0) {
      const at = wordVolts.findIndex((value) => !(Math.abs(value) <= largestInput));
      throw new UsageError(
        'word-volts',
        `inference: word line ${at % wordLines} is at ${wordVolts[at]} V, expected at most ${largestInput} V`,
      );
    }
    exports.multiply(
      tiles,
      panels,
      rows,
      this.#words,
      this.#bits,
      sums,
      this.#isNoisy ? squares : 0,
      out,
      event % two32,
      Math.floor(event / two32),
    );
  }

  #readRows(currents: Float64Array, rows: number): void {
    const { bitLines } = this.#geometry;
    const found = new Float64Array(this.#kernel.memory.buffer, this.#places.out, rows * this.#bits);
    copyRows(found, this.#bits, currents, bitLines, rows);
  }

  /** Lay the matrix out relative to its largest entry, so that float32 neither over- nor underflows; returns that. */
  #fillPanels(conductances: Float64Array): number {
    const { wordLines, bitLines } = this.#geometry;
    const panels = new Float32Array(
      this.#kernel.memory.buffer,
      this.#places.panels,
      this.#words * this.#bits,
    );
    const largest = conductances.reduce((most, siemens) => Math.max(most, Math.abs(siemens)), 0);
    const scale = largest === 0 ? 1 : largest;
    for (let word = 0; word < wordLines; word++) {
      for (let bit = 0; bit < bitLines; bit++) {
        const panel = Math.floor(bit / panelBits) * this.#words * panelBits;
        panels[panel + word * panelBits + (bit % panelBits)] = conductances[word * bitLines + bit]! / scale;
      }
    }
    return scale;
  }
}

function openMvmKernel(bytes: number): OpenMvmKernel {
  return loadKernel<MvmKernel>('mvm-f32', bytes) ?? createMvmScript(bytes);
}

function connect(kernel: MvmKernel, { dac, readNoise = 0, readout, seed }: ProductPeriphery): void {
  kernel.setDac(...codesOf('dac', dac));
  const noise = streamKey(seed, 'read-noise/bit-line');
  kernel.setNoise(readNoise, noise.key0, noise.key1, noise.high);
  const { gainOhms = 0, offsetVolts = 0 } = readout?.range ?? {};
  kernel.setAmplifier(gainOhms, offsetVolts, readout?.maxVolts ?? 0);
  kernel.setAdc(...codesOf('adc', readout?.adc));
  const adcNoise = streamKey(seed, 'adc-noise');
  kernel.setAdcNoise(readout?.adc.noiseVolts ?? 0, adcNoise.key0, adcNoise.key1, adcNoise.high);
}

/** LSB, code of 0 V, last code, gain and offset; an LSB of 0 is no converter. */
function codesOf(
  name: string,
  config: DacConfig | AdcConfig | undefined,
): [lsb: number, zero: number, last: number, gain: number, offset: number] {
  if (config === undefined) {
    return [0, 0, 0, 1, 0];
  }
  const { lsbVolts, zeroCode, codes } = new CodeScale(name, config);
  return [lsbVolts, zeroCode, codes - 1, 1 + (config.gainError ?? 0), config.offsetVolts ?? 0];
}

function placesFor(words: number, bits: number): Places {
  let next = base;
  const take = (bytes: number): number => {
    const at = next;
    next += roundedUp(bytes, 64);
    return at;
  };
  const volts = take(8 * chunkRows * words);
  const tiles = take(4 * chunkRows * words);
  const panels = take(4 * words * bits);
  const sums = take(4 * chunkRows * panelBits);
  const squares = take(4 * chunkRows * panelBits);
  const out = take(8 * chunkRows * bits);
  return { volts, tiles, panels, sums, squares, out, bytes: next };
}

function requireMemory(geometry: Geometry, bytes: number): void {
  if (bytes > largestBytes) {
    const { wordLines, bitLines } = geometry;
    const gibibytes = (bytes / 2 ** 30).toFixed(1);
    throw new UsageError(
      'memory',
      `inference: the matrix of ${wordLines} x ${bitLines} cells (${cellCount(geometry)}) needs ${gibibytes} GiB, allowed 4 GiB`,
      { details: { bytes, allowed: largestBytes } },
    );
  }
}

/** Copy rows between matrices of different pitch; what lies beyond a row stays. */
function copyRows(
  from: Float64Array,
  fromPitch: number,
  to: Float64Array,
  toPitch: number,
  rows: number,
): void {
  if (fromPitch === toPitch) {
    to.set(from);
    return;
  }
  const width = Math.min(fromPitch, toPitch);
  for (let row = 0; row < rows; row++) {
    to.set(from.subarray(row * fromPitch, row * fromPitch + width), row * toPitch);
  }
}

function roundedUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}
