import { CodeScale } from '../periphery/code-scale.ts';
import { requirePositive } from '../periphery/config-checks.ts';
import type { Amperes } from '../units.ts';

/**
 * Transimpedance amplifier and converter behind a bit line, both without errors, for currents from 0 to a full scale. With
 * one bit it is a comparator at half of it.
 *
 * @example
 * const converter = new BitLineConverter(2, 3e-6);
 * converter.amperes(1.2e-6); // 1.000e-6
 */
export class BitLineConverter {
  readonly #step: Amperes;
  readonly #last: number;

  /** @throws ConfigError for bits that are not an integer from 1 to 24, or a full scale that is not positive */
  constructor(bits: number, fullScale: Amperes) {
    requirePositive('converter.fullScale', fullScale);
    // Of parts without errors only the scale is left: the amplifier's gain cancels.
    const { lsbVolts, codes } = new CodeScale('converter', { bits, minVolts: 0, maxVolts: 1 });
    this.#step = lsbVolts * fullScale;
    this.#last = codes - 1;
  }

  /** The current that is known after the conversion of one. */
  amperes(current: Amperes): Amperes {
    return this.#step * Math.min(Math.max(Math.round(current / this.#step), 0), this.#last);
  }
}
