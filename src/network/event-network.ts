import { UsageError } from '../errors.ts';
import { streamKey, type StreamKey } from '../random.ts';
import type { OpenEventKernel } from './event-kernel.ts';
import { openEventKernel } from './open-event-kernel.ts';

/** Leaky integrate-and-fire neurons with the synapses in front of them. */
export interface EventLayer {
  readonly inputs: number;
  readonly neurons: number;
  /** [inputs x neurons], row-major: the rows of an array whose word lines are the inputs. */
  readonly weights: Float64Array;
  /** Share of the membrane that stays from step to step, 0 to 1. */
  readonly decay: number;
  readonly threshold: number;
}

export interface EventNetworkOptions {
  readonly layers: readonly EventLayer[];
  readonly seed: number;
  /** Name of the stream that the spike trains are drawn from. */
  readonly stream: string;
}

/** Byte addresses of the arrays of a layer. */
interface Place {
  readonly layer: EventLayer;
  readonly neurons: number;
  readonly weights: number;
  readonly currents: number;
  readonly membranes: number;
  readonly counts: number;
  /** Spikes of the layer before, as byte offsets of rows of `weights`. */
  readonly events: number;
  readonly rowBytes: number;
}

const lanes = 4;
const inputLanes = 32;

/**
 * Layers of leaky integrate-and-fire neurons with soft reset, driven by Bernoulli spike trains. Work is done only for
 * spikes: each adds its row of weights to the currents. Sums are float32.
 *
 *   v <- decay v + sum of the rows that spiked,  spike and v <- v - threshold where v >= threshold
 *
 * @example
 * const weights = Float64Array.of(1, 0, 0, 1);
 * const layer = { inputs: 2, neurons: 2, weights, decay: 1, threshold: 1 };
 * const network = new EventNetwork({ layers: [layer], seed: 1, stream: 'spikes' });
 * network.present(Float64Array.of(0, 0.5), 100, 0); // no spike of the first output, about 50 of the second
 */
export class EventNetwork {
  readonly #places: readonly Place[];
  readonly #kernel: OpenEventKernel;
  readonly #key: StreamKey;
  readonly #inputs: number;
  readonly #lastEvents: number;

  /** @throws UsageError for layers that do not fit together */
  constructor({ layers, seed, stream }: EventNetworkOptions) {
    requireFit(layers);
    this.#key = streamKey(seed, stream);
    this.#inputs = padded(layers[0]!.inputs, inputLanes);
    // Address 0 means none.
    let next = inputLanes + 2 * this.#inputs;
    const take = (count: number): number => {
      const at = next;
      next += 4 * padded(count, lanes);
      return at;
    };
    this.#places = layers.map((layer) => {
      const neurons = padded(layer.neurons, lanes);
      return {
        layer,
        neurons,
        weights: take(layer.inputs * neurons),
        currents: take(neurons),
        membranes: take(neurons),
        counts: take(neurons),
        events: take(padded(layer.inputs, inputLanes)),
        rowBytes: 4 * neurons,
      };
    });
    this.#lastEvents = take(layers.at(-1)!.neurons);
    this.#kernel = openEventKernel(next);
    for (const { layer, neurons, weights } of this.#places) {
      const rows = new Float32Array(this.#kernel.memory.buffer, weights, layer.inputs * neurons);
      for (let input = 0; input < layer.inputs; input++) {
        const row = layer.weights.subarray(input * layer.neurons, (input + 1) * layer.neurons);
        rows.set(row, input * neurons);
      }
    }
  }

  /**
   * Present one input for some steps, from rest.
   *
   * @param input - [inputs], probability of a spike in a step
   * @param sample - number of the input among all that are presented; it keys the draws
   * @returns spikes of each neuron of the last layer
   */
  present(input: Float64Array, steps: number, sample: number): Int32Array {
    const { exports, memory } = this.#kernel;
    const { high, key0, key1 } = this.#key;
    const probabilities = new Uint16Array(memory.buffer, inputLanes, this.#inputs);
    for (let k = 0; k < input.length; k++) {
      probabilities[k] = Math.min(Math.round(input[k]! * 65_536), 65_535);
    }
    for (const { membranes, neurons, counts } of this.#places) {
      new Float32Array(memory.buffer, membranes, neurons).fill(0);
      new Int32Array(memory.buffer, counts, neurons).fill(0);
    }
    const [first] = this.#places;
    for (let step = 0; step < steps; step++) {
      let spikes = exports.encode(
        inputLanes,
        this.#inputs,
        step,
        sample,
        high,
        key0,
        key1,
        first!.events,
        first!.rowBytes,
      );
      for (const [index, place] of this.#places.entries()) {
        const { layer, neurons, weights, currents, membranes, counts, events } = place;
        const following = this.#places[index + 1];
        exports.propagate(weights, events, spikes, currents, neurons);
        spikes = exports.fire(
          membranes,
          currents,
          neurons,
          layer.decay,
          layer.threshold,
          following?.events ?? this.#lastEvents,
          following?.rowBytes ?? 0,
          following === undefined ? counts : 0,
        );
      }
    }
    const { layer, counts } = this.#places.at(-1)!;
    return new Int32Array(memory.buffer, counts, layer.neurons).slice();
  }
}

function padded(count: number, lanes: number): number {
  return Math.ceil(count / lanes) * lanes;
}

function requireFit(layers: readonly EventLayer[]): void {
  if (layers.length === 0) {
    throw new UsageError('event-layers', 'event network: found no layer, expected at least one');
  }
  for (const [index, { inputs, neurons, weights, threshold }] of layers.entries()) {
    const before = layers[index - 1]?.neurons ?? inputs;
    if (weights.length !== inputs * neurons || before !== inputs || !(threshold > 0)) {
      throw new UsageError(
        'event-layers',
        `event network, layer ${index}: found ${weights.length} weights for ${inputs} x ${neurons} synapses after ${before} neurons and the threshold ${threshold}, expected one weight a synapse, as many inputs as neurons before, and a threshold above 0`,
      );
    }
  }
}
