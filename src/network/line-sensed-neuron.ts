import type { Geometry } from '../array/geometry.ts';
import { streamKey, type StreamKey } from '../random.ts';
import type { Volts } from '../units.ts';
import type { BitLineConverter } from './bit-line-converter.ts';
import type { ConductanceRange } from './conductance-mapping.ts';
import type { OpenEventKernel } from './event-kernel.ts';
import { openEventKernel } from './open-event-kernel.ts';
import type { RateCodedNeuronOptions } from './rate-coded-neuron.ts';

export interface LineSensedNeuronOptions extends Omit<RateCodedNeuronOptions, 'inputs'> {
  /** One cell an input, row by row. */
  readonly geometry: Geometry;
  /** Conductances that stand for a weight of 0 and of 1. */
  readonly range: ConductanceRange;
  /** Amplitude of a spike. */
  readonly volts: Volts;
  readonly converter: BitLineConverter;
}

const lanes = 32;

/**
 * The neuron of {@link RateCodedNeuron}, with the same spikes, but the currents of its cells pass a converter: in every
 * step the bit lines are sensed one after the other, and the neuron adds up what each conversion gives, less what the
 * lowest conductance takes for every spike.
 *
 *   V <- V + b + (sum over bit lines of Q(U sum_i G_i s_i) / U - n Gmin) / (Gmax - Gmin)
 */
export class LineSensedNeuron {
  readonly #options: LineSensedNeuronOptions;
  readonly #padded: number;
  readonly #kernel: OpenEventKernel;
  readonly #key: StreamKey;
  readonly #probabilities: Uint16Array;
  readonly #conductances: Float32Array;
  readonly #scatter: Float32Array;
  readonly #read: Float32Array;
  readonly #spikes: Int32Array;
  readonly #currents: Float64Array;
  readonly #lines: Uint16Array;
  #scatters = false;

  constructor(options: LineSensedNeuronOptions) {
    const { wordLines, bitLines } = options.geometry;
    this.#options = options;
    this.#padded = Math.ceil((wordLines * bitLines) / lanes) * lanes;
    this.#kernel = openEventKernel(lanes + this.#padded * (2 + 4 * 4));
    this.#key = streamKey(options.seed, options.stream);
    const { buffer } = this.#kernel.memory;
    this.#probabilities = new Uint16Array(buffer, this.#at(0), this.#padded);
    this.#conductances = new Float32Array(buffer, this.#at(2), this.#padded);
    this.#scatter = new Float32Array(buffer, this.#at(6), this.#padded);
    this.#read = new Float32Array(buffer, this.#at(10), this.#padded);
    this.#spikes = new Int32Array(buffer, this.#at(14), this.#padded);
    this.#currents = new Float64Array(bitLines);
    this.#lines = Uint16Array.from({ length: this.#padded }, (_, input) => input % bitLines);
  }

  /** Byte address behind so many bytes an input; the first bytes stay free, because address 0 means none. */
  #at(bytesPerInput: number): number {
    return lanes + bytesPerInput * this.#padded;
  }

  /**
   * Take the conductances of the reads to come.
   *
   * @param conductances - [wordLines x bitLines], siemens that arrive at the converters
   * @param scatter - half width of a uniform scatter that is drawn anew for every cell in every step; none if left out
   */
  setConductances(conductances: Float64Array, scatter?: Float64Array): void {
    this.#conductances.set(conductances);
    this.#scatters = scatter !== undefined;
    this.#scatter.set(scatter ?? []);
  }

  /**
   * Share of the steps in which the neuron spikes.
   *
   * @param input - [inputs], probability of a spike in a step
   * @param sample - number of the input among all that are presented; it keys the draws
   */
  rate(input: Float64Array, sample: number): number {
    const { steps, threshold, bias = 0 } = this.#options;
    for (let k = 0; k < input.length; k++) {
      this.#probabilities[k] = Math.min(Math.round(input[k]! * 65_536), 65_535);
    }
    let membrane = 0;
    let fired = 0;
    for (let step = 0; step < steps; step++) {
      membrane += bias + this.#sum(step, sample);
      if (membrane > threshold) {
        membrane -= threshold;
        fired += 1;
      }
    }
    return fired / steps;
  }

  /** Weighted sum of the spikes of one step. */
  #sum(step: number, sample: number): number {
    const { volts, converter, range } = this.#options;
    const { high, key0, key1 } = this.#key;
    const { exports } = this.#kernel;
    const padded = this.#padded;
    const [weights, scatter, read, events] = [this.#at(2), this.#at(6), this.#at(10), this.#at(14)];
    if (this.#scatters) {
      exports.scatterWeights(weights, scatter, read, padded, step, sample, high + 1, key0, key1);
    }
    const met = this.#scatters ? this.#read : this.#conductances;
    const count = exports.encode(this.#at(0), padded, step, sample, high, key0, key1, events, 1);
    const currents = this.#currents.fill(0);
    for (let spike = 0; spike < count; spike++) {
      const cell = this.#spikes[spike]!;
      const line = this.#lines[cell]!;
      currents[line] = currents[line]! + volts * met[cell]!;
    }
    let amperes = 0;
    for (let line = 0; line < currents.length; line++) {
      amperes += converter.amperes(currents[line]!);
    }
    return (amperes / volts - count * range.min) / (range.max - range.min);
  }
}
