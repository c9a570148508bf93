import { type DriverGrid, roundVolts } from '../../src/schedule/driver-grid.ts';
import type { Volts } from '../../src/units.ts';

/** Signed code of a line: whole steps of the line DAC, towards 0 V, as the certificate counts them. */
export function lineCode(driver: DriverGrid, volts: Volts): number {
  // Adding 0 makes -0 a plain 0.
  return Math.round(roundVolts(driver, volts) / driver.stepVolts) + 0;
}
