import { ScheduleError } from '../../src/errors.ts';
import type { Volts } from '../../src/units.ts';
import { highestCode } from './packet.ts';

/** Voltage of the code beyond the last. */
const fullScale: Volts = 18.2589;
const codes = 1024;

/** Part of a step by which a double may miss a code. */
const slack = 1e-6;

/**
 * The code of a voltage, not above it.
 *
 * @throws ScheduleError for one that the board does not make
 * @example
 * gateCode(3.5); // 196
 */
export function gateCode(volts: Volts): number {
  const code = Math.floor((volts * codes) / fullScale + slack);
  if (!(code >= 0 && code <= highestCode)) {
    throw new ScheduleError(
      'controller-limit',
      `arc-dico: found a gate voltage of ${volts} V, the board makes 0 to ${gateVolts(highestCode).toFixed(2)} V`,
      { details: { found: volts } },
    );
  }
  return code;
}

/** The voltage of a code. */
export function gateVolts(code: number): Volts {
  return (code * fullScale) / codes;
}
