import { RandomStream } from '../random.ts';
import type { Volts } from '../units.ts';
import { type CodeRange, CodeScale } from './code-scale.ts';
import { requireConfig, requireFinite, requireNotNegative } from './config-checks.ts';
import { type NonLinearity, transitionVolts } from './adc-transitions.ts';

/** An analog-to-digital converter; what is left out is ideal. */
export interface AdcConfig extends CodeRange, NonLinearity {
  /** Relative error of the slope. */
  readonly gainError?: number;
  /** Added to the input. */
  readonly offsetVolts?: Volts;
  /** Standard deviation of the noise, referred to the input. */
  readonly noiseVolts?: Volts;
}

/** What a conversion finds. */
export interface AdcSample {
  readonly code: number;
  /** Nominal voltage of the code. */
  readonly volts: Volts;
  /** Whether the input lay beyond the range by more than half an LSB. */
  readonly clipped: boolean;
}

/**
 * An analog-to-digital converter. Noise comes from the stream `adc-noise`, keyed by channel and event.
 *
 * @example
 * const adc = new Adc({ bits: 8, minVolts: 0, maxVolts: 2.55 }, 1);
 * adc.code(1.004); // 100
 */
export class Adc {
  readonly scale: CodeScale;
  readonly #gain: number;
  readonly #offsetVolts: Volts;
  readonly #noiseVolts: Volts;
  readonly #noise: RandomStream;
  /** Input at which the code changes to the next, or null where that is half way. */
  readonly #transitions: Float64Array | null;

  /**
   * @param seed - integer from 0 to 2^53 - 1
   * @throws ConfigError for a range, error or table that is not one
   */
  constructor(config: AdcConfig, seed: number) {
    const { gainError = 0, offsetVolts = 0, noiseVolts = 0 } = config;
    this.scale = new CodeScale('adc', config);
    requireFinite('adc.gainError', gainError);
    requireConfig(gainError > -1, 'adc.gainError', gainError, 'more than -1');
    requireFinite('adc.offsetVolts', offsetVolts);
    requireNotNegative('adc.noiseVolts', noiseVolts);
    this.#gain = 1 + gainError;
    this.#offsetVolts = offsetVolts;
    this.#noiseVolts = noiseVolts;
    this.#noise = new RandomStream(seed, 'adc-noise');
    this.#transitions = transitionVolts(this.scale, config);
  }

  /** Code of an input; the end codes beyond the range. */
  code(volts: Volts, channel = 0, event = 0): number {
    return this.#quantize(this.#seen(volts, channel, event));
  }

  /** Convert an input, and say whether it was clipped. */
  convert(volts: Volts, channel = 0, event = 0): AdcSample {
    const seen = this.#seen(volts, channel, event);
    const code = this.#quantize(seen);
    return { code, volts: this.scale.nominal(code), clipped: this.scale.clips(seen) };
  }

  /** Nominal voltage of a code. */
  volts(code: number): Volts {
    return this.scale.nominal(code);
  }

  /** The input as the ideal scale meets it. */
  #seen(volts: Volts, channel: number, event: number): Volts {
    const seen = volts * this.#gain + this.#offsetVolts;
    return this.#noiseVolts === 0 ? seen : seen + this.#noiseVolts * this.#noise.normal(channel, event);
  }

  #quantize(seen: Volts): number {
    const nearest = this.scale.nearest(seen);
    return this.#transitions === null ? nearest : countAtMost(this.#transitions, seen);
  }
}

/** Number of entries of a rising array that are at most `value`, by bisection. */
function countAtMost(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
