import { streamKey, type StreamKey } from '../random.ts';
import type { OpenEventKernel } from './event-kernel.ts';
import { openEventKernel } from './open-event-kernel.ts';

const lanes = 32;
/** Bytes an input: its probability, its weight and the scatter of that. */
const bytes = { probability: 2, weight: 4, scatter: 4 };

/**
 * Inputs of one neuron in the memory of an event kernel: the probability of a spike in a step, the weight that a spike
 * meets, and by how much that scatters. Behind them lies what the neuron asks for itself.
 */
export class SpikeTrainInputs {
  readonly kernel: OpenEventKernel;
  readonly key: StreamKey;
  /** Number of inputs, filled up to what the kernel takes at once. */
  readonly padded: number;
  readonly weights: Float32Array;
  readonly #probabilities: Uint16Array;
  readonly #scatter: Float32Array;
  #scatters = false;

  /** @param ownBytes - for each input, behind the three arrays */
  constructor(inputs: number, ownBytes: number, { seed, stream }: { seed: number; stream: string }) {
    this.padded = Math.ceil(inputs / lanes) * lanes;
    const { probability, weight, scatter } = bytes;
    this.kernel = openEventKernel(lanes + this.padded * (probability + weight + scatter + ownBytes));
    this.key = streamKey(seed, stream);
    const { buffer } = this.kernel.memory;
    this.#probabilities = new Uint16Array(buffer, this.atProbabilities, this.padded);
    this.weights = new Float32Array(buffer, this.atWeights, this.padded);
    this.#scatter = new Float32Array(buffer, this.atScatter, this.padded);
  }

  // Byte addresses; the first bytes stay free, because address 0 means none.

  get atProbabilities(): number {
    return lanes;
  }

  get atWeights(): number {
    return this.atProbabilities + bytes.probability * this.padded;
  }

  get atScatter(): number {
    return this.atWeights + bytes.weight * this.padded;
  }

  /** Of what the neuron asked for itself. */
  get atOwn(): number {
    return this.atScatter + bytes.scatter * this.padded;
  }

  /** Whether weights are drawn anew in every step. */
  get scatters(): boolean {
    return this.#scatters;
  }

  /**
   * Take the weights of the reads to come.
   *
   * @param weights - [inputs]
   * @param scatter - [inputs], half width of a uniform scatter; none if left out
   */
  setWeights(weights: Float64Array, scatter?: Float64Array): void {
    this.weights.set(weights);
    this.#scatters = scatter !== undefined;
    this.#scatter.set(scatter ?? []);
  }

  /** @param input - [inputs], probability of a spike in a step; it is resolved to 2^-16 */
  setProbabilities(input: Float64Array): void {
    for (let k = 0; k < input.length; k++) {
      this.#probabilities[k] = Math.min(Math.round(input[k]! * 65_536), 65_535);
    }
  }
}
