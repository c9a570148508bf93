import { Adc } from '../periphery/adc.ts';
import { TransimpedanceAmplifier } from '../periphery/transimpedance.ts';
import type { Amperes } from '../units.ts';

/** Output of the amplifier for the largest current. */
const fullScaleVolts = 1;

/**
 * Transimpedance amplifier and converter behind a bit line, for currents from 0 to a full scale. With one bit it is a
 * comparator at half of it.
 *
 * @example
 * const converter = new BitLineConverter(2, 3e-6);
 * converter.amperes(1.2e-6); // 1.000e-6
 */
export class BitLineConverter {
  readonly #amplifier: TransimpedanceAmplifier;
  readonly #adc: Adc;

  /** @throws ConfigError for bits that are not an integer from 1 to 24, or a full scale that is not positive */
  constructor(bits: number, fullScale: Amperes) {
    this.#amplifier = new TransimpedanceAmplifier({
      ranges: [{ gainOhms: fullScaleVolts / fullScale }],
      maxVolts: fullScaleVolts,
    });
    // The seed keys noise, of which there is none.
    this.#adc = new Adc({ bits, minVolts: 0, maxVolts: fullScaleVolts }, 0);
  }

  /** The current that is known after the conversion of one. */
  amperes(current: Amperes): Amperes {
    const code = this.#adc.code(this.#amplifier.volts(current, 0));
    return this.#amplifier.amperes(this.#adc.volts(code), 0);
  }
}
