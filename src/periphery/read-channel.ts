import { UsageError } from '../errors.ts';
import type { Amperes, Seconds, Siemens, Volts } from '../units.ts';
import { Adc, type AdcConfig } from './adc.ts';
import { requireConfig } from './config-checks.ts';
import { TransimpedanceAmplifier, type TransimpedanceConfig } from './transimpedance.ts';

export interface ReadChannelConfig {
  readonly transimpedance: TransimpedanceConfig;
  readonly adc: AdcConfig;
  /** Position of a fixed gain range, or the best one for each read. */
  readonly range: number | 'auto';
}

/** What a controller knows after a read. */
export interface ChannelReading {
  /** Current over read voltage, by nominal gain and scale. */
  readonly conductance: Siemens;
  readonly amperes: Amperes;
  /** Code of the converter. */
  readonly code: number;
  /** Position of the gain range. */
  readonly range: number;
  /** Whether the amplifier or the converter was at its end: the true value lies beyond. */
  readonly clipped: boolean;
}

/**
 * The chain from a bit line's current to the conductance that a controller reports: transimpedance amplifier,
 * then converter.
 *
 * @example
 * const channel = new ReadChannel(
 *   {
 *     transimpedance: { ranges: [{ gainOhms: 1e4 }], maxVolts: 2 },
 *     adc: { bits: 16, minVolts: -2, maxVolts: 2 },
 *     range: 'auto',
 *   },
 *   1,
 * );
 * channel.measure(2e-5, 0.2, 1e-6).conductance; // 1e-4, to the resolution
 */
export class ReadChannel {
  readonly amplifier: TransimpedanceAmplifier;
  readonly adc: Adc;
  readonly #range: number | 'auto';

  /**
   * @param seed - of the converter's noise
   * @throws ConfigError for a part that is not one, or a range that the amplifier does not have
   */
  constructor(config: ReadChannelConfig, seed: number) {
    this.amplifier = new TransimpedanceAmplifier(config.transimpedance);
    this.adc = new Adc(config.adc, seed);
    const { range } = config;
    const last = this.amplifier.ranges.length - 1;
    requireConfig(
      range === 'auto' || (Number.isInteger(range) && range >= 0 && range <= last),
      'readChannel.range',
      range,
      `'auto' or an integer from 0 to ${last}`,
    );
    this.#range = range;
  }

  /**
   * Measure a current.
   *
   * @param readVolts - over the cell
   * @param width - of the read pulse, in which the amplifier settles
   * @param channel - key of the converter's noise, with `event`
   * @throws UsageError for a read voltage of 0 V, or a current that is not finite
   */
  measure(amperes: Amperes, readVolts: Volts, width: Seconds, channel = 0, event = 0): ChannelReading {
    requireReadVolts(readVolts);
    const range = this.#rangeFor(amperes);
    const sample = this.adc.convert(this.amplifier.volts(amperes, range, width), channel, event);
    const measured = this.amplifier.amperes(sample.volts, range);
    return {
      conductance: measured / readVolts,
      amperes: measured,
      code: sample.code,
      range,
      clipped: sample.clipped || this.amplifier.clips(amperes, range, width),
    };
  }

  /**
   * Measure a current as {@link measure} does, for the conductance alone.
   *
   * @throws UsageError for a read voltage of 0 V, or a current that is not finite
   */
  conductance(amperes: Amperes, readVolts: Volts, width: Seconds, channel = 0, event = 0): Siemens {
    requireReadVolts(readVolts);
    const range = this.#rangeFor(amperes);
    const code = this.adc.code(this.amplifier.volts(amperes, range, width), channel, event);
    return this.amplifier.amperes(this.adc.volts(code), range) / readVolts;
  }

  #rangeFor(amperes: Amperes): number {
    const { minVolts, maxVolts } = this.adc.scale;
    return this.#range === 'auto' ? this.amplifier.selectRange(amperes, minVolts, maxVolts) : this.#range;
  }

  /**
   * Conductance of one LSB in a gain range: no verify read resolves less.
   *
   * @throws UsageError for a read voltage of 0 V, or a range that the amplifier does not have
   */
  resolution(readVolts: Volts, range: number): Siemens {
    requireReadVolts(readVolts);
    return this.amplifier.amperes(this.adc.scale.lsbVolts, range) / Math.abs(readVolts);
  }
}

function requireReadVolts(volts: Volts): void {
  if (!(Number.isFinite(volts) && volts !== 0)) {
    throw new UsageError('read-volts', `read channel: found ${volts} V, expected any but 0 V`);
  }
}
