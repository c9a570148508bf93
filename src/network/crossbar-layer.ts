import type { Crossbar } from '../array/crossbar.ts';
import { Dac } from '../periphery/dac.ts';
import { calibrateRange } from '../periphery/range-calibration.ts';
import { ReadChannel, type ReadChannelConfig } from '../periphery/read-channel.ts';
import { TransimpedanceAmplifier } from '../periphery/transimpedance.ts';
import type { Seconds, Volts } from '../units.ts';
import type { MappedWeights, WeightLayout } from './conductance-mapping.ts';

export interface CrossbarLayerOptions {
  readonly crossbar: Crossbar;
  readonly layout: WeightLayout;
  readonly mapped: MappedWeights;
  /** Word-line voltage that stands for an input of 1. */
  readonly voltsPerUnit: Volts;
  /** Length of the input pulse. */
  readonly width: Seconds;
  readonly dacBits: number;
  readonly adcBits: number;
  readonly seed: number;
}

/** Output of the sense amplifiers for the largest calibration current. */
const fullScaleVolts = 1;

/**
 * One layer of a network on an array: inputs from 0 to 1 become word-line voltages, all bit lines are sensed at
 * once, their currents are converted and combined into weighted sums. Every evaluation is a read of the array,
 * with its noise and its disturb.
 */
export class CrossbarLayer {
  readonly #options: CrossbarLayerOptions;
  readonly #dac: Dac;
  #readChannel: { readonly config: ReadChannelConfig; readonly channel: ReadChannel } | undefined;
  #evaluations = 0;

  constructor(options: CrossbarLayerOptions) {
    this.#options = options;
    this.#dac = new Dac({ bits: options.dacBits, minVolts: 0, maxVolts: options.voltsPerUnit });
  }

  /**
   * Choose the gain of the sense amplifiers and the range of their converters from the currents of some inputs.
   * Without it the bit-line currents are taken as they are.
   *
   * @param inputs - rows of [wordLines]
   */
  calibrate(inputs: Iterable<Float64Array>): void {
    const currents = Array.from(inputs, (row) => [...this.#sense(row)]).flat();
    const largest = currents.reduce((most, amperes) => Math.max(most, Math.abs(amperes)), 0);
    const ranges = [{ gainOhms: fullScaleVolts / largest }];
    const transimpedance = { ranges, maxVolts: 2 * fullScaleVolts };
    const amplifier = new TransimpedanceAmplifier(transimpedance);
    const volts = currents.map((amperes) => amplifier.volts(amperes, 0));
    const adc = { bits: this.#options.adcBits, ...calibrateRange(volts, 1) };
    const config: ReadChannelConfig = { transimpedance, adc, range: 0 };
    this.#readChannel = { config, channel: new ReadChannel(config, this.#options.seed) };
  }

  /** The sense amplifiers and their converters, once they are calibrated. */
  get readChannel(): ReadChannelConfig | undefined {
    return this.#readChannel?.config;
  }

  /** @param input - [wordLines], each from 0 to 1 */
  outputs(input: Float64Array): Float64Array {
    const { layout, mapped, voltsPerUnit } = this.#options;
    return layout.outputs(mapped, this.#convert(this.#sense(input)), voltsPerUnit);
  }

  #convert(currents: Float64Array): Float64Array {
    const event = this.#evaluations++;
    const channel = this.#readChannel?.channel;
    // At 1 V, and with all the time to settle.
    return channel === undefined
      ? currents
      : currents.map((amperes, bit) => channel.measure(amperes, 1, Infinity, bit, event).amperes);
  }

  #sense(input: Float64Array): Float64Array {
    const { crossbar, width, voltsPerUnit } = this.#options;
    const wordVolts = input.map((value) => this.#dac.convert(value * voltsPerUnit));
    return crossbar.sense({ wordVolts, bitVolts: new Float64Array(crossbar.geometry.bitLines) }, width);
  }
}
