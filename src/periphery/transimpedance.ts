import { UsageError } from '../errors.ts';
import type { Amperes, Hertz, Ohms, Seconds, Volts } from '../units.ts';
import { requireConfig, requireFinite, requirePositive } from './config-checks.ts';

/** One feedback resistor of a transimpedance amplifier. */
export interface GainRange {
  readonly gainOhms: Ohms;
  /** Added to the output; 0 if left out. */
  readonly offsetVolts?: Volts;
  /** First-order bandwidth; if left out the output settles at once. */
  readonly bandwidth?: Hertz;
}

export interface TransimpedanceConfig {
  /** In any order; a range is named by its position. */
  readonly ranges: readonly GainRange[];
  /** The output saturates at this magnitude. */
  readonly maxVolts: Volts;
}

/**
 * A transimpedance amplifier: a virtual ground that turns a bit line's current into a voltage. The output has
 * the sign of the current.
 *
 * @example
 * const amplifier = new TransimpedanceAmplifier({
 *   ranges: [{ gainOhms: 1e3 }, { gainOhms: 1e5 }],
 *   maxVolts: 2,
 * });
 * amplifier.volts(1e-5, amplifier.selectRange(1e-5)); // 1
 */
export class TransimpedanceAmplifier {
  readonly ranges: readonly GainRange[];
  readonly minVolts: Volts;
  readonly maxVolts: Volts;

  /** @throws ConfigError for no range at all, or a value that is not one */
  constructor(config: TransimpedanceConfig) {
    requireConfig(config.ranges.length > 0, 'transimpedance.ranges', 'none', 'at least one gain range');
    requirePositive('transimpedance.maxVolts', config.maxVolts);
    config.ranges.forEach((range, index) => {
      const where = `transimpedance.ranges[${index}]`;
      requirePositive(`${where}.gainOhms`, range.gainOhms);
      requireFinite(`${where}.offsetVolts`, range.offsetVolts ?? 0);
      if (range.bandwidth !== undefined) {
        requirePositive(`${where}.bandwidth`, range.bandwidth);
      }
    });
    this.ranges = config.ranges;
    this.minVolts = 0 - config.maxVolts;
    this.maxVolts = config.maxVolts;
  }

  /**
   * Choose the range of the largest gain whose output stays in a window, the smallest gain if none does.
   *
   * @param minVolts - lower end of the window, where what follows takes less than the amplifier gives
   * @param maxVolts - upper end of the window
   * @returns position in `ranges`
   */
  selectRange(amperes: Amperes, minVolts: Volts = this.minVolts, maxVolts: Volts = this.maxVolts): number {
    const lowest = Math.max(minVolts, this.minVolts);
    const highest = Math.min(maxVolts, this.maxVolts);
    let chosen = -1;
    let smallest = 0;
    for (let index = 0; index < this.ranges.length; index++) {
      const range = this.ranges[index]!;
      const output = settledVolts(range, amperes);
      const fits = output >= lowest && output <= highest;
      if (fits && (chosen < 0 || range.gainOhms > this.ranges[chosen]!.gainOhms)) {
        chosen = index;
      }
      if (range.gainOhms < this.ranges[smallest]!.gainOhms) {
        smallest = index;
      }
    }
    return chosen < 0 ? smallest : chosen;
  }

  /**
   * Output for a current that was 0 until `seconds` ago.
   *
   * @throws UsageError for a range that the amplifier does not have, or a current that is not finite
   */
  volts(amperes: Amperes, range: number, seconds: Seconds = Infinity): Volts {
    const output = this.#unclipped(amperes, range, seconds);
    return Math.min(Math.max(output, this.minVolts), this.maxVolts);
  }

  /** Whether the output saturates. */
  clips(amperes: Amperes, range: number, seconds: Seconds = Infinity): boolean {
    return Math.abs(this.#unclipped(amperes, range, seconds)) > this.maxVolts;
  }

  /** Current that a controller infers from an output by the nominal gain. */
  amperes(volts: Volts, range: number): Amperes {
    return volts / this.#range(range).gainOhms;
  }

  #unclipped(amperes: Amperes, index: number, seconds: Seconds): Volts {
    const range = this.#range(index);
    if (!Number.isFinite(amperes)) {
      throw new UsageError('current', `transimpedance: found ${amperes} A, expected a finite current`);
    }
    const { offsetVolts = 0, bandwidth } = range;
    const settled = bandwidth === undefined ? 1 : -Math.expm1(-2 * Math.PI * bandwidth * seconds);
    return amperes * range.gainOhms * settled + offsetVolts;
  }

  #range(index: number): GainRange {
    const range = this.ranges[index];
    if (range === undefined) {
      throw new UsageError(
        'gain-range',
        `transimpedance: found range ${index}, expected an integer from 0 to ${this.ranges.length - 1}`,
      );
    }
    return range;
  }
}

function settledVolts(range: GainRange, amperes: Amperes): Volts {
  return amperes * range.gainOhms + (range.offsetVolts ?? 0);
}
