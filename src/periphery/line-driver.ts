import { UsageError } from '../errors.ts';
import type { Amperes, Ohms, Volts } from '../units.ts';
import { requireNotNegative } from './config-checks.ts';
import { Dac, type DacConfig } from './dac.ts';

export interface LineDriverConfig {
  readonly dac: DacConfig;
  /** Between the converter's buffer and the line. */
  readonly outputOhms: Ohms;
}

/**
 * The driver of one line: a converter behind an output resistance. It refuses what its converter would clip: a
 * silently smaller pulse is a wrong program.
 *
 * @example
 * const driver = new LineDriver({ dac: { bits: 12, minVolts: -2.048, maxVolts: 2.047 }, outputOhms: 50 });
 * driver.drive(1, 1e-3); // 0.95, to rounding
 */
export class LineDriver {
  readonly dac: Dac;
  readonly outputOhms: Ohms;

  /** @throws ConfigError for a converter or resistance that is not one */
  constructor(config: LineDriverConfig) {
    requireNotNegative('driver.outputOhms', config.outputOhms);
    this.dac = new Dac(config.dac);
    this.outputOhms = config.outputOhms;
  }

  /**
   * Find the voltage of the line for an asked voltage.
   *
   * @param amperes - current out of the driver into the line
   * @throws UsageError for a voltage outside the converter's range
   */
  drive(volts: Volts, amperes: Amperes = 0): Volts {
    if (this.dac.clips(volts)) {
      const { minVolts, maxVolts } = this.dac.scale;
      throw new UsageError(
        'driver-range',
        `line driver: asked for ${volts} V, its range is ${minVolts} V to ${maxVolts} V`,
        { details: { asked: volts, allowed: [minVolts, maxVolts] } },
      );
    }
    return this.dac.convert(volts) - amperes * this.outputOhms;
  }
}
