import { UsageError } from '../errors.ts';
import type { Amperes, Ohms, Siemens, Unit, Volts } from '../units.ts';

/** What lies in series with every device: an access transistor or a selector. Its current rises with its voltage. */
export interface SeriesElement {
  readonly name: string;
  current(volts: Volts): Amperes;
  /** Derivative of the current. */
  slope(volts: Volts): Siemens;
}

/**
 * A resistor in series with every device.
 *
 * @throws UsageError unless the resistance is positive and finite
 */
export function seriesResistor(ohms: Ohms): SeriesElement {
  requirePositive('resistance of the series element, ohm', ohms);
  return { name: 'resistor', current: (volts) => volts / ohms, slope: () => 1 / ohms };
}

/**
 * A selector whose current grows with the hyperbolic sine of its voltage.
 *
 * @throws UsageError unless both parameters are positive and finite
 */
export function sinhSelector(scale: Amperes, volts: Volts): SeriesElement {
  requirePositive('current scale of the selector, A', scale);
  requirePositive('voltage scale of the selector, V', volts);
  return {
    name: 'selector',
    current: (v) => scale * Math.sinh(v / volts),
    slope: (v) => (scale / volts) * Math.cosh(v / volts),
  };
}

type AmperesPerSquareVolt = Unit<'A V^-2'>;

/**
 * An access transistor with its gate at a fixed voltage above its source, which is the terminal on the bit line:
 * the square law in the triode range and in saturation. Against that direction source and drain change places and
 * the transistor stays in the triode range.
 *
 * @param overdrive - gate voltage less threshold
 * @param gain - beta = mu C_ox W / L
 * @source H. Shichman, D. A. Hodges, doi 10.1109/JSSC.1968.1049902, eqs. 1 and 2 without channel-length modulation
 * @throws UsageError unless both parameters are positive and finite
 */
export function accessTransistor(overdrive: Volts, gain: AmperesPerSquareVolt): SeriesElement {
  requirePositive('overdrive of the access transistor, V', overdrive);
  requirePositive('gain of the access transistor, A/V^2', gain);
  return {
    name: 'transistor',
    current(volts) {
      const v = Math.min(volts, overdrive);
      return gain * v * (overdrive - v / 2);
    },
    slope: (volts) => gain * Math.max(overdrive - volts, 0),
  };
}

function requirePositive(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new UsageError('series-element', `array: ${what} is ${value}, expected a positive number`);
  }
}
