import type { Volts } from '../units.ts';
import { type CodeRange, CodeScale } from './code-scale.ts';
import { requireConfig, requireFinite, requireTable } from './config-checks.ts';

/** A digital-to-analog converter; what is left out is ideal. */
export interface DacConfig extends CodeRange {
  /** Relative error of the slope. */
  readonly gainError?: number;
  readonly offsetVolts?: Volts;
  /** Integral non-linearity: deviation of each code's output before gain and offset, in LSB. */
  readonly inlLsb?: ArrayLike<number>;
}

/**
 * A digital-to-analog converter. Codes are chosen on the ideal scale; the output carries the errors.
 *
 * @example
 * const dac = new Dac({ bits: 12, minVolts: -2.048, maxVolts: 2.047 });
 * dac.convert(0.50049); // 0.5, to rounding
 */
export class Dac {
  readonly scale: CodeScale;
  readonly #gain: number;
  readonly #offsetVolts: Volts;
  readonly #inlLsb: ArrayLike<number> | null;

  /** @throws ConfigError for a range, error or table that is not one */
  constructor(config: DacConfig) {
    const { gainError = 0, offsetVolts = 0, inlLsb } = config;
    this.scale = new CodeScale('dac', config);
    requireFinite('dac.gainError', gainError);
    requireConfig(gainError > -1, 'dac.gainError', gainError, 'more than -1');
    requireFinite('dac.offsetVolts', offsetVolts);
    if (inlLsb !== undefined) {
      requireTable('dac.inlLsb', inlLsb, this.scale.codes);
    }
    this.#gain = 1 + gainError;
    this.#offsetVolts = offsetVolts;
    this.#inlLsb = inlLsb ?? null;
  }

  /** Code nearest to a voltage; the end codes beyond the range, see {@link clips}. */
  code(volts: Volts): number {
    return this.scale.nearest(volts);
  }

  /** Output of a code, with the converter's errors. */
  volts(code: number): Volts {
    const nominal = this.scale.nominal(code);
    const inlVolts = this.#inlLsb === null ? 0 : this.#inlLsb[code]! * this.scale.lsbVolts;
    return (nominal + inlVolts) * this.#gain + this.#offsetVolts;
  }

  /** Output for an asked voltage: quantized, clipped to the range, with the converter's errors. */
  convert(volts: Volts): Volts {
    return this.volts(this.code(volts));
  }

  /** Whether an asked voltage lies beyond the range by more than half an LSB. */
  clips(volts: Volts): boolean {
    return this.scale.clips(volts);
  }
}
