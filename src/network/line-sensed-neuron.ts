import type { Geometry } from '../array/geometry.ts';
import type { Volts } from '../units.ts';
import type { BitLineConverter } from './bit-line-converter.ts';
import type { ConductanceRange } from './conductance-mapping.ts';
import type { RateCodedNeuronOptions } from './rate-coded-neuron.ts';
import { SpikeTrainInputs } from './spike-train-inputs.ts';

export interface LineSensedNeuronOptions extends Omit<RateCodedNeuronOptions, 'inputs'> {
  /** One cell an input, row by row. */
  readonly geometry: Geometry;
  /** Conductances that stand for a weight of 0 and of 1. */
  readonly range: ConductanceRange;
  /** Amplitude of a spike. */
  readonly volts: Volts;
  readonly converter: BitLineConverter;
}

/**
 * The neuron of {@link RateCodedNeuron}, with the same spikes, but the currents of its cells pass a converter: in every
 * step the bit lines are sensed one after the other, and the neuron adds up what each conversion gives, less what the
 * lowest conductance takes for every spike.
 *
 *   V <- V + b + (sum over bit lines of Q(U sum_i G_i s_i) / U - n Gmin) / (Gmax - Gmin)
 */
export class LineSensedNeuron {
  readonly #options: LineSensedNeuronOptions;
  readonly #inputs: SpikeTrainInputs;
  readonly #read: Float32Array;
  readonly #spikes: Int32Array;
  readonly #currents: Float64Array;
  readonly #lines: Uint16Array;

  constructor(options: LineSensedNeuronOptions) {
    const { wordLines, bitLines } = options.geometry;
    this.#options = options;
    // Behind the inputs the conductances of one step's reads, and which inputs spike.
    this.#inputs = new SpikeTrainInputs(wordLines * bitLines, 4 + 4, options);
    const { kernel, padded, atOwn } = this.#inputs;
    const { buffer } = kernel.memory;
    this.#read = new Float32Array(buffer, atOwn, padded);
    this.#spikes = new Int32Array(buffer, atOwn + 4 * padded, padded);
    this.#currents = new Float64Array(bitLines);
    this.#lines = Uint16Array.from({ length: padded }, (_, input) => input % bitLines);
  }

  /**
   * Take the conductances of the reads to come.
   *
   * @param conductances - [wordLines x bitLines], siemens that arrive at the converters
   * @param scatter - half width of a uniform scatter that is drawn anew for every cell in every step; none if left out
   */
  setConductances(conductances: Float64Array, scatter?: Float64Array): void {
    this.#inputs.setWeights(conductances, scatter);
  }

  /**
   * Share of the steps in which the neuron spikes.
   *
   * @param input - [inputs], probability of a spike in a step
   * @param sample - number of the input among all that are presented; it keys the draws
   */
  rate(input: Float64Array, sample: number): number {
    const { steps, threshold, bias = 0 } = this.#options;
    this.#inputs.setProbabilities(input);
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
    const inputs = this.#inputs;
    const { high, key0, key1 } = inputs.key;
    const { exports } = inputs.kernel;
    const { padded, atWeights, atScatter } = inputs;
    const [atRead, atSpikes] = [this.#read.byteOffset, this.#spikes.byteOffset];
    if (inputs.scatters) {
      exports.scatterWeights(atWeights, atScatter, atRead, padded, step, sample, high + 1, key0, key1);
    }
    const met = inputs.scatters ? this.#read : inputs.weights;
    const count = exports.encode(inputs.atProbabilities, padded, step, sample, high, key0, key1, atSpikes, 1);
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
