import type { Spread } from '../array/spread-factor.ts';
import type { ReadChannelConfig } from '../periphery/read-channel.ts';
import type { Volts } from '../units.ts';
import type { MappedWeights, WeightLayout } from './conductance-mapping.ts';
import { InferencePipeline } from './inference-pipeline.ts';

export interface InferenceLayerOptions {
  /** [wordLines x bitLines], siemens: what the programmed array is from outside, see `InferencePipeline`. */
  readonly conductances: Float64Array;
  readonly readNoise: Spread;
  readonly layout: WeightLayout;
  readonly mapped: MappedWeights;
  /** Word-line voltage that stands for an input of 1. */
  readonly voltsPerUnit: Volts;
  readonly dacBits: number;
  /** Amplifiers and converters of the bit lines, as calibrated; if left out their currents are taken as they are. */
  readonly readChannel?: ReadChannelConfig | undefined;
  readonly seed: number;
  /** Event of the first input, which keys its noise; 0 if left out. */
  readonly event?: number;
}

/**
 * A `CrossbarLayer` on an array that its reads leave as it is: the same converters, draws and weighted sums, from the
 * conductances alone, for whole batches of inputs. Nothing is booked to the array's ledger.
 *
 * @example
 * const geometry = createGeometry(2, 2);
 * const mapped = { geometry, targets: new Float64Array(4), siemensPerUnit: 1e-5 };
 * const layer = new InferenceLayer({
 *   conductances: Float64Array.of(3e-5, 1e-5, 1e-5, 2e-5),
 *   readNoise: { distribution: 'normal', relative: 0 },
 *   layout: differentialPair,
 *   mapped,
 *   voltsPerUnit: 0.2,
 *   dacBits: 8,
 *   seed: 1,
 * });
 * layer.outputs(Float64Array.of(1, 0, 0, 1))[0]; // 2.000
 */
export class InferenceLayer {
  readonly #options: InferenceLayerOptions;
  readonly #pipeline: InferencePipeline;
  #event: number;

  /** @throws as `InferencePipeline` */
  constructor(options: InferenceLayerOptions) {
    const { conductances, readNoise, mapped, voltsPerUnit, dacBits, readChannel, seed } = options;
    this.#options = options;
    this.#event = options.event ?? 0;
    this.#pipeline = new InferencePipeline({
      geometry: mapped.geometry,
      conductances,
      dac: { bits: dacBits, minVolts: 0, maxVolts: voltsPerUnit },
      readNoise,
      ...(readChannel === undefined ? {} : { readChannel }),
      seed,
    });
  }

  /**
   * @param inputs - [batch x wordLines], each from 0 to 1
   * @returns [batch x outputs]
   */
  outputs(inputs: Float64Array): Float64Array {
    const { layout, mapped, voltsPerUnit } = this.#options;
    const { wordLines, bitLines } = mapped.geometry;
    const wordVolts = inputs.map((value) => value * voltsPerUnit);
    const currents = this.#pipeline.currents(wordVolts, this.#event);
    const batch = inputs.length / wordLines;
    this.#event += batch;
    const rows = Array.from({ length: batch }, (_, row) =>
      layout.outputs(mapped, currents.subarray(row * bitLines, (row + 1) * bitLines), voltsPerUnit),
    );
    return Float64Array.from(rows.flatMap((row) => [...row]));
  }
}
