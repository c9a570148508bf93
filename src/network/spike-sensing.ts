import { BatchSolver } from '../circuit/batch-solver.ts';
import { spreadFactor } from '../array/spread-factor.ts';
import { connectSensedArray, type LineResistances } from '../array/sensed-array.ts';
import type { Geometry } from '../array/geometry.ts';
import { RandomStream } from '../random.ts';
import type { Volts } from '../units.ts';
import type { BitLineConverter } from './bit-line-converter.ts';

/** Distribution and relative amplitude. */
type ReadNoise = Parameters<typeof spreadFactor>[0];

export interface SpikeSensingOptions {
  readonly geometry: Geometry;
  /** Amplitude of a spike on its word line. */
  readonly volts: Volts;
  /** Without resistance if left out. */
  readonly lines?: LineResistances | undefined;
  /** Scatter of every cell from one presentation to the next; none if left out. */
  readonly readNoise?: ReadNoise;
  /** Behind each bit line; if left out, currents are known as they are. */
  readonly converter?: BitLineConverter | undefined;
  readonly seed: number;
}

/**
 * Weighted sums of spikes: the word lines of the inputs that spike are driven with the read voltage, and the currents of
 * all bit lines are sensed at once, each at virtual ground. Wires, read noise and converter are there or not; without
 * them the sums are those of numbers.
 *
 * @example
 * const sensing = new SpikeSensing({ geometry: createGeometry(2, 1), volts: 0.2, seed: 1 });
 * const sums = new Float64Array(1);
 * sensing.sums(Float64Array.of(1e-4, 2e-4), [1], sums); // 2e-4
 */
export class SpikeSensing {
  readonly #options: SpikeSensingOptions;
  readonly #noise: RandomStream;
  readonly #wordVolts: Float64Array;
  #solver: BatchSolver | undefined;
  #presentations = 0;

  constructor(options: SpikeSensingOptions) {
    this.#options = options;
    this.#noise = new RandomStream(options.seed, 'spike-read-noise');
    this.#wordVolts = new Float64Array(options.geometry.wordLines);
  }

  /**
   * Present the spikes of one step.
   *
   * @param conductances - [wordLines x bitLines], siemens
   * @param spikes - word lines that are driven
   * @param out - [bitLines], receives the sum of the conductances that the spikes meet, siemens
   */
  sums(conductances: Float64Array, spikes: ArrayLike<number>, out: Float64Array): void {
    const { lines, readNoise, converter, volts } = this.#options;
    const scatters = readNoise !== undefined && readNoise.relative > 0;
    const met = scatters ? this.#scattered(conductances, spikes, readNoise) : conductances;
    if (lines === undefined) {
      this.#add(met, spikes, out);
    } else {
      this.#solve(met, spikes, lines, out);
    }
    if (converter !== undefined) {
      for (let bit = 0; bit < out.length; bit++) {
        out[bit] = converter.amperes(volts * out[bit]!) / volts;
      }
    }
    this.#presentations += 1;
  }

  #add(conductances: Float64Array, spikes: ArrayLike<number>, out: Float64Array): void {
    const { bitLines } = this.#options.geometry;
    out.fill(0);
    for (let spike = 0; spike < spikes.length; spike++) {
      for (let bit = 0, cell = spikes[spike]! * bitLines; bit < bitLines; bit++, cell++) {
        out[bit] = out[bit]! + conductances[cell]!;
      }
    }
  }

  #solve(
    conductances: Float64Array,
    spikes: ArrayLike<number>,
    lines: LineResistances,
    out: Float64Array,
  ): void {
    const { geometry, volts } = this.#options;
    this.#solver ??= new BatchSolver(
      connectSensedArray({ geometry, ...lines }, conductances.slice()),
      'wordLeft',
      'bitBottom',
    );
    this.#solver.setConductances(conductances);
    this.#wordVolts.fill(0);
    for (let spike = 0; spike < spikes.length; spike++) {
      this.#wordVolts[spikes[spike]!] = volts;
    }
    const currents = this.#solver.currents(this.#wordVolts);
    for (let bit = 0; bit < out.length; bit++) {
      out[bit] = currents[bit]! / volts;
    }
  }

  /** With resistance every cell of the array takes part in a read; without, only those of the spikes. */
  #scattered(conductances: Float64Array, spikes: ArrayLike<number>, readNoise: ReadNoise): Float64Array {
    const { geometry, lines } = this.#options;
    const met = conductances.slice();
    const words =
      lines === undefined ? spikes : Array.from({ length: geometry.wordLines }, (_, word) => word);
    for (let k = 0; k < words.length; k++) {
      this.#scatterWord(met, words[k]!, readNoise);
    }
    return met;
  }

  #scatterWord(met: Float64Array, word: number, readNoise: ReadNoise): void {
    const { geometry } = this.#options;
    for (let bit = 0, cell = word * geometry.bitLines; bit < geometry.bitLines; bit++, cell++) {
      const factor = spreadFactor(readNoise, this.#noise, cell, this.#presentations);
      // A conductance is not negative, however far the noise throws it.
      met[cell] = Math.max(met[cell]! * factor, 0);
    }
  }
}
