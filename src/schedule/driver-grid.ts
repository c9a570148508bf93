import type { Seconds, Volts } from '../units.ts';

/**
 * What a controller's line drivers and timer can produce. Asked values are rounded to it before any limit is
 * checked, so the certificate speaks of the voltages that the registers will hold.
 */
export interface DriverGrid {
  readonly minVolts: Volts;
  readonly maxVolts: Volts;
  /** One step of the line DAC. */
  readonly stepVolts: Volts;
  readonly minWidth: Seconds;
  readonly maxWidth: Seconds;
  /** One tick of the pulse timer. */
  readonly stepWidth: Seconds;
  /** Most that an output may differ from its code's nominal value after calibration. */
  readonly errorVolts: Volts;
}

/** Slack of a comparison with a grid step: a value this close to a code, in steps, is that code. */
const slack = 1e-6;

/** The nearest code on the side of less stress: towards 0 V. */
export function roundVolts(grid: DriverGrid, volts: Volts): Volts {
  return Math.sign(volts) * Math.floor(Math.abs(volts) / grid.stepVolts + slack) * grid.stepVolts;
}

/** The nearest whole number of ticks on the side of less stress: shorter. */
export function roundWidth(grid: DriverGrid, seconds: Seconds): Seconds {
  return Math.floor(seconds / grid.stepWidth + slack) * grid.stepWidth;
}
