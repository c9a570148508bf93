import { ScheduleError } from '../../src/errors.ts';
import type { Seconds, Volts } from '../../src/units.ts';

const highestVolts: Volts = 5;
const highestCode = 0xffff;
const tick: Seconds = 20e-9;

/** Part of a tick by which a double may miss it. */
const slack = 1e-6;

/**
 * The converter code whose voltage is nearest.
 *
 * @throws ScheduleError outside 0 to 5 V
 * @example
 * voltageCode(2.5); // 32768
 */
export function voltageCode(volts: Volts): number {
  if (!(volts >= 0 && volts <= highestVolts)) {
    throw notMade(`${volts} V`, `0 to ${highestVolts} V`);
  }
  return Math.round((highestCode * volts) / highestVolts);
}

/**
 * A time in ticks of 20 ns, not longer than asked.
 *
 * @throws ScheduleError for a time that does not fit in 32 bits
 */
export function timeTicks(seconds: Seconds): number {
  const ticks = Math.floor(seconds / tick + slack);
  if (!(ticks >= 0 && ticks <= 0xffff_ffff)) {
    throw notMade(`${seconds} s`, `0 to ${0xffff_ffff * tick} s`);
  }
  return ticks;
}

function notMade(found: string, allowed: string): ScheduleError {
  return new ScheduleError('controller-limit', `hetu: found ${found}, the controller takes ${allowed}`, {
    details: { found, allowed },
  });
}
