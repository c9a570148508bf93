import { SpikeTrainInputs } from './spike-train-inputs.ts';

export interface RateCodedNeuronOptions {
  readonly inputs: number;
  /** Length of the spike trains. */
  readonly steps: number;
  readonly threshold: number;
  /** Added to the membrane in every step; 0 if left out. */
  readonly bias?: number;
  readonly seed: number;
  /** Name of the stream that the spike trains and the scatter of reads are drawn from. */
  readonly stream: string;
}

/**
 * One integrate-and-fire neuron without leak, with soft reset, whose inputs are Bernoulli spike trains:
 *
 *   s_i(t) = 1[x_i > U(0, 1)],  V <- V + b + sum_i w_i s_i(t),  spike and V <- V - theta where V > theta
 *
 * Probabilities are resolved to 2^-16, sums are float32. A draw is a function of seed, stream, sample, step and input.
 *
 * @source J. Huang et al., Neuromorph. Comput. Eng. 3, 014003 (2023), arXiv 2207.13729
 * @example
 * const neuron = new RateCodedNeuron({ inputs: 2, steps: 1000, threshold: 1, seed: 1, stream: 'spikes' });
 * neuron.setWeights(Float64Array.of(0.5, 0.5));
 * neuron.rate(Float64Array.of(0.5, 0.5), 0); // about 0.5
 */
export class RateCodedNeuron {
  readonly #options: RateCodedNeuronOptions;
  readonly #inputs: SpikeTrainInputs;

  constructor(options: RateCodedNeuronOptions) {
    this.#options = options;
    // Behind the inputs the kernel keeps the scattered weights of a step.
    this.#inputs = new SpikeTrainInputs(options.inputs, 4, options);
  }

  /**
   * Take the weights of the reads to come.
   *
   * @param weights - [inputs]
   * @param scatter - [inputs], half width of a uniform scatter that is drawn anew for every weight in every step; the
   * scattered weight is held in 0 to 1. None if left out
   */
  setWeights(weights: Float64Array, scatter?: Float64Array): void {
    this.#inputs.setWeights(weights, scatter);
  }

  /**
   * Share of the steps in which the neuron spikes.
   *
   * @param input - [inputs], probability of a spike in a step
   * @param sample - number of the input among all that are presented; it keys the draws
   */
  rate(input: Float64Array, sample: number): number {
    const { steps, threshold, bias = 0 } = this.#options;
    const inputs = this.#inputs;
    inputs.setProbabilities(input);
    const { high, key0, key1 } = inputs.key;
    const spikes = inputs.kernel.exports.countSpikes(
      inputs.atProbabilities,
      inputs.atWeights,
      inputs.scatters ? inputs.atScatter : 0,
      inputs.atOwn,
      inputs.padded,
      steps,
      threshold,
      bias,
      sample,
      high,
      key0,
      key1,
    );
    return spikes / steps;
  }
}
