import { ScheduleError } from '../../src/errors.ts';
import type { Volts } from '../../src/units.ts';
import { arcTwoLimits } from './limits.ts';

/** Ranges of the converters: lowest voltage, and one step, volt. */
const ranges = {
  standard: { lowest: -10, step: 3.05179e-4 },
  extended: { lowest: -20, step: 6.10358e-4 },
} as const;

export type DacRange = keyof typeof ranges;

export const highestCode = 0xffff;

/** The code of 0 V in both ranges. */
export const zeroCode = 0x8000;

/**
 * The code whose voltage is nearest, in single precision as the open host computes it, so that the words agree.
 *
 * @throws ScheduleError for a voltage beyond the range or the instrument
 * @example
 * dacCode(1, 'standard'); // 0x8ccc
 */
export function dacCode(volts: Volts, range: DacRange): number {
  const { lowest, step } = ranges[range];
  const single = Math.fround;
  const code = Math.round(single(single(single(volts) - lowest) / single(step)));
  if (!(Math.abs(volts) <= arcTwoLimits.volts && code >= 0 && code <= highestCode)) {
    const most = Math.min(-lowest, arcTwoLimits.volts);
    throw new ScheduleError(
      'controller-limit',
      `arc-two: found ${volts} V, the ${range} range takes -${most} to ${most} V`,
      { details: { found: volts, range, allowed: [-most, most] } },
    );
  }
  return code;
}

/** The voltage of a code. */
export function dacVolts(code: number, range: DacRange): Volts {
  return ranges[range].lowest + code * ranges[range].step;
}
